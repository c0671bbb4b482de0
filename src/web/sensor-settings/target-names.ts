import type { NamedTarget } from '../../contract/target.ts';
import type { TargetKind } from '../../domain/target.ts';

export const targetKindLabels: Readonly<Record<TargetKind, string>> = {
  site: 'Site',
  zone: 'Zone',
  sensor: 'Sensor',
};

type Named = Pick<NamedTarget, 'kind' | 'name' | 'siteName' | 'zoneName'>;

/** Where a target stands: "Oslo › Packing › Line 4". */
export function targetPath(target: Named): string {
  const above = {
    site: [],
    zone: [target.siteName],
    sensor: [target.siteName, target.zoneName ?? ''],
  }[target.kind];
  return [...above.filter((name) => name !== ''), target.name].join(' › ');
}

/** "Site Oslo", "Zone Oslo › Packing". */
export function targetTitle(target: Named): string {
  return `${targetKindLabels[target.kind]} ${targetPath(target)}`;
}

/** A setting's scope in one line: "2 sites, 1 zone, 3 sensors". */
export function scopeSummary(targets: readonly { readonly kind: TargetKind }[]): string {
  const parts = (['site', 'zone', 'sensor'] as const).flatMap((kind) => {
    const count = targets.filter((target) => target.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}${count === 1 ? '' : 's'}`];
  });
  return parts.length === 0 ? 'Nothing' : parts.join(', ');
}
