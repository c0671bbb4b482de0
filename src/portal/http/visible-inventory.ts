import type { SnapshotSensor, SnapshotZone } from '../storage/access-snapshot.ts';
import { sensorPlace } from '../storage/access-snapshot.ts';
import type { Asker } from './asker.ts';

/** Of these sensors, those where the asker has a role: all that they see (R10). */
export function visibleSensors(
  asker: Asker,
  sensors: Iterable<SnapshotSensor> = asker.snapshot.sensors.values(),
): SnapshotSensor[] {
  const all = [...sensors];
  if (asker.portalRole !== null) return all;
  return all.filter((sensor) => asker.roleAt(sensorPlace(sensor)) !== null);
}

/** A zone is seen by those who have a role there, or at a sensor in it. */
export function seesZone(asker: Asker, zone: SnapshotZone): boolean {
  if (asker.roleAt({ siteId: zone.site.id, zoneId: zone.id }) !== null) return true;
  return zone.sensors.some((sensor) => asker.roleAt(sensorPlace(sensor)) !== null);
}
