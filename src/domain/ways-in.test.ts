import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupId } from '../testing/domain-arbitraries.ts';
import { providerTypes } from './provider.ts';
import { afterChange, takesLastWayIn, waysIn, type WaysInState } from './ways-in.ts';

const tenantId = fc.constantFrom('t1', 't2');
const adminGroups = fc.array(
  groupId.map((id) => ({ id, displayName: null })),
  { maxLength: 2 },
);
const state: fc.Arbitrary<WaysInState> = fc.record({
  providers: fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('p1', 'p2', 'p3'),
      name: fc.constant('Microsoft'),
      type: fc.constantFrom(...providerTypes),
      tenantId,
      usesGroups: fc.boolean(),
    }),
    { selector: ({ id }) => id },
  ),
  adminGroups,
  adminUsers: fc.uniqueArray(
    fc.record({ id: fc.constantFrom('u1', 'u2'), label: fc.constant('Ada'), tenantId }),
    { selector: ({ id }) => id },
  ),
});
const change = fc.oneof(
  fc.constantFrom('p1', 'p2', 'p3').map((withoutProvider) => ({ withoutProvider })),
  fc.constantFrom('u1', 'u2').map((withoutUser) => ({ withoutUser })),
  adminGroups.map((groups) => ({ adminGroups: groups })),
);

describe('R9: the ways into the portal as Admin', () => {
  it('name only users of the provider’s own tenant', () => {
    fc.assert(
      fc.property(state, (all) => {
        for (const { provider, adminUsers, adminGroups: groups } of waysIn(all)) {
          expect(adminUsers.length + groups.length).toBeGreaterThan(0);
          for (const user of adminUsers) expect(user.tenantId).toBe(provider.tenantId);
        }
      }),
    );
  });

  it('count groups for a web application only where it uses them', () => {
    const web = { id: 'w', name: 'Web', type: 'web', tenantId: 't1' } as const;
    const all = { adminGroups: [{ id: 'g', displayName: null }], adminUsers: [] };
    expect(waysIn({ ...all, providers: [{ ...web, usesGroups: false }] })).toEqual([]);
    expect(waysIn({ ...all, providers: [{ ...web, usesGroups: true }] })).toHaveLength(1);
  });

  it('stay, or the change takes the last one', () => {
    fc.assert(
      fc.property(state, change, (all, wish) => {
        const left = waysIn(afterChange(all, wish));
        expect(takesLastWayIn(all, wish)).toBe(waysIn(all).length > 0 && left.length === 0);
      }),
    );
  });

  it('can’t be taken where there are none, as at the first start', () => {
    const none = { providers: [], adminGroups: [], adminUsers: [] };
    fc.assert(fc.property(change, (wish) => !takesLastWayIn(none, wish)));
  });

  it('only ever get fewer when a provider or a user goes', () => {
    fc.assert(
      fc.property(state, (all) => {
        for (const wish of [
          { withoutProvider: 'p1' },
          { withoutUser: 'u1' },
          { adminGroups: [] },
        ]) {
          expect(waysIn(afterChange(all, wish)).length).toBeLessThanOrEqual(waysIn(all).length);
        }
      }),
    );
  });

  it('that are out of order stand in for none that works', () => {
    const provider = { name: 'Microsoft', type: 'spa', tenantId: 't1', usesGroups: true } as const;
    const [works, other] = [
      { ...provider, id: 'p1' },
      { ...provider, id: 'p2', outOfOrder: true },
    ];
    const admins = { adminGroups: [{ id: 'g', displayName: null }], adminUsers: [] };
    const both = { ...admins, providers: [works, other] };
    expect(takesLastWayIn(both, { withoutProvider: 'p1' })).toBe(true);
    expect(takesLastWayIn(both, { withoutProvider: 'p2' })).toBe(false);
    // None works anyhow: the one that could again is kept.
    const broken = { ...admins, providers: [other] };
    expect(takesLastWayIn(broken, { withoutProvider: 'p2' })).toBe(true);
    expect(takesLastWayIn(broken, { withoutUser: 'u' })).toBe(false);
  });
});
