import type { AccessRules } from './access.ts';
import { mappedRole, type GroupSet, type MappedRole } from './group-mapping.ts';
import { highestRole, type Role } from './role.ts';
import { targetKey, type Target } from './target.ts';

/** A site with what is in it, as far as access needs it. */
export interface SiteOutline {
  readonly id: string;
  readonly zones: readonly {
    readonly id: string;
    readonly sensors: readonly { readonly id: string }[];
  }[];
}

export interface SiteAccess {
  /** The highest role anywhere at the site. */
  readonly role: Role;
  /** False when every role is for some of its zones or sensors only. */
  readonly wholeSite: boolean;
  /** The settings that give a role somewhere at the site, and where they do. */
  readonly given: readonly {
    readonly settingId: string;
    readonly target: Target;
    readonly mapped: MappedRole;
  }[];
}

/**
 * What somebody has at a site and why; null where they have no role anywhere in it, and then don't
 * see it (R10). A setting is asked at the targets it holds: there it always wins (R3).
 */
export function siteAccess(
  site: SiteOutline,
  groups: GroupSet,
  portalRole: Role | null,
  rules: Pick<AccessRules, 'mappings' | 'holdings'>,
): SiteAccess | null {
  const targets: Target[] = [
    { kind: 'site', id: site.id },
    ...site.zones.flatMap((zone): Target[] => [
      { kind: 'zone', id: zone.id },
      ...zone.sensors.map((sensor): Target => ({ kind: 'sensor', id: sensor.id })),
    ]),
  ];
  const given = targets.flatMap((target) => {
    const settingId = rules.holdings.get(targetKey(target));
    const mapping = settingId === undefined ? undefined : rules.mappings.get(settingId);
    const mapped = mapping === undefined ? null : mappedRole(mapping, groups);
    return settingId === undefined || mapped === null ? [] : [{ settingId, target, mapped }];
  });
  const role = highestRole([portalRole, ...given.map((one) => one.mapped.role)]);
  if (role === null) return null;
  const wholeSite = portalRole !== null || given.some((one) => one.target.kind === 'site');
  return { role, wholeSite, given };
}
