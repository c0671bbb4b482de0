import {
  consoleMethods,
  type ConsoleMethod,
  type ConsoleRule,
} from '../../domain/console-rules.ts';

/** The most rules that a role may have. */
export const mostRules = 100;

type Rules = readonly ConsoleRule[];

/** A rule at the end, for its reader to fill in: what is added to a list refuses nothing yet. */
export function withRule(rules: Rules): Rules {
  return [...rules, { effect: 'allow', methods: ['GET', 'HEAD'], path: '' }];
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
