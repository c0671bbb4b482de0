import { describe, expect, it } from 'vitest';
import { atMostEvery } from './at-most-every.ts';

describe('atMostEvery', () => {
  it('works at once, and not again until the time has passed', () => {
    let time = 0;
    const done: number[] = [];
    const act = atMostEvery(
      15,
      () => time,
      () => done.push(time),
    );
    for (const at of [0, 1, 14, 15, 16, 29, 100, 101]) {
      time = at;
      act();
    }
    expect(done).toEqual([0, 15, 100]);
  });
});
