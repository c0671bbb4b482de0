import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWaitingGates, type WaitingGates, type WaitOutcome } from './waiting-gates.ts';

let waiting: WaitingGates;
let ended: [string, WaitOutcome][];
beforeEach(() => {
  vi.useFakeTimers();
  waiting = createWaitingGates();
  ended = [];
});
afterEach(() => {
  waiting.close();
  vi.useRealTimers();
});

const gate = (gateId: string) => ({
  gateId,
  sensorId: gateId,
  tag: 'tag',
  end: (outcome: WaitOutcome) => ended.push([gateId, outcome]),
});

describe('createWaitingGates', () => {
  it('ends each wait after its seconds', () => {
    waiting.add(gate('short'), 2);
    waiting.add(gate('long'), 55);
    vi.advanceTimersByTime(1_900);
    expect(ended).toEqual([]);
    vi.advanceTimersByTime(1_100);
    expect(ended).toEqual([['short', 'unchanged']]);
    expect([...waiting.all()].map(({ gateId }) => gateId)).toEqual(['long']);
    vi.advanceTimersByTime(53_000);
    expect(ended).toEqual([
      ['short', 'unchanged'],
      ['long', 'unchanged'],
    ]);
    expect(waiting.size).toBe(0);
  });

  it('ends none that was taken out', () => {
    const one = gate('one');
    waiting.add(one, 1);
    waiting.remove(one);
    waiting.remove(one);
    vi.advanceTimersByTime(120_000);
    expect([ended, waiting.size]).toEqual([[], 0]);
  });

  it('keeps one wait for a gate, the latest', () => {
    const first = gate('one');
    waiting.add(first, 30);
    waiting.add(gate('one'), 30);
    expect(ended).toEqual([['one', 'unchanged']]);
    // Its connection closes now that it has been answered: the other goes on.
    waiting.remove(first);
    expect(waiting.size).toBe(1);
  });

  it('ends all of them when it closes', () => {
    waiting.add(gate('one'), 30);
    waiting.add(gate('two'), 30);
    waiting.close();
    expect(ended).toEqual([
      ['one', 'closing'],
      ['two', 'closing'],
    ]);
  });
});
