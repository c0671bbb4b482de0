import { roles, type Role } from './role.ts';

/** A group of Entra ID: its object id decides, its name is only shown. */
export interface GroupReference {
  readonly id: string;
  readonly displayName: string | null;
}

/** Which groups give which role. Always replaced whole, never merged (R3). */
export type GroupMapping = Readonly<Record<Role, readonly GroupReference[]>>;

/** Object ids, lower-cased: ids are compared without regard to case (R1). */
export type GroupSet = ReadonlySet<string>;

export function groupSet(objectIds: Iterable<string>): GroupSet {
  const set = new Set<string>();
  for (const id of objectIds) set.add(id.toLowerCase());
  return set;
}

export interface MappedRole {
  readonly role: Role;
  /** The groups of that role which the person is in: why they have it. */
  readonly through: readonly GroupReference[];
}

/** The highest role that a mapping gives to somebody in these groups (R1), or null: there is no default role (R2). */
export function mappedRole(mapping: GroupMapping, groups: GroupSet): MappedRole | null {
  for (const role of roles) {
    const through = mapping[role].filter((group) => groups.has(group.id.toLowerCase()));
    if (through.length > 0) return { role, through };
  }
  return null;
}

/** Every group that a mapping names, lower-cased, each once. */
export function mappedGroupIds(mapping: GroupMapping): GroupSet {
  return groupSet(roles.flatMap((role) => mapping[role].map((group) => group.id)));
}

export const emptyMapping: GroupMapping = { admin: [], securityAnalyst: [], readOnly: [] };
