import type { ConsoleRules } from '../../domain/console-rules.ts';
import { roleLabels, type Role } from '../../domain/role.ts';
import { ruleSentences } from '../ui/console-rules-words.ts';

const effects = { allow: 'Allowed', refuse: 'Refused' } as const;

/** What the gate lets the role do in the console, in words. */
export function ConsoleRuleList({ role, rules }: { role: Role; rules: ConsoleRules }) {
  const sentences = ruleSentences(role, rules);
  return (
    <section className="outside-card" aria-labelledby="console-rules">
      <h2 id="console-rules">In the console, {roleLabels[role]} may</h2>
      <ol className="sensor-rules">
        {sentences.map(({ effect, text }, at) => (
          // Rules are told apart by their place alone, and never move.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={at} className={`sensor-rule-${effect}`}>
            <span className="sensor-effect">{effects[effect]}</span> {text}
          </li>
        ))}
      </ol>
      {sentences.length > 1 && <p className="sensor-soft">The first that fits decides.</p>}
      <p className="sensor-soft">
        The gate enforces this on each request. Consoles that know roles go by the table below, too.
      </p>
    </section>
  );
}
