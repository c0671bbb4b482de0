import type { SiteDetail, SiteSummary } from '../../contract/inventory.ts';
import { effectiveSetting } from '../../domain/effective-setting.ts';
import { supportsSso } from '../../domain/sensor-version.ts';
import { ssoCoverage } from '../../domain/sso-coverage.ts';
import { siteAccessOf, type Asker } from '../http/asker.ts';
import { seesZone, visibleSensors } from '../http/visible-inventory.ts';
import {
  sensorPlace,
  type SnapshotSensor,
  type SnapshotSite,
  type SnapshotZone,
} from '../storage/access-snapshot.ts';
import type { DeliveryOf } from './delivery-of.ts';
import { targetState } from './held-by.ts';
import { byName } from './name-order.ts';

/** A site as the asker sees it: counts are of what they see. Null where they have no role. */
export function siteSummaryFor(asker: Asker, site: SnapshotSite): SiteSummary | null {
  const access = siteAccessOf(asker, site);
  if (access === null) return null;
  const sensors = visibleSensors(
    asker,
    site.zones.flatMap((zone) => zone.sensors),
  );
  const withSso = sensors.filter((sensor) => {
    const level = effectiveSetting(sensorPlace(sensor), asker.snapshot.holdings)?.level ?? null;
    return ssoCoverage(supportsSso(sensor.version), level) === 'on';
  });
  return {
    id: site.id,
    name: site.name,
    subscriptionName: site.subscriptionName,
    zones: site.zones.filter((zone) => seesZone(asker, zone)).length,
    sensors: sensors.length,
    sensorsWithSso: withSso.length,
    ...targetState(asker, { kind: 'site', id: site.id }, { siteId: site.id }),
    role: access.role,
  };
}

/** A site with the zones and sensors that the asker sees; null where they have no role. */
export function siteDetailFor(
  asker: Asker,
  site: SnapshotSite,
  deliveryOf: DeliveryOf,
): SiteDetail | null {
  const summary = siteSummaryFor(asker, site);
  if (summary === null) return null;
  const zones = site.zones.filter((zone) => seesZone(asker, zone)).toSorted(byName);
  return { ...summary, zoneList: zones.map((zone) => zoneDetail(asker, zone, deliveryOf)) };
}

type ZoneDetail = SiteDetail['zoneList'][number];

function zoneDetail(asker: Asker, zone: SnapshotZone, deliveryOf: DeliveryOf): ZoneDetail {
  const place = { siteId: zone.site.id, zoneId: zone.id };
  return {
    id: zone.id,
    name: zone.name,
    ...targetState(asker, { kind: 'zone', id: zone.id }, place),
    role: asker.roleAt(place),
    sensors: visibleSensors(asker, zone.sensors)
      .toSorted(byName)
      .flatMap((sensor) => sensorEntry(asker, sensor, deliveryOf)),
  };
}

function sensorEntry(
  asker: Asker,
  sensor: SnapshotSensor,
  deliveryOf: DeliveryOf,
): ZoneDetail['sensors'] {
  const place = sensorPlace(sensor);
  const role = asker.roleAt(place);
  if (role === null) return [];
  const entry = {
    id: sensor.id,
    name: sensor.name,
    version: sensor.version,
    supportsSso: supportsSso(sensor.version),
    health: sensor.health,
    ...targetState(asker, { kind: 'sensor', id: sensor.id }, place),
    ssoLevel: effectiveSetting(place, asker.snapshot.holdings)?.level ?? null,
    delivery: deliveryOf(sensor),
    role,
  };
  return [entry];
}
