import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupId, mapping, maybeRole, settings } from '../testing/domain-arbitraries.ts';
import { settingRoleAt } from './access.ts';
import { holdingsOf } from './effective-setting.ts';
import { emptyMapping, groupSet } from './group-mapping.ts';
import { highestRole } from './role.ts';
import { siteAccess } from './site-access.ts';

const site = {
  id: 'p0',
  zones: [
    { id: 'p0', sensors: [{ id: 'p0' }, { id: 'p1' }] },
    { id: 'p1', sensors: [{ id: 'p2' }] },
    { id: 'p2', sensors: [] },
  ],
};
const places = [
  { siteId: 'p0' },
  ...site.zones.flatMap((zone) => [
    { siteId: 'p0', zoneId: zone.id },
    ...zone.sensors.map((sensor) => ({ siteId: 'p0', zoneId: zone.id, sensorId: sensor.id })),
  ]),
];
const rules = fc
  .tuple(settings, fc.array(mapping, { minLength: 4, maxLength: 4 }))
  .map(([all, mappings]) => ({
    holdings: holdingsOf(all),
    mappings: new Map(all.map(({ id }, index) => [id, mappings[index] ?? emptyMapping])),
  }));
const groups = fc.array(groupId).map(groupSet);

describe('R10: people see the sites where they have a role', () => {
  it('gives the highest role of all places at the site, and null where there is none', () => {
    fc.assert(
      fc.property(rules, groups, maybeRole, (all, held, portalRole) => {
        const everywhere = places.map(
          (place) => settingRoleAt(place, held, all).setting?.role ?? null,
        );
        const expected = highestRole([portalRole, ...everywhere]);
        expect(siteAccess(site, held, portalRole, all)?.role ?? null).toBe(expected);
      }),
    );
  });

  it('names every setting that gives a role, where it does', () => {
    fc.assert(
      fc.property(rules, groups, (all, held) => {
        for (const { settingId, target, mapped } of siteAccess(site, held, null, all)?.given ??
          []) {
          expect(all.holdings.get(`${target.kind}:${target.id}`)).toBe(settingId);
          expect(mapped.through.every((group) => held.has(group.id.toLowerCase()))).toBe(true);
        }
      }),
    );
  });

  it('is for the whole site with a portal role or a role at the site itself', () => {
    fc.assert(
      fc.property(rules, groups, maybeRole, (all, held, portalRole) => {
        const access = siteAccess(site, held, portalRole, all);
        if (access === null) return;
        const atSite = settingRoleAt({ siteId: 'p0' }, held, all).setting;
        expect(access.wholeSite).toBe(portalRole !== null || atSite !== null);
      }),
    );
  });
});
