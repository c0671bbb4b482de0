import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deliveryLabels,
  deliveryState,
  deliveryStates,
  disconnectedAfter,
  type GateProgress,
} from './delivery.ts';

const tag = fc.constantFrom('a', 'b', 'c');
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const now = 1_800_000_000_000;
const supports = maybe(fc.boolean());
const gate: fc.Arbitrary<GateProgress> = fc.record({
  wanted: tag,
  applied: maybe(tag),
  failed: maybe(tag),
  lastSeenAt: maybe(fc.integer({ min: now - 2 * disconnectedAfter, max: now })),
});
const there: GateProgress = { wanted: 'a', applied: 'a', failed: null, lastSeenAt: now };

describe('R14: delivery', () => {
  it('is unsupported wherever software isn’t known to support SSO, gate or not', () => {
    fc.assert(
      fc.property(maybe(gate), (one) => {
        for (const version of [false, null]) {
          expect(deliveryState(version, one, now)).toBe('unsupported');
        }
      }),
    );
  });

  it('is not enrolled without a gate', () => {
    expect(deliveryState(true, null, now)).toBe('notEnrolled');
  });

  it('has come to a sensor only if its gate holds what is wanted now, and answers', () => {
    fc.assert(
      fc.property(supports, gate, (version, one) => {
        const applied = deliveryState(version, one, now) === 'applied';
        const { lastSeenAt } = one;
        const answers = lastSeenAt !== null && now - lastSeenAt < disconnectedAfter;
        expect(applied).toBe(version === true && answers && one.applied === one.wanted);
      }),
    );
  });

  it('has failed only for what is wanted now: an older failure says nothing', () => {
    fc.assert(
      fc.property(gate, (one) => {
        if (deliveryState(true, one, now) !== 'failed') return;
        expect(one.failed).toBe(one.wanted);
        expect(one.applied).not.toBe(one.wanted);
      }),
    );
    expect(deliveryState(true, { ...there, applied: 'b', failed: 'c' }, now)).toBe('pending');
    expect(deliveryState(true, { ...there, failed: 'a' }, now)).toBe('applied');
  });

  it('changes with time alone in one way: a silent gate is disconnected, and stays so', () => {
    fc.assert(
      fc.property(supports, gate, fc.nat(3 * disconnectedAfter), (version, one, later) => {
        const before = deliveryState(version, one, now);
        const after = deliveryState(version, one, now + later);
        if (after !== before) expect(after).toBe('disconnected');
        if (before === 'disconnected') expect(after).toBe('disconnected');
      }),
    );
    const at = (silent: number) => deliveryState(true, there, now + silent);
    expect(at(disconnectedAfter - 1)).toBe('applied');
    expect(at(disconnectedAfter)).toBe('disconnected');
    expect(deliveryState(true, { ...there, lastSeenAt: null }, now)).toBe('disconnected');
  });

  it('is one of the states that there are words for', () => {
    fc.assert(
      fc.property(supports, maybe(gate), (version, one) => {
        const state = deliveryState(version, one, now);
        expect(deliveryStates).toContain(state);
        expect(deliveryLabels[state]).not.toBe('');
      }),
    );
  });
});
