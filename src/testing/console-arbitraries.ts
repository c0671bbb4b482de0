import fc from 'fast-check';
import { consoleAllows, consoleMethods, type ConsoleRule } from '../domain/console-rules.ts';

export const method = fc.constantFrom(...consoleMethods, 'TRACE', 'PROPFIND');
export const word = fc.stringMatching(/^[a-z0-9_-]{1,6}$/u);
export const path = fc
  .array(word, { minLength: 1, maxLength: 4 })
  .map((words) => `/${words.join('/')}`);

/** Spellings that one server reads so and the next otherwise. */
export const ambiguity = fc.constantFrom(
  '/..',
  '/.',
  '/...',
  '//',
  '%2f',
  '%2F..',
  '%5c',
  '\\',
  '%252e',
  '%25',
  '%zz',
  '%',
  '%00',
  '%0a',
  ';v=1',
  '%3bx',
  '%c0%ae',
  '/%2e%2e/',
  '%ef%bc%8e%ef%bc%8e',
  '%ef%bc%8f',
  '%e2%80%8b',
  '%3fx',
  '%23',
  '%20/',
  './',
  '~1',
  '::$DATA',
  ':$I30:$INDEX_ALLOCATION/',
);
export const ambiguousTarget = fc
  .tuple(path, ambiguity, path)
  .map(([before, odd, after]) => before + odd + after);

const rule: fc.Arbitrary<ConsoleRule> = fc.record({
  effect: fc.constantFrom('allow', 'refuse'),
  methods: fc.uniqueArray(fc.constantFrom(...consoleMethods), { maxLength: 3 }),
  path: fc
    .tuple(path, fc.constantFrom('', '/*', '/**', '*', '/a*b*c'))
    .map(([stem, end]) => stem + end),
});
export const rules = fc.array(rule, { maxLength: 6 });

/** The same rules for each role that rules limit. */
export const both = (list: readonly ConsoleRule[]) => ({ securityAnalyst: list, readOnly: list });
export const allow = (pattern: string): ConsoleRule => ({
  effect: 'allow',
  methods: [],
  path: pattern,
});
export const refuse = (pattern: string): ConsoleRule => ({
  effect: 'refuse',
  methods: [],
  path: pattern,
});
export const everything = allow('/**');

/** Do these rules let somebody who reads have it? */
export function allowed(list: readonly ConsoleRule[], target: string, by = 'GET'): boolean {
  return consoleAllows('readOnly', by, target, both(list));
}
