import { describe, expect, it } from 'vitest';
import { deliveryWords } from '../ui/delivery-words.ts';
import { deliverySentence, shownFailure } from './delivery-sentence.ts';

const clock = { code: 'clock_off', detail: 'Its clock is 2 hours slow.' };
const silent = { code: 'silent', detail: 'Its gate has been silent for 5 minutes or longer.' };
const since = null;

describe('deliverySentence', () => {
  it('is the reason where there is one', () => {
    expect(deliverySentence({ state: 'disconnected', since, reason: silent })).toBe(silent.detail);
    expect(deliverySentence({ state: 'pending', since, reason: null })).toBe(deliveryWords.pending);
  });

  it('leaves the clock to its warning, and a failure to its notice', () => {
    expect(deliverySentence({ state: 'applied', since, reason: clock })).toBe(
      deliveryWords.applied,
    );
    expect(deliverySentence({ state: 'failed', since, reason: silent })).toBe(deliveryWords.failed);
    expect(shownFailure({ state: 'failed', since, reason: silent })).toBe(silent);
    expect(shownFailure({ state: 'applied', since, reason: clock })).toBeNull();
  });
});
