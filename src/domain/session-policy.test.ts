import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defaultSessionPolicy,
  isRevoked,
  revocationIndex,
  sessionOver,
  sessionPolicyBounds,
  type Revocation,
} from './session-policy.ts';

const { idleMinutes, totalMinutes } = sessionPolicyBounds;
const policy = fc.record({
  idleMinutes: fc.integer({ min: idleMinutes.least, max: idleMinutes.most }),
  totalMinutes: fc.integer({ min: totalMinutes.least, max: totalMinutes.most }),
});
const openedAt = fc.integer({ min: 0, max: 2e12 });
const after = fc.integer({ min: 0, max: 2 * 1440 * 60_000 });

describe('R15: a session', () => {
  it('goes on while it is used and not too old, and is over ever after', () => {
    fc.assert(
      fc.property(policy, openedAt, after, after, after, (limits, opened, used, asked, later) => {
        const times = { openedAt: opened, lastUsedAt: opened + used };
        const now = times.lastUsedAt + asked;
        const over = sessionOver(times, limits, now);
        const isIdle = asked >= limits.idleMinutes * 60_000;
        const isOld = now - opened >= limits.totalMinutes * 60_000;
        expect(over).toBe(isOld ? 'total' : isIdle ? 'idle' : null);
        if (over !== null) expect(sessionOver(times, limits, now + later)).not.toBeNull();
      }),
    );
  });

  it('isn’t ended by a clock that was set back', () => {
    fc.assert(
      fc.property(policy, openedAt, after, (limits, opened, back) => {
        const times = { openedAt: opened, lastUsedAt: opened };
        expect(sessionOver(times, limits, opened - back)).toBeNull();
      }),
    );
  });

  it('lasts 30 minutes idle and 8 hours in all, unless set otherwise, within bounds', () => {
    expect(defaultSessionPolicy).toMatchObject({ idleMinutes: 30, totalMinutes: 480 });
    for (const [name, { least, most }] of Object.entries(sessionPolicyBounds)) {
      const value = new Map(Object.entries(defaultSessionPolicy)).get(name);
      expect(value).toBeGreaterThanOrEqual(least);
      expect(value).toBeLessThanOrEqual(most);
    }
  });
});

describe('a revocation', () => {
  const id = fc.constantFrom('a', 'b', 'c');
  const session = fc.record({
    sessionId: id,
    tenantId: id,
    objectId: id,
    openedAt: fc.nat(20),
  });
  const revocation: fc.Arbitrary<Revocation> = fc.oneof(
    fc.record({ kind: fc.constant('session' as const), sessionId: id }),
    fc.record({
      kind: fc.constant('person' as const),
      tenantId: id,
      objectId: id,
      until: fc.nat(20),
    }),
  );

  it('of a session ends that session alone; of a person, theirs that were open by then', () => {
    fc.assert(
      fc.property(session, revocation, (one, revoked) => {
        const expected =
          revoked.kind === 'session'
            ? revoked.sessionId === one.sessionId
            : `${revoked.tenantId}/${revoked.objectId}` === `${one.tenantId}/${one.objectId}` &&
              one.openedAt <= revoked.until;
        expect(isRevoked(one, [revoked])).toBe(expected);
      }),
    );
  });

  it('counts by the index of many as it does in their list', () => {
    fc.assert(
      fc.property(fc.array(session), fc.array(revocation), (many, list) => {
        const index = revocationIndex(list);
        expect(many.map(index)).toEqual(many.map((one) => isRevoked(one, list)));
      }),
    );
  });

  it('is never undone by another', () => {
    fc.assert(
      fc.property(session, fc.array(revocation), revocation, (one, list, more) => {
        if (isRevoked(one, list)) expect(isRevoked(one, [more, ...list, more])).toBe(true);
      }),
    );
  });
});
