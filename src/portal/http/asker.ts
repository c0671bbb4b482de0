import { mappedRole, type GroupSet, type MappedRole } from '../../domain/group-mapping.ts';
import { roleAt } from '../../domain/access.ts';
import { higherRole, identityKey } from '../../domain/portal-user.ts';
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

/** Who asks for a change, and from where. */
export interface By {
  readonly asker: Asker;
  readonly address: string;
}

export function createAsker(principal: Principal, snapshot: AccessSnapshot): Asker {
  const portalUser =
    principal.kind === 'entra' ? (snapshot.users.get(identityKey(principal)) ?? null) : null;
  const groups = countedGroups(principal, portalUser);
  const portal = mappedRole(snapshot.portalAccess, groups);
  const userRole = portalUser?.disabled === false ? portalUser.role : null;
  const portalRole: Role | null =
    principal.kind === 'recovery'
      ? 'admin'
      : (higherRole(portal?.role ?? null, userRole)?.role ?? null);

  function role(place: Place): Role | null {
    return principal.kind === 'recovery'
      ? 'admin'
      : highestRole([roleAt(place, groups, snapshot).role, userRole]);
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

/** Whom an administrator has disabled has no role, whatever their groups. */
function countedGroups(principal: Principal, portalUser: SnapshotUser | null): GroupSet {
  const barred = principal.kind === 'recovery' || portalUser?.disabled === true;
  return barred ? noGroups : principal.groups;
}

const noGroups: GroupSet = new Set();

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
export function highestTargetRole({ principal, snapshot, portalUser }: Asker): Role | null {
  const groups = countedGroups(principal, portalUser);
  const given = [...snapshot.settings.values()]
    .filter((setting) => setting.targets.length > 0)
    .map((setting) => mappedRole(setting.permissions, groups)?.role ?? null);
  return highestRole(given);
}

/** What the asker has at a site: null where they have no role anywhere in it. */
export function siteAccessOf(asker: Asker, site: SnapshotSite): SiteAccess | null {
  const { principal, snapshot, portalRole, portalUser } = asker;
  return siteAccess(site, countedGroups(principal, portalUser), portalRole, snapshot);
}
