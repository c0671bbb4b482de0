import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allowed,
  ambiguousTarget,
  both,
  everything,
  method,
  path,
  refuse,
  rules,
} from '../testing/console-arbitraries.ts';
import {
  consoleAllows,
  defaultConsoleRules,
  limitedRoles,
  type ConsoleRule,
} from './console-rules.ts';

const limited = fc.constantFrom(...limitedRoles);
const query = fc.constantFrom('', '?', '?a=/../b', '?x=%2e%2e', '#/admin', '?a;b\\c');

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
