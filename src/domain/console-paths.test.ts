import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allow,
  allowed,
  ambiguity,
  ambiguousTarget,
  everything,
  method,
  path,
  refuse,
  rules,
  word,
} from '../testing/console-arbitraries.ts';
import { consolePathProblem, unambiguousPath, type ConsoleRule } from './console-rules.ts';

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
