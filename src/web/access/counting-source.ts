import { atLeast, type Role } from '../../domain/role.ts';

/** Which of the two gives the portal role (R1); null where there is nothing to compare. */
export function countingSource(
  byGroups: Role | null,
  byUser: Role,
): 'groups' | 'user' | 'both' | null {
  if (byGroups === null) return null;
  if (byGroups === byUser) return 'both';
  return atLeast(byGroups, byUser) ? 'groups' : 'user';
}
