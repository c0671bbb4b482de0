import { describe, expect, it } from 'vitest';
import { defaultConsoleRules, type ConsoleRules } from '../../domain/console-rules.ts';
import { ruleVerdict } from './rule-verdict.ts';

const rules: ConsoleRules = {
  ...defaultConsoleRules,
  readOnly: [
    { effect: 'refuse', methods: [], path: '/admin-area/**' },
    { effect: 'allow', methods: ['POST'], path: '/api/search' },
    { effect: 'allow', methods: ['GET', 'HEAD'], path: '/**' },
  ],
};

describe('ruleVerdict', () => {
  it('names the rule that decides', () => {
    const verdict = (method: 'GET' | 'POST', path: string) =>
      ruleVerdict('readOnly', method, path, rules);
    expect(verdict('GET', '/alerts')).toEqual({ allowed: true, by: 2, ambiguous: false });
    expect(verdict('POST', '/api/search?q=1')).toEqual({ allowed: true, by: 1, ambiguous: false });
    expect(verdict('GET', '/admin-area/users')).toMatchObject({ allowed: false, by: 0 });
    expect(verdict('POST', '/api/x')).toMatchObject({ allowed: false, by: null });
  });

  it('says what is ambiguous', () => {
    expect(ruleVerdict('readOnly', 'GET', '/a/../admin-area', rules)).toEqual({
      allowed: false,
      by: 0,
      ambiguous: true,
    });
  });

  it('looks at the role’s own rules', () => {
    expect(ruleVerdict('securityAnalyst', 'POST', '/admin-area', rules)).toMatchObject({
      allowed: true,
      by: 0,
    });
  });
});
