import { describe, expect, it } from 'vitest';
import { nextAttempt } from './next-attempt.ts';

const createdAt = new Date('2026-11-01T00:00:00Z');
const minute = 60_000;

function after(attempts: number, now = createdAt, more = {}) {
  return nextAttempt({ createdAt, attempts, now, retryAfter: null, jitter: 0, ...more });
}

describe('nextAttempt', () => {
  it('waits 1 minute, twice that each time, and 12 hours at most', () => {
    const pauses = [1, 2, 3, 4, 10, 11, 30].map(
      (attempts) => ((after(attempts)?.getTime() ?? 0) - createdAt.getTime()) / minute,
    );
    expect(pauses).toEqual([1, 2, 4, 8, 512, 720, 720]);
  });

  it('gives up after 3 days', () => {
    let now = createdAt;
    let attempts = 0;
    for (;;) {
      attempts += 1;
      const next = after(attempts, now);
      if (next === null) break;
      now = next;
    }
    expect(now.getTime() - createdAt.getTime()).toBeLessThanOrEqual(72 * 60 * minute);
    expect(now.getTime() - createdAt.getTime()).toBeGreaterThan(60 * 60 * minute);
    expect(attempts).toBe(15);
  });

  it('waits as long as the receiver asks, but never longer than 12 hours', () => {
    const asked = (retryAfter: number) =>
      ((after(1, createdAt, { retryAfter })?.getTime() ?? 0) - createdAt.getTime()) / minute;
    expect([asked(10_000), asked(600_000), asked(1e12)]).toEqual([1, 10, 720]);
  });
});
