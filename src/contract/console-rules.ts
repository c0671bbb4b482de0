import { z } from 'zod';
import {
  consoleMethods,
  consolePathProblem,
  defaultConsoleRules,
  type ConsoleRules,
} from '../domain/console-rules.ts';

const rule = z.strictObject({
  effect: z.enum(['allow', 'refuse']),
  /** Empty: every method. */
  methods: z.array(z.enum(consoleMethods)).max(consoleMethods.length),
  path: z
    .string()
    .trim()
    .superRefine((path, context) => {
      const problem = consolePathProblem(path);
      if (problem !== null) context.addIssue({ code: 'custom', message: problem });
    }),
});

const list = z.array(rule).max(100, 'must have at most 100 rules');

/** Which methods and paths of a console the limited roles may use; the first rule that matches decides. */
export const consoleRules = z.strictObject({ securityAnalyst: list, readOnly: list });

export type ConsoleRulesInput = z.input<typeof consoleRules>;

/** Rules as they travel: lists of their own. */
export function consoleRulesAnswer(rules: ConsoleRules): ConsoleRulesInput {
  const copy = (of: ConsoleRules['readOnly']) =>
    of.map(({ effect, methods, path }) => ({ effect, methods: [...methods], path }));
  return { securityAnalyst: copy(rules.securityAnalyst), readOnly: copy(rules.readOnly) };
}

/** The rules of a setting that says nothing about them. */
export const consoleRulesOrDefault = consoleRules.default(() =>
  consoleRulesAnswer(defaultConsoleRules),
);
