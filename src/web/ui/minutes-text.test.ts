import { describe, expect, it } from 'vitest';
import { minutesText } from './minutes-text.ts';

describe('minutesText', () => {
  it('says times as people do', () => {
    expect([30, 60, 90, 480, 61].map(minutesText)).toEqual([
      '30 minutes',
      '1 hour',
      '1 hour 30 minutes',
      '8 hours',
      '1 hour 1 minute',
    ]);
  });
});
