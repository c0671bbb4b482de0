import { describe, expect, it } from 'vitest';
import { commonCases } from './common-cases.ts';

describe('commonCases', () => {
  it('names the recovery that works on each surface', () => {
    const recovery = (surface: 'portal' | 'sensor') =>
      commonCases(surface).filter(({ question }) => question.startsWith('Nobody can sign in'));
    expect(recovery('portal')[0]?.answer.join()).toContain('with: gatehouse recover.');
    expect(recovery('sensor')[0]?.answer.join()).toContain('with: gatehouse gate recover.');
    expect([...recovery('portal'), ...recovery('sensor')]).toHaveLength(2);
  });

  it('asks no question twice', () => {
    for (const surface of ['portal', 'sensor'] as const) {
      const questions = commonCases(surface).map(({ question }) => question);
      expect(new Set(questions).size).toBe(questions.length);
    }
  });
});
