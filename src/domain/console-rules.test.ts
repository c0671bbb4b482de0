import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consoleAllows,
  consoleMethods,
  consolePathProblem,
  defaultConsoleRules,
  limitedRoles,
  unambiguousPath,
  type ConsoleRule,
} from './console-rules.ts';

const method = fc.constantFrom(...consoleMethods, 'TRACE', 'PROPFIND');
const limited = fc.constantFrom(...limitedRoles);
const word = fc.stringMatching(/^[a-z0-9_-]{1,6}$/u);
const path = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => `/${words.join('/')}`);
const query = fc.constantFrom('', '?', '?a=/../b', '?x=%2e%2e', '#/admin', '?a;b\\c');

/** Spellings that one server reads so and the next otherwise. */
const ambiguity = fc.constantFrom(
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
const ambiguousTarget = fc
  .tuple(path, ambiguity, path)
  .map(([before, odd, after]) => before + odd + after);

const rule: fc.Arbitrary<ConsoleRule> = fc.record({
  effect: fc.constantFrom('allow', 'refuse'),
  methods: fc.uniqueArray(fc.constantFrom(...consoleMethods), { maxLength: 3 }),
  path: fc
    .tuple(path, fc.constantFrom('', '/*', '/**', '*', '/a*b*c'))
    .map(([stem, end]) => stem + end),
});
const rules = fc.array(rule, { maxLength: 6 });

const both = (list: readonly ConsoleRule[]) => ({ securityAnalyst: list, readOnly: list });
const allow = (pattern: string): ConsoleRule => ({ effect: 'allow', methods: [], path: pattern });
const refuse = (pattern: string): ConsoleRule => ({ effect: 'refuse', methods: [], path: pattern });
const everything = allow('/**');

function allowed(list: readonly ConsoleRule[], target: string, by = 'GET'): boolean {
  return consoleAllows('readOnly', by, target, both(list));
}

describe('rules of a console', () => {
  it('never limit an Admin', () => {
    fc.assert(
      fc.property(method, fc.string(), rules, (by, target, list) => {
        expect(consoleAllows('admin', by, target, both(list))).toBe(true);
      }),
    );
  });

  it('refuse what none of them matches', () => {
    fc.assert(
      fc.property(limited, method, fc.oneof(path, fc.string()), (role, by, target) => {
        expect(consoleAllows(role, by, target, both([]))).toBe(false);
      }),
    );
  });

  it('let the first that matches decide', () => {
    fc.assert(
      fc.property(limited, method, path, rules, (role, by, target, list) => {
        expect(consoleAllows(role, by, target, both([everything, ...list]))).toBe(true);
        expect(consoleAllows(role, by, target, both([refuse('/**'), ...list]))).toBe(false);
      }),
    );
  });

  it('by default give Read only GET and HEAD, and a Security analyst everything', () => {
    fc.assert(
      fc.property(method, fc.oneof(path, ambiguousTarget), (by, target) => {
        const reads = by === 'GET' || by === 'HEAD';
        expect(consoleAllows('readOnly', by, target, defaultConsoleRules)).toBe(reads);
        expect(consoleAllows('securityAnalyst', by, target, defaultConsoleRules)).toBe(true);
      }),
    );
  });

  it('don’t look at what follows ? or #', () => {
    fc.assert(
      fc.property(method, path, query, rules, (by, target, rest, list) => {
        expect(allowed(list, target + rest, by)).toBe(allowed(list, target, by));
      }),
    );
  });

  it.each([
    '?_method=DELETE',
    '?a=1&_METHOD=delete',
    '?a;_method=DELETE',
    '?%5fmethod=%44ELETE',
    '?X-HTTP-Method-Override=DELETE',
    '?x-http-method=DELETE',
    '?$httpMethod=DELETE',
    '?_method=GET&_method=DELETE',
    '?_method=',
    '?_method=%zz',
  ])('look at the method that the query names in place of the request’s: %s', (rest) => {
    const reads: ConsoleRule = { effect: 'allow', methods: ['GET'], path: '/**' };
    expect(allowed([reads], `/flows${rest}`)).toBe(false);
    expect(allowed([everything], `/flows${rest}`)).toBe(true);
    const deletes: ConsoleRule = { ...reads, methods: ['DELETE'] };
    const list: ConsoleRule[] = [{ ...deletes, effect: 'refuse' }, everything];
    if (/delete|%44/iu.test(rest)) expect(allowed(list, `/flows${rest}`, 'POST')).toBe(false);
  });

  it.each([
    '?method=DELETE',
    '?http_method=POST',
    '?_method=get',
    '?a=_method=DELETE',
    '?_methods=DELETE',
  ])('take nothing else for a method: %s', (rest) => {
    const reads: ConsoleRule = { effect: 'allow', methods: ['GET'], path: '/**' };
    expect(allowed([reads], `/flows${rest}`)).toBe(true);
  });

  it('read an encoded letter as the letter', () => {
    fc.assert(
      fc.property(path, rules, fc.infiniteStream(fc.boolean()), (target, list, coins) => {
        const spelled = Array.from(target, (letter) =>
          letter !== '/' && coins.next().value === true
            ? `%${letter.charCodeAt(0).toString(16)}`
            : letter,
        ).join('');
        expect(allowed(list, spelled)).toBe(allowed(list, target));
      }),
    );
  });
});

describe('an ambiguous path', () => {
  it('is read as none', () => {
    fc.assert(fc.property(ambiguousTarget, (target) => unambiguousPath(target) === null));
  });

  it('slips past no rule that refuses', () => {
    fc.assert(
      fc.property(ambiguousTarget, path, (target, secret) => {
        expect(allowed([refuse(`${secret}/**`), everything], target)).toBe(false);
      }),
    );
  });

  it('is let in by none that allows a part of the console', () => {
    fc.assert(
      fc.property(ambiguousTarget, rules, (target, list) => {
        expect(allowed(list, target)).toBe(false);
      }),
    );
  });

  it('never comes out of reading one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(word, ambiguity, fc.string({ unit: 'binary', maxLength: 3 }))),
        (parts) => {
          const read = unambiguousPath(`/${parts.join('')}`);
          if (read === null) return;
          expect(read).not.toMatch(/[\\;%\p{Cc}]|\/\/|\/\.+(?:\/|$)/u);
        },
      ),
    );
  });
});

