import { describe, expect, it } from 'vitest';
import { commonCases, matchingCases } from './common-cases.ts';

describe('commonCases', () => {
  it('names the recovery that works on each surface', () => {
    const recovery = (surface: 'portal' | 'sensor') =>
      commonCases(surface).filter(({ question }) => question.startsWith('Nobody can sign in'));
    expect(recovery('portal')[0]?.answer.join()).toContain(
      'with: gatehouse recover (from its folder: node dist/cli.js recover).',
    );
    expect(recovery('sensor')[0]?.answer.join()).toContain('with: gatehouse gate recover.');
    expect([...recovery('portal'), ...recovery('sensor')]).toHaveLength(2);
  });

  it('asks no question twice', () => {
    for (const surface of ['portal', 'sensor'] as const) {
      const questions = commonCases(surface).map(({ question }) => question);
      expect(new Set(questions).size).toBe(questions.length);
    }
  });

  it('finds those that speak of a code, and hides none for nothing', () => {
    const all = commonCases('portal');
    const found = matchingCases(all, ' aadsts50105 ');
    expect(found.map(({ question }) => question)).toEqual(['Are you assigned to the application?']);
    expect(matchingCases(all, 'AADSTS1234567')).toBe(all);
    expect(matchingCases(all, '')).toHaveLength(all.length);
  });
});
