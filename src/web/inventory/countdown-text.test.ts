import { describe, expect, it } from 'vitest';
import { countdownText } from './countdown-text.ts';

describe('countdownText', () => {
  it('counts down to nothing, and no further', () => {
    expect([900_000, 65_000, 59_400, 400, 0, -5000].map(countdownText)).toEqual([
      '15:00',
      '1:05',
      '1:00',
      '0:01',
      '0:00',
      '0:00',
    ]);
  });
});
