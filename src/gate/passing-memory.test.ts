import { describe, expect, it, vi } from 'vitest';
import { createPassingMemory } from './passing-memory.ts';

describe('memory of what passes', () => {
  it('is looked through each time that so much has passed', () => {
    const collect = vi.fn<() => void>();
    const passed = createPassingMemory(collect, 100);
    passed(99);
    expect(collect).toHaveBeenCalledTimes(0);
    passed(1);
    expect(collect).toHaveBeenCalledTimes(1);
    passed(60);
    passed(60);
    passed(250);
    expect(collect).toHaveBeenCalledTimes(3);
  });

  it('is free again, and nothing of it is left for others', async () => {
    const passed = createPassingMemory();
    const before = process.memoryUsage().arrayBuffers;
    for (let piece = 0; piece < 4_000; piece += 1) passed(new Uint8Array(64 * 1024).length);
    await vi.waitFor(() => {
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
    });
    expect(Reflect.has(globalThis, 'gc')).toBe(false);
  });
});
