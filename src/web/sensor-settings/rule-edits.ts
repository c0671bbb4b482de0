import {
  consoleMethods,
  type ConsoleMethod,
  type ConsoleRule,
} from '../../domain/console-rules.ts';

/** The most rules that a role may have. */
export const mostRules = 100;

type Rules = readonly ConsoleRule[];

/** Where a rule is added: at the end, but before a last rule for everything, which would hide it. */
export function placeOfNewRule(rules: Rules): number {
  return rules.at(-1)?.path.trim() === '/**' ? rules.length - 1 : rules.length;
}

/** Another rule, in its place, for its reader to fill in. */
export function withRule(rules: Rules): Rules {
  const added: ConsoleRule = { effect: 'allow', methods: ['GET', 'HEAD'], path: '' };
  return rules.toSpliced(placeOfNewRule(rules), 0, added);
}

/** The earlier rule that decides all that this one could; null: this one is asked. */
export function hiddenBy(rules: Rules, index: number): number | null {
  const methods = rules[index]?.methods ?? [];
  const at = rules
    .slice(0, index)
    .findIndex(
      (earlier) =>
        earlier.path.trim() === '/**' &&
        (earlier.methods.length === 0 ||
          (methods.length > 0 && methods.every((method) => earlier.methods.includes(method)))),
    );
  return at < 0 ? null : at;
}

export function withoutRule(rules: Rules, index: number): Rules {
  return rules.filter((_, at) => at !== index);
}

export function changedRule(rules: Rules, index: number, change: Partial<ConsoleRule>): Rules {
  return rules.map((rule, at) => (at === index ? { ...rule, ...change } : rule));
}

/** A rule one place up or down; at the ends the list stays as it is. */
export function movedRule(rules: Rules, index: number, by: -1 | 1): Rules {
  const rule = rules[index];
  const other = rules[index + by];
  if (rule === undefined || other === undefined) return rules;
  return rules.map((one, at) => (at === index ? other : at === index + by ? rule : one));
}

/** Methods in their usual order, whatever order they were chosen in. */
export function orderedMethods(chosen: readonly string[]): ConsoleMethod[] {
  return consoleMethods.filter((method) => chosen.includes(method));
}
