/** Levels that a setting can apply at, most specific first (R3). */
export const targetKinds = ['sensor', 'zone', 'site'] as const;

export type TargetKind = (typeof targetKinds)[number];

/** A site, a zone or a sensor. */
export interface Target {
  readonly kind: TargetKind;
  readonly id: string;
}

/** One string for each target, to key maps and sets with. */
export function targetKey(target: Target): string {
  return `${target.kind}:${target.id.toLowerCase()}`;
}

export function sameTarget(a: Target, b: Target): boolean {
  return targetKey(a) === targetKey(b);
}

/** Where a target stands: its site, and as far as it has them its zone and itself. */
export interface Place {
  readonly siteId: string;
  readonly zoneId?: string;
  readonly sensorId?: string;
}

/** The targets whose setting can reach a place, most specific first. */
export function targetsReaching(place: Place): Target[] {
  const targets: Target[] = [];
  if (place.sensorId !== undefined) targets.push({ kind: 'sensor', id: place.sensorId });
  if (place.zoneId !== undefined) targets.push({ kind: 'zone', id: place.zoneId });
  targets.push({ kind: 'site', id: place.siteId });
  return targets;
}
