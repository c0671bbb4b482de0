import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  credentialInUse,
  credentialsToTry,
  daysLeft,
  expiryState,
  expiryStates,
  isRefused,
  isReplaced,
  type ExpiringCredential,
} from './secret-expiry.ts';

const day = 86_400_000;
const now = new Date('2026-03-01T12:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * day);

const credential: fc.Arbitrary<ExpiringCredential> = fc.record({
  status: fc.constantFrom('unverified' as const, 'standby' as const),
  expiresAt: fc.option(fc.integer({ min: -40, max: 40 }).map(inDays), { nil: null }),
  refused: fc.option(fc.constant({}), { nil: null }),
});
const credentials = fc
  .tuple(fc.array(credential, { maxLength: 5 }), fc.option(credential, { nil: null }))
  .map(([others, one]): ExpiringCredential[] =>
    one === null ? others : [...others, { ...one, status: 'current' }],
  );

/** Was it verified, and isn't it over? */
function lasts(one: ExpiringCredential | undefined): boolean {
  return (
    one !== undefined &&
    one.status !== 'unverified' &&
    expiryState(one.expiresAt, now) !== 'expired'
  );
}

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
  it('is the current one while it lasts and isn’t refused', () => {
    fc.assert(
      fc.property(credentials, (all) => {
        const current = all.find(({ status }) => status === 'current');
        fc.pre(current !== undefined && lasts(current) && !isRefused(current));
        expect(credentialInUse(all, now)).toBe(current);
      }),
    );
  });

  it('is never one that wasn’t verified, and an expired one only where no good one is left', () => {
    fc.assert(
      fc.property(credentials, (all) => {
        const used = credentialInUse(all, now);
        expect(used?.status).not.toBe('unverified');
        const good = all.filter((one) => lasts(one) && !isRefused(one));
        if (used === undefined || !lasts(used)) expect(good).toEqual([]);
      }),
    );
  });

  it('is a refused one only where every other that lasts was refused, too', () => {
    fc.assert(
      fc.property(credentials, (all) => {
        const used = credentialInUse(all, now);
        fc.pre(used !== undefined && isRefused(used));
        expect(all.filter((one) => lasts(one) && !isRefused(one))).toEqual([]);
      }),
    );
  });

  it('refused, is followed by each other that lasts, once, and by those refused before', () => {
    fc.assert(
      fc.property(credentials, (all) => {
        const tried = credentialsToTry(all, now);
        expect(new Set(tried).size).toBe(tried.length);
        expect(tried[0]).toBe(credentialInUse(all, now));
        const lasting = all.filter(lasts);
        const current = all.filter(({ status }) => status === 'current');
        const stillGood = lasting.some((one) => !isRefused(one));
        expect(new Set(tried)).toEqual(new Set(stillGood ? lasting : [...lasting, ...current]));
        const refusals = tried.map(isRefused);
        expect(refusals).toEqual(refusals.toSorted((a, b) => Number(a) - Number(b)));
        for (const refused of [false, true]) {
          const alike = tried.filter((one) => isRefused(one) === refused);
          const at = alike.findIndex(({ status }) => status === 'current');
          expect(at).toBeLessThanOrEqual(0);
        }
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
    [{ status: 'standby', expiresAt: inDays(90), refused: {} } as const, false],
  ])('beside %o: %s', (other, expected) => {
    expect(isReplaced<ExpiringCredential>(current, [current, other])).toBe(expected);
  });
});
