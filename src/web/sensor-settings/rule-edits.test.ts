import { describe, expect, it } from 'vitest';
import type { ConsoleRule } from '../../domain/console-rules.ts';
import {
  changedRule,
  hiddenBy,
  movedRule,
  orderedMethods,
  placeOfNewRule,
  withoutRule,
  withRule,
} from './rule-edits.ts';

const rule = (path: string): ConsoleRule => ({ effect: 'allow', methods: [], path });
const rules = [rule('/a'), rule('/b'), rule('/c')];
const paths = (list: readonly ConsoleRule[]) => list.map(({ path }) => path).join(' ');

describe('edits of rules', () => {
  it('move within the list, and stop at its ends', () => {
    expect(paths(movedRule(rules, 2, -1))).toBe('/a /c /b');
    expect(paths(movedRule(rules, 0, 1))).toBe('/b /a /c');
    expect(movedRule(rules, 0, -1)).toBe(rules);
    expect(movedRule(rules, 2, 1)).toBe(rules);
  });

  it('add before a last rule for everything', () => {
    const last = [...rules, rule('/**')];
    expect(placeOfNewRule(last)).toBe(3);
    expect(paths(withRule(last))).toBe('/a /b /c  /**');
  });

  it('add at the end, change and take away in their place', () => {
    expect(paths(withRule(rules))).toBe('/a /b /c ');
    expect(paths(withoutRule(rules, 1))).toBe('/a /c');
    expect(paths(changedRule(rules, 1, { path: '/x' }))).toBe('/a /x /c');
  });

  it('keep methods in their order', () => {
    expect(orderedMethods(['POST', 'GET', 'BREW'])).toEqual(['GET', 'POST']);
  });
});

describe('hiddenBy', () => {
  const get: ConsoleRule = { effect: 'allow', methods: ['GET', 'HEAD'], path: '/**' };
  it('finds the rule for everything that decides before', () => {
    const head: ConsoleRule = { effect: 'refuse', methods: ['HEAD'], path: '/admin/**' };
    expect(hiddenBy([get, head], 1)).toBe(0);
    expect(hiddenBy([head, get], 1)).toBeNull();
    expect(hiddenBy([rule('/**'), head], 1)).toBe(0);
  });

  it('counts a rule as asked where one of its methods is left', () => {
    const post: ConsoleRule = { effect: 'refuse', methods: ['GET', 'POST'], path: '/admin/**' };
    expect(hiddenBy([get, post], 1)).toBeNull();
    expect(hiddenBy([get, rule('/admin/**')], 1)).toBeNull();
  });
});
