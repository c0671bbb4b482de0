import { describe, expect, it } from 'vitest';
import type { ConsoleRule } from '../../domain/console-rules.ts';
import { changedRule, movedRule, orderedMethods, withoutRule, withRule } from './rule-edits.ts';

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

  it('add at the end, change and take away in their place', () => {
    expect(paths(withRule(rules))).toBe('/a /b /c ');
    expect(paths(withoutRule(rules, 1))).toBe('/a /c');
    expect(paths(changedRule(rules, 1, { path: '/x' }))).toBe('/a /x /c');
  });

  it('keep methods in their order', () => {
    expect(orderedMethods(['POST', 'GET', 'BREW'])).toEqual(['GET', 'POST']);
  });
});
