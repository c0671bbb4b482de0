import type { listSensors } from '../../contract/inventory.ts';
import type { QueryOf } from '../../contract/endpoint.ts';
import { effectiveSetting } from '../../domain/effective-setting.ts';
import { supportsSso } from '../../domain/sensor-version.ts';
import { ssoCoverage } from '../../domain/sso-coverage.ts';
import { comparableName } from '../../domain/unsafe-text.ts';
import type { Asker } from '../http/asker.ts';
import { visibleSensors } from '../http/visible-inventory.ts';
import {
  sensorPlace,
  type AccessSnapshot,
  type SnapshotSensor,
} from '../storage/access-snapshot.ts';
import type { DeliveryOf } from './delivery-of.ts';
import { compareText } from './name-order.ts';
import { readCursor, writeCursor, type SensorCursor } from './sensor-cursor.ts';

export interface SensorPage {
  readonly sensors: readonly SnapshotSensor[];
  readonly total: number;
  readonly next: string | null;
}

/** One page of the sensors that the asker sees and that match, by name. */
export function sensorPage(
  asker: Asker,
  query: QueryOf<typeof listSensors>,
  deliveryOf: DeliveryOf,
): SensorPage {
  const { snapshot } = asker;
  const keys = nameKeys(snapshot);
  const keyOf = (sensor: SnapshotSensor) => ({ key: keys.get(sensor) ?? '', id: sensor.id });
  const { delivery } = query;
  const matching = visibleSensors(asker, keys.keys()).filter(
    (sensor) =>
      matches(asker, sensor, keys.get(sensor) ?? '', query) &&
      (delivery === undefined || deliveryOf(sensor) === delivery),
  );
  const after = query.after === undefined ? null : readCursor(query.after);
  const start = after === null ? 0 : matching.findIndex((sensor) => isBehind(keyOf(sensor), after));
  const sensors = start < 0 ? [] : matching.slice(start, start + query.limit);
  const last = sensors.at(-1);
  const more = start >= 0 && start + query.limit < matching.length;
  return {
    sensors,
    total: matching.length,
    next: more && last !== undefined ? writeCursor(keyOf(last)) : null,
  };
}

function matches(
  asker: Asker,
  sensor: SnapshotSensor,
  key: string,
  { siteId, zoneId, settingId, search, health, sso }: QueryOf<typeof listSensors>,
): boolean {
  if (zoneId !== undefined && sensor.zone.id !== zoneId) return false;
  if (siteId !== undefined && sensor.zone.site.id !== siteId) return false;
  if (search !== undefined && !key.includes(comparableName(search))) return false;
  if (health !== undefined && comparableName(sensor.health) !== comparableName(health)) {
    return false;
  }
  if (sso === undefined && settingId === undefined) return true;
  const place = sensorPlace(sensor);
  const setting = effectiveSetting(place, asker.snapshot.holdings);
  if (settingId !== undefined) {
    if (setting?.settingId !== settingId || !asker.allows('ssoSetting.view', place)) return false;
  }
  return (
    sso === undefined || ssoCoverage(supportsSso(sensor.version), setting?.level ?? null) === sso
  );
}

function isBehind(one: SensorCursor, cursor: SensorCursor): boolean {
  return (compareText(one.key, cursor.key) || compareText(one.id, cursor.id)) > 0;
}

// Sorting a large inventory takes longer than everything else here: once for each snapshot.
const orders = new WeakMap<AccessSnapshot, ReadonlyMap<SnapshotSensor, string>>();

/** The sensors of a snapshot in the order of their names, each with the key that it is ordered by. */
function nameKeys(snapshot: AccessSnapshot): ReadonlyMap<SnapshotSensor, string> {
  const known = orders.get(snapshot);
  if (known !== undefined) return known;
  const keyed = [...snapshot.sensors.values()].map((sensor) => ({
    sensor,
    key: comparableName(sensor.name),
  }));
  keyed.sort((a, b) => compareText(a.key, b.key) || compareText(a.sensor.id, b.sensor.id));
  const order = new Map(keyed.map(({ sensor, key }) => [sensor, key]));
  orders.set(snapshot, order);
  return order;
}
