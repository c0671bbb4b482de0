import { isNull } from 'drizzle-orm';
import type { AccessRules } from '../../domain/access.ts';
import { defaultConsoleRules, type ConsoleRules } from '../../domain/console-rules.ts';
import type { GroupMapping } from '../../domain/group-mapping.ts';
import { identityKey } from '../../domain/portal-user.ts';
import type { Role } from '../../domain/role.ts';
import { defaultSessionPolicy, type SessionPolicy } from '../../domain/session-policy.ts';
import type { Place, Target } from '../../domain/target.ts';
import { targetKey } from '../../domain/target.ts';
import type { Drizzle } from './database.ts';
import { securitySettings } from './gate-schema.ts';
import { portalUsers } from './provider-schema.ts';
import * as schema from './schema.ts';

export interface SnapshotSetting {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly tenantId: string;
  readonly clientId: string;
  readonly permissions: GroupMapping;
  readonly consoleRules: ConsoleRules;
  readonly targets: readonly Target[];
}

export interface SnapshotSite {
  readonly id: string;
  readonly name: string;
  readonly subscriptionName: string;
  readonly zones: SnapshotZone[];
}

export interface SnapshotZone {
  readonly id: string;
  readonly name: string;
  readonly site: SnapshotSite;
  readonly sensors: SnapshotSensor[];
}

export interface SnapshotSensor {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly health: string;
  readonly zone: SnapshotZone;
}

/** A portal user who is linked to a Microsoft identity. */
export interface SnapshotUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** The address that Microsoft told last, where it is another one. */
  readonly changedEmail: string | null;
  readonly role: Role;
  readonly disabled: boolean;
}

/** A portal user who isn't linked yet. */
export interface SnapshotInvitation {
  readonly userId: string;
  /** Milliseconds since 1970; null: revoked. */
  readonly expiresAt: number | null;
}

/**
 * Everything that decides about access, as of one moment: what every request is judged against
 * (R15). Read whole in one transaction, so that no request sees half a change.
 */
export interface AccessSnapshot extends AccessRules {
  /** Rises with every change of access, inventory or providers. */
  readonly revision: string;
  readonly settings: ReadonlyMap<string, SnapshotSetting>;
  readonly sites: ReadonlyMap<string, SnapshotSite>;
  readonly zones: ReadonlyMap<string, SnapshotZone>;
  readonly sensors: ReadonlyMap<string, SnapshotSensor>;
  /** By identityKey. */
  readonly users: ReadonlyMap<string, SnapshotUser>;
  /** By the key of their address (emailKey). */
  readonly invitations: ReadonlyMap<string, SnapshotInvitation>;
  /** Keys of the addresses of users who are linked. */
  readonly linkedAddresses: ReadonlyMap<string, string>;
  /** R19; null: changes ask for nothing. */
  readonly stepUpContext: string | null;
  /** How long sessions last (R15). */
  readonly sessionPolicy: Pick<SessionPolicy, 'idleMinutes' | 'totalMinutes'>;
}

/** Where a target stands; null for one that isn't in the inventory. */
export function placeOf({ kind, id }: Target, snapshot: AccessSnapshot): Place | null {
  if (kind === 'site') return snapshot.sites.has(id) ? { siteId: id } : null;
  if (kind === 'zone') {
    const zone = snapshot.zones.get(id);
    return zone === undefined ? null : { siteId: zone.site.id, zoneId: zone.id };
  }
  const sensor = snapshot.sensors.get(id);
  return sensor === undefined ? null : sensorPlace(sensor);
}

export function sensorPlace(sensor: SnapshotSensor): Required<Place> {
  return { siteId: sensor.zone.site.id, zoneId: sensor.zone.id, sensorId: sensor.id };
}

