import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  credentialInUse,
  daysLeft,
  expiryState,
  expiryStates,
  isReplaced,
  type ExpiringCredential,
} from './secret-expiry.ts';

const day = 86_400_000;
const now = new Date('2026-03-01T12:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * day);

const credential: fc.Arbitrary<ExpiringCredential> = fc.record({
  status: fc.constantFrom('unverified' as const, 'standby' as const),
  expiresAt: fc.option(fc.integer({ min: -40, max: 40 }).map(inDays), { nil: null }),
});
const credentials = fc
  .tuple(fc.array(credential, { maxLength: 5 }), fc.option(credential, { nil: null }))
  .map(([others, one]): ExpiringCredential[] =>
    one === null ? others : [...others, { ...one, status: 'current' }],
  );

describe('the end of a secret', () => {
  it.each([
    [31, 'fine'],
    [30.001, 'fine'],
    [30, 'in30'],
    [14.5, 'in30'],
    [14, 'in14'],
    [7, 'in7'],
    [1.5, 'in7'],
    [1, 'in1'],
    [0.001, 'in1'],
    [0, 'expired'],
    [-3, 'expired'],
  ] as const)('in %d days is told as %s', (days, state) => {
    expect(expiryState(inDays(days), now)).toBe(state);
  });

  it('isn’t warned of where it isn’t known', () => {
    expect(expiryState(null, now)).toBe('fine');
  });

  it('only comes nearer', () => {
    const moment = fc.integer({ min: -90 * day, max: 90 * day });
    fc.assert(
      fc.property(moment, fc.nat(90 * day), (start, later) => {
        const at = (time: number) => new Date(now.getTime() + time);
        const order = (time: number) => expiryStates.indexOf(expiryState(now, at(time)));
        expect(order(start + later)).toBeGreaterThanOrEqual(order(start));
        expect(daysLeft(now, at(start + later))).toBeLessThanOrEqual(daysLeft(now, at(start)));
      }),
    );
  });

  it('has no days left exactly when it is expired', () => {
    fc.assert(
      fc.property(fc.integer({ min: -90 * day, max: 90 * day }), (time) => {
        const end = new Date(now.getTime() + time);
        expect(daysLeft(end, now) === 0).toBe(expiryState(end, now) === 'expired');
      }),
    );
  });
});

describe('the credential in use', () => {
  it('is the current one while it lasts', () => {
    fc.assert(
      fc.property(credentials, (all) => {
        const current = all.find(({ status }) => status === 'current');
        fc.pre(current !== undefined && expiryState(current.expiresAt, now) !== 'expired');
        expect(credentialInUse(all, now)).toBe(current);
      }),
    );
  });

  it('is never one that wasn’t verified, and an expired one only where nothing else is left', () => {
    fc.assert(
      fc.property(credentials, (all) => {
        const used = credentialInUse(all, now);
        expect(used?.status).not.toBe('unverified');
        const lasting = all.filter(
          ({ status, expiresAt }) =>
            status !== 'unverified' && expiryState(expiresAt, now) !== 'expired',
        );
        if (used === undefined) expect(lasting).toEqual([]);
        else if (expiryState(used.expiresAt, now) === 'expired') expect(lasting).toEqual([]);
      }),
    );
  });
});

describe('a replaced credential', () => {
  const current = { status: 'current', expiresAt: inDays(5) } as const;
  it.each([
    [{ status: 'standby', expiresAt: inDays(90) } as const, true],
    [{ status: 'standby', expiresAt: null } as const, true],
    [{ status: 'unverified', expiresAt: inDays(90) } as const, false],
    [{ status: 'standby', expiresAt: inDays(3) } as const, false],
  ])('beside %o: %s', (other, expected) => {
    expect(isReplaced<ExpiringCredential>(current, [current, other])).toBe(expected);
  });
});
