import { effectiveSetting, type EffectiveSetting, type Holdings } from './effective-setting.ts';
import { mappedRole, type GroupMapping, type GroupSet, type MappedRole } from './group-mapping.ts';
import { highestRole, type Role } from './role.ts';
import type { Place } from './target.ts';

/** What decides about access: portal access, settings, and which targets they hold. */
export interface AccessRules {
  readonly portalAccess: GroupMapping;
  readonly mappings: ReadonlyMap<string, GroupMapping>;
  readonly holdings: Holdings;
}

export interface RoleAtPlace {
  /** The higher of the portal role and what the effective setting gives; null: no access there. */
  readonly role: Role | null;
  readonly portal: MappedRole | null;
  /** What the effective setting gives by itself: all that counts at a gate. */
  readonly setting: MappedRole | null;
  readonly effective: EffectiveSetting | null;
}

/** What the effective setting of a place gives to somebody in these groups. */
export function settingRoleAt(
  place: Place,
  groups: GroupSet,
  rules: Pick<AccessRules, 'mappings' | 'holdings'>,
): { readonly effective: EffectiveSetting | null; readonly setting: MappedRole | null } {
  const effective = effectiveSetting(place, rules.holdings);
  const mapping = effective === null ? undefined : rules.mappings.get(effective.settingId);
  return { effective, setting: mapping === undefined ? null : mappedRole(mapping, groups) };
}

/** The role at a target, as the portal counts it: the higher of the portal role and the setting's. */
export function roleAt(place: Place, groups: GroupSet, rules: AccessRules): RoleAtPlace {
  const portal = mappedRole(rules.portalAccess, groups);
  const { effective, setting } = settingRoleAt(place, groups, rules);
  return {
    role: highestRole([portal?.role ?? null, setting?.role ?? null]),
    portal,
    setting,
    effective,
  };
}
