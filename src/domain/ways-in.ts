import type { GroupMapping, GroupReference } from './group-mapping.ts';
import type { ProviderType } from './provider.ts';
import type { Role } from './role.ts';

/** An active provider, as far as it matters who can come in by it. */
export interface ServingProvider {
  readonly id: string;
  readonly type: ProviderType;
  /** Pinned by its verification. */
  readonly tenantId: string | null;
  /** Of a web application: do groups give roles by it? Those of a single-page application always do. */
  readonly usesGroups: boolean;
}

/** A portal user, as far as it matters whether they can come in as Admin. */
export interface ComingUser {
  readonly role: Role;
  readonly disabled: boolean;
  /** Of the identity that is linked; null: invited only. */
  readonly tenantId: string | null;
}

/** Who can come in as Admin by a provider. */
export interface AdminWay<U extends ComingUser = ComingUser> {
  readonly providerId: string;
  readonly adminGroups: readonly GroupReference[];
  readonly adminUsers: readonly U[];
}

/**
 * R9: the ways into the portal as Admin, a provider each; none of them where nobody could come in
 * by it. Invitations aren't ways: nobody has come by them yet.
 */
export function adminWays<U extends ComingUser>(
  providers: readonly ServingProvider[],
  portalAccess: GroupMapping,
  users: readonly U[],
): AdminWay<U>[] {
  const admins = users.filter(({ role, disabled }) => role === 'admin' && !disabled);
  return providers.flatMap(({ id, type, tenantId, usesGroups }): AdminWay<U>[] => {
    const adminGroups = type === 'spa' || usesGroups ? portalAccess.admin : [];
    const adminUsers = admins.filter(
      (user) => user.tenantId !== null && user.tenantId === tenantId,
    );
    return adminGroups.length + adminUsers.length === 0
      ? []
      : [{ providerId: id, adminGroups, adminUsers }];
  });
}

/**
 * Does a change take the last way in? Where there was none before, as at the first start, nothing is
 * lost by it.
 */
export function losesLastWay(before: readonly AdminWay[], after: readonly AdminWay[]): boolean {
  return before.length > 0 && after.length === 0;
}
