import { mappedRole, type MappedRole } from '../../domain/group-mapping.ts';
import { roleAt } from '../../domain/access.ts';
import { siteAccess, type SiteAccess } from '../../domain/site-access.ts';
import { roleAllows, permissions, type Permission } from '../../domain/permissions.ts';
import { highestRole, type Role } from '../../domain/role.ts';
import type { Place, Target } from '../../domain/target.ts';
import {
  placeOf,
  type AccessSnapshot,
  type SnapshotSite,
  type SnapshotUser,
} from '../storage/access-snapshot.ts';
import { forbidden, notFound } from '../../server/problem-error.ts';
import type { Principal } from './principal.ts';

/** A principal against what is in force now: the one thing that guards and handlers ask about roles. */
export interface Asker {
  readonly principal: Principal;
  readonly snapshot: AccessSnapshot;
  readonly portalRole: Role | null;
  /** What portal access gives by groups. */
  readonly portalRoleThrough: MappedRole | null;
  /** The portal user who is linked to the principal. */
  readonly portalUser: SnapshotUser | null;
  /** Null: no role there. A place that isn't in the inventory has none. */
  roleAt(place: Place): Role | null;
  allows(permission: Permission, place: Place): boolean;
}

export function createAsker(principal: Principal, snapshot: AccessSnapshot): Asker {
  const portal =
    principal.kind === 'entra' ? mappedRole(snapshot.portalAccess, principal.groups) : null;
  const portalUser =
    principal.kind === 'entra'
      ? (snapshot.users.get(`${principal.tenantId}/${principal.objectId}`) ?? null)
      : null;
  const userRole = portalUser?.disabled === false ? portalUser.role : null;
  const portalRole: Role | null =
    principal.kind === 'recovery' ? 'admin' : highestRole([portal?.role ?? null, userRole]);

  function role(place: Place): Role | null {
    return principal.kind === 'recovery'
      ? 'admin'
      : highestRole([roleAt(place, principal.groups, snapshot).role, userRole]);
  }

  return {
    principal,
    snapshot,
    portalRole,
    portalRoleThrough: portal,
    portalUser,
    roleAt: role,
    allows: (permission, place) =>
      roleAllows(permissions[permission].scope === 'portal' ? portalRole : role(place), permission),
  };
}

/** 404 for a target that the asker can't see, 403 where they see it but may not do this. */
export function requireAt(asker: Asker, permission: Permission, target: Target): Place {
  const place = placeOf(target, asker.snapshot);
  if (place === null || asker.roleAt(place) === null) throw notFound(target.kind);
  if (!asker.allows(permission, place)) {
    throw forbidden(`Your role there doesn't allow this: ${permissions[permission].label}.`, {
      permission,
      target,
    });
  }
  return place;
}

/**
 * The highest role that settings give the asker anywhere: for guards with the scope `target`.
 * At its own target a setting always wins (R3), so it is enough to ask each that holds one.
 */
export function highestTargetRole({ principal, snapshot }: Asker): Role | null {
  if (principal.kind === 'recovery') return null;
  const given = [...snapshot.settings.values()]
    .filter((setting) => setting.targets.length > 0)
    .map((setting) => mappedRole(setting.permissions, principal.groups)?.role ?? null);
  return highestRole(given);
}

/** What the asker has at a site: null where they have no role anywhere in it. */
export function siteAccessOf(asker: Asker, site: SnapshotSite): SiteAccess | null {
  const { principal, snapshot, portalRole } = asker;
  const groups = principal.kind === 'recovery' ? new Set<string>() : principal.groups;
  return siteAccess(site, groups, portalRole, snapshot);
}
