import { describe, expect, it } from 'vitest';
import { createReplayMemory } from './replay-memory.ts';

const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1000);

describe('createReplayMemory', () => {
  it('knows what was used for as long as it could be used', () => {
    const memory = createReplayMemory(120);
    for (let start = 0; start < 600; start += 37) {
      const id = `id-${start}`;
      expect(memory.use(id, at(start))).toBe(true);
      for (const later of [0, 1, 60, 119, 120]) {
        // Others are used meanwhile.
        expect(memory.use(`${id}-${later}`, at(start + later))).toBe(true);
        expect(memory.use(id, at(start + later))).toBe(false);
      }
    }
  });

  it('forgets it then', () => {
    const memory = createReplayMemory(120);
    for (let second = 0; second < 3_600; second += 1) memory.use(`id-${second}`, at(second));
    expect(memory.size).toBeLessThanOrEqual(150);
  });

  it('drops nothing when the clock is set back', () => {
    const memory = createReplayMemory(120);
    expect(memory.use('one', at(0))).toBe(true);
    expect(memory.use('two', at(-3_600))).toBe(true);
    expect([memory.use('one', at(-3_600)), memory.use('two', at(0))]).toEqual([false, false]);
  });
});
