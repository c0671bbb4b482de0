/** What a person may be at a place, highest first: R1 of the design takes the highest. */
export const roles = ['admin', 'securityAnalyst', 'readOnly'] as const;

export type Role = (typeof roles)[number];

/** The labels of the source system's Permissions management. */
export const roleLabels: Readonly<Record<Role, string>> = {
  admin: 'Admin',
  securityAnalyst: 'Security analyst',
  readOnly: 'Read only',
};

/** True when `role` is `needed` or higher; no role is never enough. */
export function atLeast(role: Role | null, needed: Role): boolean {
  return role !== null && roles.indexOf(role) <= roles.indexOf(needed);
}

/** The highest of several roles (R1), or null of none. */
export function highestRole(candidates: Iterable<Role | null>): Role | null {
  let highest: Role | null = null;
  for (const role of candidates) {
    if (role !== null && !atLeast(highest, role)) highest = role;
  }
  return highest;
}
