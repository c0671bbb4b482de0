import type { SiteDetail, SiteSummary } from '../../contract/inventory.ts';
import type { NamedTarget } from '../../contract/target.ts';
import { targetKey, type Target } from '../../domain/target.ts';

type SiteRow = Pick<SiteSummary, 'id' | 'name'>;
type ZoneRow = SiteDetail['zoneList'][number];
type SensorRow = ZoneRow['sensors'][number];

export function siteTarget(site: SiteRow): NamedTarget {
  return {
    kind: 'site',
    id: site.id,
    name: site.name,
    siteId: site.id,
    siteName: site.name,
    zoneName: null,
  };
}

export function zoneTarget(site: SiteRow, zone: Pick<ZoneRow, 'id' | 'name'>): NamedTarget {
  return { ...siteTarget(site), kind: 'zone', id: zone.id, name: zone.name, zoneName: zone.name };
}

export function sensorTarget(
  site: SiteRow,
  zone: Pick<ZoneRow, 'id' | 'name'>,
  sensor: Pick<SensorRow, 'id' | 'name'>,
): NamedTarget {
  return { ...zoneTarget(site, zone), kind: 'sensor', id: sensor.id, name: sensor.name };
}

/** The targets with one chosen or left out. Each level is chosen by itself: a setting may hold a site and a zone of it. */
export function withTarget(
  targets: readonly NamedTarget[],
  target: NamedTarget,
  chosen: boolean,
): NamedTarget[] {
  const key = targetKey(target);
  const others = targets.filter((one) => targetKey(one) !== key);
  return chosen ? [...others, target] : others;
}

export function isChosen(targets: readonly Target[], target: Target): boolean {
  const key = targetKey(target);
  return targets.some((one) => targetKey(one) === key);
}

/** True when the choice has more than whole sites in it. */
export function hasSpecific(targets: readonly Target[]): boolean {
  return targets.some((target) => target.kind !== 'site');
}

/**
 * What each row of the tree shows: checked when it is chosen, mixed when only something below is.
 * `details` are the sites whose zones and sensors are known so far.
 */
export function treeMarks(
  targets: readonly NamedTarget[],
  details: readonly SiteDetail[],
): Map<string, boolean | 'mixed'> {
  const marks = new Map<string, boolean | 'mixed'>();
  for (const target of targets) {
    if (target.kind !== 'site') marks.set(targetKey({ kind: 'site', id: target.siteId }), 'mixed');
  }
  for (const zone of details.flatMap((site) => site.zoneList)) {
    if (zone.sensors.some((sensor) => isChosen(targets, { kind: 'sensor', id: sensor.id }))) {
      marks.set(targetKey({ kind: 'zone', id: zone.id }), 'mixed');
    }
  }
  for (const target of targets) marks.set(targetKey(target), true);
  return marks;
}

/** Chosen targets of sites that aren't among these: those of another subscription. */
export function targetsOutside(
  targets: readonly NamedTarget[],
  sites: readonly SiteRow[],
): NamedTarget[] {
  const ids = new Set(sites.map((site) => site.id));
  return targets.filter((target) => !ids.has(target.siteId));
}

/** What stands above a zone or a sensor; `zone` with the setting that it holds. */
interface Above {
  readonly siteId: string;
  readonly zone?: Pick<ZoneRow, 'id' | 'heldBy'>;
}

/**
 * The chosen level that a zone or a sensor would inherit from, the nearest first; null: none. A
 * zone that keeps another setting stands between its sensors and a chosen site (R3).
 */
export function inheritsFrom(
  targets: readonly Target[],
  { siteId, zone }: Above,
  settingId: string | null,
): 'zone' | 'site' | null {
  if (zone !== undefined) {
    if (isChosen(targets, { kind: 'zone', id: zone.id })) return 'zone';
    if (zone.heldBy !== null && zone.heldBy.settingId !== settingId) return null;
  }
  return isChosen(targets, { kind: 'site', id: siteId }) ? 'site' : null;
}