describe('a path of a rule', () => {
  it.each([
    ['/a', ['/a', '/a/'], ['/', '/ab', '/a/b', '/b/a']],
    ['/a/', ['/a', '/a/'], ['/a/b']],
    ['/', ['/'], ['/a']],
    ['/a/**', ['/a', '/a/', '/a/b', '/a/b/c/'], ['/ab', '/', '/b/a']],
    ['/a/*', ['/a/b', '/a/b/'], ['/a/b/c', '/b/b']],
    ['/a*c', ['/ac', '/abc', '/a.c'], ['/a/c', '/abcd', '/a']],
    ['/x*y*z', ['/xyz', '/x1y2z', '/xyyz'], ['/xzy', '/xz', '/x/y/z']],
    ['/aba*aba', ['/abaaba', '/abaxaba'], ['/aba', '/ababa']],
    ['/a.b', ['/a.b'], ['/axb']],
    ['/*/b/**', ['/a/b', '/x/b/c'], ['/b', '/a/c/b']],
  ])('%s', (pattern, hits, misses) => {
    expect(consolePathProblem(pattern)).toBeNull();
    expect(hits.filter((one) => !allowed([allow(pattern)], one))).toEqual([]);
    expect(misses.filter((one) => allowed([allow(pattern)], one))).toEqual([]);
  });

  it('is compared exactly when it allows, without regard to case when it refuses', () => {
    fc.assert(
      fc.property(path, (target) => {
        const shouted = target.toUpperCase();
        expect(allowed([allow(target)], shouted)).toBe(shouted === target);
        expect(allowed([refuse(target), everything], shouted)).toBe(false);
      }),
    );
  });

  it('takes no longer for many stars and a long path', () => {
    const long = `/${'a'.repeat(40_000)}!`;
    expect(allowed([allow('/a*a*a*a/b'), allow('/*a*a*a')], long)).toBe(false);
  });

  it.each([
    'a',
    '/a?b',
    '/a#b',
    '/a%20',
    '/a b',
    '/a\\b',
    '/a;b',
    '/a/../b',
    '/./a',
    '//a',
    '/a/**/b',
    '/a**',
    '/a*b*c*d*e',
    `/${'a'.repeat(500)}`,
  ])('%s is refused with the reason', (pattern) => {
    expect(consolePathProblem(pattern)).toMatch(/^(?:must|may)/u);
  });

  it('of the form that is taken always has a meaning', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\/[a-z*/.]{0,12}$/u), path, method, (pattern, target, by) => {
        if (consolePathProblem(pattern) !== null) return;
        const list: ConsoleRule[] = [refuse(pattern), everything];
        // What it allows it also refuses: the two don't differ but in case.
        if (allowed([allow(pattern)], target, by)) expect(allowed(list, target, by)).toBe(false);
      }),
    );
  });
});
