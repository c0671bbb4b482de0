import type { GroupMapping } from '../../domain/group-mapping.ts';
import { roles } from '../../domain/role.ts';

/** Names of the groups that a mapping names for more than one role, in the order they appear. */
export function groupsInSeveralRoles(mapping: GroupMapping): string[] {
  const seen = new Map<string, { readonly name: string; count: number }>();
  for (const group of roles.flatMap((role) => mapping[role])) {
    const id = group.id.toLowerCase();
    const known = seen.get(id);
    if (known === undefined) seen.set(id, { name: group.displayName ?? id, count: 1 });
    else known.count += 1;
  }
  return [...seen.values()].filter((group) => group.count > 1).map((group) => group.name);
}
