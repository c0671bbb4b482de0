import { effectiveSetting, type Holdings } from '../../domain/effective-setting.ts';
import { supportsSso } from '../../domain/sensor-version.ts';
import { sensorPlace, type AccessSnapshot } from '../storage/access-snapshot.ts';

const counts = new WeakMap<AccessSnapshot, ReadonlyMap<string, number>>();

/** For how many sensors each setting is effective; counted once for each snapshot. */
export function sensorCounts(snapshot: AccessSnapshot): ReadonlyMap<string, number> {
  const known = counts.get(snapshot);
  if (known !== undefined) return known;
  const fresh = new Map<string, number>();
  for (const sensor of snapshot.sensors.values()) {
    const settingId = effectiveSetting(sensorPlace(sensor), snapshot.holdings)?.settingId;
    if (settingId !== undefined) fresh.set(settingId, (fresh.get(settingId) ?? 0) + 1);
  }
  counts.set(snapshot, fresh);
  return fresh;
}

/** The sensors that a setting would be effective for under other holdings, and those too old for SSO. */
export function sensorsUnder(settingId: string, holdings: Holdings, snapshot: AccessSnapshot) {
  const reached = [...snapshot.sensors.values()].filter(
    (sensor) => effectiveSetting(sensorPlace(sensor), holdings)?.settingId === settingId,
  );
  return {
    sensors: reached.length,
    sensorsUnsupported: reached.filter((sensor) => supportsSso(sensor.version) !== true).length,
  };
}