/** Reads the snapshot in one repeatable-read transaction. */
export async function readAccessSnapshot(db: Drizzle): Promise<AccessSnapshot> {
  return db.transaction(
    async (tx) => {
      const revisions = await tx.select().from(schema.stateRevisions);
      const [access] = await tx.select().from(schema.portalAccess);
      const settingRows = await tx
        .select()
        .from(schema.ssoSettings)
        .where(isNull(schema.ssoSettings.deletedAt));
      const targetRows = await tx.select().from(schema.ssoSettingTargets);
      const siteRows = await tx.select().from(schema.sites);
      const zoneRows = await tx.select().from(schema.zones);
      const sensorRows = await tx
        .select({
          id: schema.sensors.id,
          name: schema.sensors.name,
          version: schema.sensors.version,
          health: schema.sensors.health,
          zoneId: schema.sensors.zoneId,
        })
        .from(schema.sensors);

      const userRows = await tx.select().from(portalUsers);
      const [security] = await tx
        .select({
          stepUpContext: securitySettings.stepUpContext,
          idleMinutes: securitySettings.idleMinutes,
          totalMinutes: securitySettings.totalMinutes,
        })
        .from(securitySettings);
      const sites = new Map<string, SnapshotSite>();
      for (const { id, name, subscriptionName } of siteRows) {
        sites.set(id, { id, name, subscriptionName, zones: [] });
      }
      const zones = new Map<string, SnapshotZone>();
      for (const { id, name, siteId } of zoneRows) {
        const site = sites.get(siteId);
        if (site === undefined) continue;
        const zone: SnapshotZone = { id, name, site, sensors: [] };
        zones.set(id, zone);
        site.zones.push(zone);
      }
      const sensors = new Map<string, SnapshotSensor>();
      for (const { zoneId, ...row } of sensorRows) {
        const zone = zones.get(zoneId);
        if (zone === undefined) continue;
        const sensor: SnapshotSensor = { ...row, zone };
        sensors.set(sensor.id, sensor);
        zone.sensors.push(sensor);
      }

      const targetsBySetting = new Map<string, Target[]>();
      const holdings = new Map<string, string>();
      for (const row of targetRows) {
        const target = targetOfRow(row);
        holdings.set(targetKey(target), row.settingId);
        const list = targetsBySetting.get(row.settingId) ?? [];
        list.push(target);
        targetsBySetting.set(row.settingId, list);
      }
      const settings = new Map<string, SnapshotSetting>();
      for (const row of settingRows) {
        const { id, name, version, tenantId, clientId, permissions } = row;
        const targets = targetsBySetting.get(id) ?? [];
        const consoleRules = row.consoleRules ?? defaultConsoleRules;
        const setting = { id, name, version, tenantId, clientId, permissions };
        settings.set(id, { ...setting, consoleRules, targets });
      }
      return {
        revision: revisions
          .filter((row) => row.name !== 'gates')
          .map((row) => `${row.name}=${row.value}`)
          .sort()
          .join(','),
        portalAccess: access?.permissions ?? { admin: [], securityAnalyst: [], readOnly: [] },
        mappings: new Map([...settings].map(([id, setting]) => [id, setting.permissions])),
        holdings,
        settings,
        sites,
        zones,
        sensors,
        stepUpContext: security?.stepUpContext ?? null,
        sessionPolicy: security ?? defaultSessionPolicy,
        ...peopleOf(userRows),
      };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

function peopleOf(
  rows: readonly (typeof portalUsers.$inferSelect)[],
): Pick<AccessSnapshot, 'users' | 'invitations' | 'linkedAddresses'> {
  const users = new Map<string, SnapshotUser>();
  const invitations = new Map<string, SnapshotInvitation>();
  const linkedAddresses = new Map<string, string>();
  for (const { id, name, email, emailKey, role, disabled, ...row } of rows) {
    const { tenantId, objectId, changedEmail } = row;
    if (tenantId !== null && objectId !== null) {
      const key = identityKey({ tenantId, objectId });
      users.set(key, { id, name, email, changedEmail, role, disabled });
      linkedAddresses.set(emailKey, id);
    } else if (row.invitationExpiresAt !== null && !disabled) {
      const expiresAt = row.invitationRevokedAt === null ? row.invitationExpiresAt.getTime() : null;
      invitations.set(emailKey, { userId: id, expiresAt });
    }
  }
  return { users, invitations, linkedAddresses };
}

/** The target that a row of `sso_setting_targets` names; exactly one of its columns is set. */
export function targetOfRow(row: {
  readonly siteId: string | null;
  readonly zoneId: string | null;
  readonly sensorId: string | null;
}): Target {
  if (row.sensorId !== null) return { kind: 'sensor', id: row.sensorId };
  if (row.zoneId !== null) return { kind: 'zone', id: row.zoneId };
  return { kind: 'site', id: row.siteId ?? '' };
}
