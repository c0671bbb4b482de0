import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapping, role } from '../testing/domain-arbitraries.ts';
import { emptyMapping } from './group-mapping.ts';
import { providerTypes } from './provider.ts';
import { adminWays, losesLastWay } from './ways-in.ts';

const tenantId = fc.option(fc.constantFrom('t1', 't2'), { nil: null });
const users = fc.array(fc.record({ role, disabled: fc.boolean(), tenantId }), { maxLength: 4 });
const providers = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('p1', 'p2', 'p3'),
    type: fc.constantFrom(...providerTypes),
    tenantId,
    usesGroups: fc.boolean(),
  }),
  { selector: ({ id }) => id },
);

describe('R9: the ways into the portal as Admin', () => {
  it('are none without a provider, whatever groups and users there are', () => {
    fc.assert(
      fc.property(mapping, users, (access, all) => adminWays([], access, all).length === 0),
    );
  });

  it('name only enabled, linked Admins of the provider’s own tenant', () => {
    fc.assert(
      fc.property(providers, mapping, users, (serving, access, all) => {
        for (const way of adminWays(serving, access, all)) {
          const provider = serving.find(({ id }) => id === way.providerId);
          expect(way.adminGroups.length + way.adminUsers.length).toBeGreaterThan(0);
          for (const user of way.adminUsers) {
            expect(user).toEqual({ role: 'admin', disabled: false, tenantId: provider?.tenantId });
            expect(user.tenantId).not.toBeNull();
          }
        }
      }),
    );
  });

  it('count groups for a web application only where it uses them', () => {
    const access = { ...emptyMapping, admin: [{ id: 'g', displayName: null }] };
    const web = { id: 'w', type: 'web', tenantId: 't1' } as const;
    expect(adminWays([{ ...web, usesGroups: false }], access, [])).toEqual([]);
    expect(adminWays([{ ...web, usesGroups: true }], access, [])).toHaveLength(1);
  });

  it('only ever get fewer when a provider, a group or a user goes', () => {
    fc.assert(
      fc.property(providers, mapping, users, (serving, access, all) => {
        const now = adminWays(serving, access, all).length;
        expect(adminWays(serving.slice(1), access, all).length).toBeLessThanOrEqual(now);
        expect(adminWays(serving, emptyMapping, all).length).toBeLessThanOrEqual(now);
        expect(adminWays(serving, access, all.slice(1)).length).toBeLessThanOrEqual(now);
      }),
    );
  });

  it('are lost only where there was one', () => {
    const way = { providerId: 'p', adminGroups: [], adminUsers: [] };
    expect([losesLastWay([], []), losesLastWay([way], [way]), losesLastWay([], [way])]).toEqual([
      false,
      false,
      false,
    ]);
    expect(losesLastWay([way], [])).toBe(true);
  });
});
