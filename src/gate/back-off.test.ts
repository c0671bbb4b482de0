import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createBackOff, pause } from './back-off.ts';

describe('createBackOff', () => {
  it('waits twice as long each time, up to a minute, and from the start again after success', () => {
    const { next, reset } = createBackOff(() => 1);
    expect(Array.from({ length: 8 }, () => next())).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000,
    ]);
    reset();
    expect(next()).toBe(1_000);
  });

  it('spreads those who failed together over half of it', () => {
    const waits = [0, 0.5, 0.999].map((random) => {
      const { next } = createBackOff(() => random);
      return [next(), next(), next()];
    });
    expect(waits).toEqual([
      [500, 1_000, 2_000],
      [750, 1_500, 3_000],
      [1_000, 1_999, 3_998],
    ]);
  });

  it('waits at least as long as it is asked to, spread over a second, but no more than an hour', () => {
    for (const random of [0, 0.5, 1]) {
      const { next } = createBackOff(() => random);
      expect(next(120_000)).toBe(120_000 + random * 1_000);
      expect(next(86_400_000)).toBe(3_600_000 + random * 1_000);
    }
  });
});

describe('pause', () => {
  it('ends with its signal, and leaves nothing behind', async () => {
    const ending = new AbortController();
    const paused = pause(1_000_000, ending.signal);
    ending.abort();
    await paused;
    await pause(1_000_000, ending.signal);
    const going = new AbortController();
    await pause(1, going.signal);
    expect(getEventListeners(going.signal, 'abort')).toEqual([]);
    expect(getEventListeners(ending.signal, 'abort')).toEqual([]);
  });
});
