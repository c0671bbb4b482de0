import type { PortalUser } from '../../contract/users.ts';
import { roleLabels } from '../../domain/role.ts';
import { comparableName } from '../../domain/unsafe-text.ts';
import { standingOf, standings, type Standing } from './user-words.ts';

export interface UserFilter {
  readonly search: string;
  /** Null: all of them. */
  readonly standing: Standing | null;
}

/** The filter that an address asks for. */
export function userFilterFrom(address: URLSearchParams): UserFilter {
  const status = address.get('status');
  return {
    search: address.get('search') ?? '',
    standing: standings.find((one) => one === status) ?? null,
  };
}

/** Users of this standing whose name, addresses, id or role has the text in it. */
export function matchingUsers(
  users: readonly PortalUser[],
  { search, standing }: UserFilter,
): PortalUser[] {
  const wanted = comparableName(search);
  return users.filter(
    (user) =>
      (standing === null || standingOf(user) === standing) &&
      [
        user.name,
        user.email,
        user.linked?.changedEmail ?? '',
        user.linked?.objectId ?? '',
        user.id,
        roleLabels[user.role],
      ].some((text) => comparableName(text).includes(wanted)),
  );
}
