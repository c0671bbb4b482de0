import type { NamedTarget } from '../../contract/target.ts';
import { targetKinds, type Target } from '../../domain/target.ts';
import type { AccessSnapshot, SnapshotSite } from '../storage/access-snapshot.ts';

/** A target with its name and where it stands; nothing for one that isn't in the inventory. */
export function namedTarget(target: Target, snapshot: AccessSnapshot): NamedTarget[] {
  if (target.kind === 'site') {
    const site = snapshot.sites.get(target.id);
    return site === undefined ? [] : [named(target, site.name, site, null)];
  }
  if (target.kind === 'zone') {
    const zone = snapshot.zones.get(target.id);
    return zone === undefined ? [] : [named(target, zone.name, zone.site, zone.name)];
  }
  const sensor = snapshot.sensors.get(target.id);
  if (sensor === undefined) return [];
  return [named(target, sensor.name, sensor.zone.site, sensor.zone.name)];
}

/** Targets with their names, in an order that stays: by site, the site itself first. */
export function namedTargets(targets: readonly Target[], snapshot: AccessSnapshot): NamedTarget[] {
  return targets.flatMap((target) => namedTarget(target, snapshot)).sort(byPlace);
}

export function byPlace(a: NamedTarget, b: NamedTarget): number {
  return (
    a.siteName.localeCompare(b.siteName, 'en') ||
    targetKinds.indexOf(b.kind) - targetKinds.indexOf(a.kind) ||
    (a.zoneName ?? '').localeCompare(b.zoneName ?? '', 'en') ||
    a.name.localeCompare(b.name, 'en', { numeric: true }) ||
    (a.id < b.id ? -1 : 1)
  );
}

function named(
  { kind, id }: Target,
  name: string,
  site: SnapshotSite,
  zoneName: string | null,
): NamedTarget {
  return { kind, id, name, siteId: site.id, siteName: site.name, zoneName };
}
