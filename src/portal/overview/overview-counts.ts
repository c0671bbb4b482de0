import type { Overview } from '../../contract/overview.ts';
import { effectiveSetting } from '../../domain/effective-setting.ts';
import { roleAllows } from '../../domain/permissions.ts';
import { supportsSso } from '../../domain/sensor-version.ts';
import { ssoCoverage } from '../../domain/sso-coverage.ts';
import { siteAccessOf, type Asker } from '../http/asker.ts';
import { seesZone, visibleSensors } from '../http/visible-inventory.ts';
import { placeOf, sensorPlace, type AccessSnapshot } from '../storage/access-snapshot.ts';

export type OverviewCounts = Pick<
  Overview,
  'sites' | 'zones' | 'sensors' | 'sensorsByHealth' | 'sso'
>;

const whole = new WeakMap<AccessSnapshot, OverviewCounts>();

/** Counts of what the asker sees. Portal roles all see the same: counted once for each snapshot. */
export function overviewCounts(asker: Asker): OverviewCounts {
  if (asker.portalRole === null) return count(asker);
  const known = whole.get(asker.snapshot);
  if (known !== undefined) return known;
  const fresh = count(asker);
  whole.set(asker.snapshot, fresh);
  return fresh;
}

function count(asker: Asker): OverviewCounts {
  const { snapshot } = asker;
  const sensors = visibleSensors(asker);
  const byHealth = new Map<string, number>();
  const sso = { on: 0, off: 0, unsupported: 0 };
  for (const sensor of sensors) {
    byHealth.set(sensor.health, (byHealth.get(sensor.health) ?? 0) + 1);
    const level = effectiveSetting(sensorPlace(sensor), snapshot.holdings)?.level ?? null;
    sso[ssoCoverage(supportsSso(sensor.version), level)] += 1;
  }
  return {
    sites: [...snapshot.sites.values()].filter((site) => siteAccessOf(asker, site) !== null).length,
    zones: [...snapshot.zones.values()].filter((zone) => seesZone(asker, zone)).length,
    sensors: sensors.length,
    sensorsByHealth: [...byHealth]
      .map(([health, of]) => ({ health, sensors: of }))
      .sort((a, b) => b.sensors - a.sensors || (a.health < b.health ? -1 : 1)),
    sso,
  };
}

/** How many SSO settings the asker may see; null for somebody who may see none anywhere. */
export function visibleSettings(asker: Asker, maySeeAny: boolean): number | null {
  if (!maySeeAny) return null;
  const { settings } = asker.snapshot;
  if (roleAllows(asker.portalRole, 'ssoSetting.view')) return settings.size;
  // A setting gives the same role at each of its targets: one of them tells.
  return [...settings.values()].filter(({ targets: [target] }) => {
    const place = target === undefined ? null : placeOf(target, asker.snapshot);
    return place !== null && asker.allows('ssoSetting.view', place);
  }).length;
}
