import {
  consoleAllows,
  unambiguousPath,
  type ConsoleMethod,
  type ConsoleRule,
  type ConsoleRules,
  type LimitedRole,
} from '../../domain/console-rules.ts';

export interface RuleVerdict {
  readonly allowed: boolean;
  /** Index of the rule that decided; null: none matches, so it is refused. */
  readonly by: number | null;
  /** Consoles read such a path differently: only rules for the whole console allow it. */
  readonly ambiguous: boolean;
}

const everything: ConsoleRule = { effect: 'allow', methods: [], path: '/**' };

/** What the gate would say to a request, and which rule says so. `target`: a path, with its query or not. */
export function ruleVerdict(
  role: LimitedRole,
  method: ConsoleMethod,
  target: string,
  rules: ConsoleRules,
): RuleVerdict {
  const alone = (...list: readonly ConsoleRule[]) =>
    consoleAllows(role, method, target, { ...rules, [role]: list });
  const by = rules[role].findIndex((rule) =>
    rule.effect === 'allow' ? alone(rule) : !alone(rule, everything),
  );
  return {
    allowed: consoleAllows(role, method, target, rules),
    by: by < 0 ? null : by,
    ambiguous: unambiguousPath(target) === null,
  };
}
