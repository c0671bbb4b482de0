import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deliveryStates } from '../../domain/delivery.ts';
import { effectiveSetting, holdingsOf } from '../../domain/effective-setting.ts';
import { groupIds, mapping, settings, settingIds } from '../../testing/domain-arbitraries.ts';
import { createAsker, type Asker } from '../http/asker.ts';
import { defaultConsoleRules } from '../../domain/console-rules.ts';
import { defaultSessionPolicy } from '../../domain/session-policy.ts';
import {
  sensorPlace,
  type AccessSnapshot,
  type SnapshotSensor,
  type SnapshotSite,
  type SnapshotZone,
} from '../storage/access-snapshot.ts';
import { countDelivery, type DeliveryFilter } from './count-delivery.ts';
import type { DeliveryNow } from './delivery.ts';

const ids = ['p0', 'p1', 'p2', 'p3'];

/** Zone p1 is at site p0, sensor p3 in zone p0, and the like. */
const snapshot = fc
  .record({
    held: settings,
    zoneOf: fc.array(fc.nat(3), { minLength: 4, maxLength: 4 }),
    siteOf: fc.array(fc.nat(3), { minLength: 4, maxLength: 4 }),
    portalAccess: mapping,
    mappings: fc.array(mapping, { minLength: 4, maxLength: 4 }),
  })
  .map(({ held, zoneOf, siteOf, portalAccess, mappings }): AccessSnapshot => {
    const pick = <T>(list: readonly T[], index: number | undefined): T => {
      const one = list[index ?? 0];
      if (one === undefined) throw new Error('out of range');
      return one;
    };
    const sites = ids.map((id): SnapshotSite => ({
      id,
      name: id,
      subscriptionName: 's',
      zones: [],
    }));
    const zones = ids.map((id, index): SnapshotZone => {
      const site = pick(sites, siteOf[index]);
      const zone = { id, name: id, site, sensors: [] };
      site.zones.push(zone);
      return zone;
    });
    const sensors = ids.map((id, index): SnapshotSensor => {
      const zone = pick(zones, zoneOf[index]);
      const sensor = { id, name: id, version: '24.1.2', health: 'Healthy', zone };
      zone.sensors.push(sensor);
      return sensor;
    });
    const all = held.map(({ id, targets }, index) => {
      const permissions = pick(mappings, index);
      const setting = { id, name: id, version: 1, tenantId: id, clientId: id, permissions };
      return { ...setting, consoleRules: defaultConsoleRules, targets };
    });
    const byId = <T extends { readonly id: string }>(list: readonly T[]) =>
      new Map(list.map((one) => [one.id, one]));
    return {
      revision: '',
      portalAccess,
      mappings: new Map(all.map((one) => [one.id, one.permissions])),
      holdings: holdingsOf(held),
      settings: byId(all),
      sites: byId(sites),
      zones: byId(zones),
      sensors: byId(sensors),
      users: new Map(),
      invitations: new Map(),
      linkedAddresses: new Map(),
      stepUpContext: null,
      sessionPolicy: defaultSessionPolicy,
    };
  });

const asker = fc
  .record({ snapshot, groups: fc.subarray([...groupIds]) })
  .map(({ snapshot: now, groups }): Asker =>
    createAsker(
      {
        kind: 'entra',
        tenantId: 't',
        objectId: 'o',
        name: 'Ada',
        verifiedEmail: null,
        contexts: [],
        via: 'spa',
        providerId: 'p',
        sessionId: null,
        sessionOpenedAt: null,
        userPrincipalName: 'ada',
        guest: false,
        groups: new Set(groups),
        groupsFrom: 'token',
      },
      now,
    ),
  );

const delivery = fc
  .array(fc.constantFrom(...deliveryStates), { minLength: 4, maxLength: 4 })
  .map((states): DeliveryNow => {
    const byId = new Map(ids.map((id, index) => [id, states[index]]));
    return { stateOf: ({ id }) => byId.get(id) ?? 'pending', wantedOf: () => '' };
  });

const filter: fc.Arbitrary<DeliveryFilter> = fc.record(
  { settingId: fc.constantFrom(...settingIds, 'gone'), siteId: fc.constantFrom(...ids, 'gone') },
  { requiredKeys: [] },
);

/** The definition: every sensor is asked. */
function expected(who: Asker, { stateOf }: DeliveryNow, { settingId, siteId }: DeliveryFilter) {
  const { sensors, holdings } = who.snapshot;
  const counted = [...sensors.values()].filter((sensor) => {
    const place = sensorPlace(sensor);
    const effective = effectiveSetting(place, holdings)?.settingId;
    return (
      who.roleAt(place) !== null &&
      (settingId === undefined || effective === settingId) &&
      (siteId === undefined || place.siteId === siteId)
    );
  });
  return deliveryStates.map((state) => counted.filter((one) => stateOf(one) === state).length);
}

describe('counting delivery', () => {
  it('counts each sensor that is seen and matches once, wherever settings hold what', async () => {
    await fc.assert(
      fc.asyncProperty(asker, delivery, filter, async (who, now, which) => {
        const { total, states, failed } = await countDelivery(who, now, which);
        expect(deliveryStates.map((state) => states[state])).toEqual(expected(who, now, which));
        expect(total).toBe(Object.values(states).reduce((sum, count) => sum + count, 0));
        expect(failed).toHaveLength(states.failed);
      }),
      { numRuns: 500 },
    );
  });

  it('by setting and by site adds up to the whole', async () => {
    await fc.assert(
      fc.asyncProperty(asker, delivery, async (who, now) => {
        const totals = async (filters: readonly DeliveryFilter[]) => {
          const counts = await Promise.all(filters.map((one) => countDelivery(who, now, one)));
          return counts.reduce((sum, { total }) => sum + total, 0);
        };
        const { total } = await countDelivery(who, now);
        expect(await totals(ids.map((siteId) => ({ siteId })))).toBe(total);
        const reached = await totals(settingIds.map((settingId) => ({ settingId })));
        expect(reached).toBeLessThanOrEqual(total);
      }),
    );
  });
});
