import type { Me } from '../../contract/me.ts';
import { allowedSomewhere, permissionNames } from '../../domain/permissions.ts';
import { latestEnd } from '../../domain/session-policy.ts';
import type { SiteAccess } from '../../domain/site-access.ts';
import type { Target } from '../../domain/target.ts';
import { siteAccessOf, type Asker } from '../http/asker.ts';
import { heldAsker } from '../http/asker-cache.ts';
import { rememberSerialised } from '../http/serialised.ts';
import type { AccessSnapshot, SnapshotSite } from '../storage/access-snapshot.ts';

const answers = new WeakMap<Asker, Me>();

/** Who one is, what one may do, and why. Made once for each asker: until something changes. */
export function meOf(asker: Asker): Me {
  const known = answers.get(asker);
  if (known !== undefined) return known;
  const answer = rememberSerialised(describe(asker));
  answers.set(asker, answer);
  return answer;
}

function describe(asker: Asker): Me {
  const { principal, snapshot, portalRole, portalRoleThrough, portalUser } = asker;
  const { highestTargetRole } = heldAsker(principal, snapshot);
  const held = { portalRole, highestTargetRole };
  const entra = principal.kind === 'entra' ? principal : null;
  return {
    kind: principal.kind,
    name: principal.name,
    userPrincipalName: entra?.userPrincipalName ?? null,
    tenantId: entra?.tenantId ?? null,
    objectId: entra?.objectId ?? null,
    guest: entra?.guest ?? false,
    groupsFrom: entra?.groupsFrom ?? 'none',
    portalRole,
    portalRoleThrough:
      portalRoleThrough === null
        ? null
        : { role: portalRoleThrough.role, through: [...portalRoleThrough.through] },
    portalUser:
      portalUser === null
        ? null
        : { id: portalUser.id, email: portalUser.email, role: portalUser.role },
    via: entra?.via ?? 'recovery',
    providerId: entra?.providerId ?? null,
    sites: [...snapshot.sites.values()]
      .flatMap((site) => {
        const access = siteAccessOf(asker, site);
        return access === null ? [] : [siteRole(site, access, snapshot)];
      })
      .sort((one, other) => one.siteName.localeCompare(other.siteName, 'en')),
    permissions: permissionNames.filter((permission) => allowedSomewhere(held, permission)),
    sessionEndsAt: sessionEnd(asker)?.toISOString() ?? null,
    sessionIdleMinutes: entra?.via === 'web' ? snapshot.sessionPolicy.idleMinutes : null,
  };
}

function sessionEnd({ principal, snapshot }: Asker): Date | null {
  if (principal.kind === 'recovery') return principal.sessionEndsAt;
  const { sessionOpenedAt } = principal;
  if (sessionOpenedAt === null) return null;
  return new Date(latestEnd(sessionOpenedAt, snapshot.sessionPolicy));
}

function siteRole(
  site: SnapshotSite,
  { role, wholeSite, given }: SiteAccess,
  snapshot: AccessSnapshot,
): Me['sites'][number] {
  return {
    siteId: site.id,
    siteName: site.name,
    role,
    wholeSite,
    settings: given.map(({ settingId, target, mapped }) => ({
      role: mapped.role,
      settingId,
      settingName: snapshot.settings.get(settingId)?.name ?? '',
      level: target.kind,
      targetId: target.id,
      targetName: nameOf(target, snapshot),
      through: [...mapped.through],
    })),
  };
}

function nameOf({ kind, id }: Target, snapshot: AccessSnapshot): string {
  const places = { site: snapshot.sites, zone: snapshot.zones, sensor: snapshot.sensors }[kind];
  return places.get(id)?.name ?? '';
}
