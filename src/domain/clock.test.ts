import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockProblem, clockTolerance } from './clock.ts';

const offset = fc.integer({ min: -400 * 86_400_000, max: 400 * 86_400_000 });

describe('how far a clock is off', () => {
  it('is said from the tolerance on, with the direction', () => {
    fc.assert(
      fc.property(offset, (milliseconds) => {
        const said = clockProblem(milliseconds);
        if (Math.abs(milliseconds) < clockTolerance) expect(said).toBeNull();
        else expect(said).toMatch(milliseconds > 0 ? / fast$/u : / slow$/u);
      }),
    );
  });

  it('is said with the same amount in both directions', () => {
    fc.assert(
      fc.property(offset, (milliseconds) => {
        const amount = (text: string | null) => text?.replace(/ (?:fast|slow)$/u, '');
        expect(amount(clockProblem(milliseconds))).toBe(amount(clockProblem(-milliseconds)));
      }),
    );
  });

  it.each([
    [5 * 60_000, '5 minutes fast'],
    [-61 * 60_000, '1 hour 1 minute slow'],
    [-120 * 60_000, '2 hours slow'],
    [86_400_000 + 3_600_000 + 60_000, '1 day 1 hour fast'],
  ])('%i ms: %s', (milliseconds, words) => {
    expect(clockProblem(milliseconds)).toBe(words);
  });
});
