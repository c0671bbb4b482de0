import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { ConsoleRules } from '../../domain/console-rules.ts';
import type { GroupMapping } from '../../domain/group-mapping.ts';
import type { Role } from '../../domain/role.ts';
import type { Target } from '../../domain/target.ts';
import { time } from './columns.ts';

/** Who did something, as kept with what they did. */
export interface StoredActor {
  readonly kind: 'entra' | 'recovery' | 'system' | 'gate';
  readonly name: string;
  readonly tenantId: string | null;
  readonly objectId: string | null;
}

/** Where nobody did it: Gatehouse itself, or a command on its host. */
export const systemActor: StoredActor = {
  kind: 'system',
  name: 'Gatehouse',
  tenantId: null,
  objectId: null,
};

/** What instances compare to learn that their caches are stale, and what R7 compares for singletons. */
export const stateRevisions = pgTable('state_revisions', {
  name: text().primaryKey().$type<'access' | 'inventory' | 'provider' | 'gates'>(),
  value: bigint({ mode: 'number' }).notNull(),
});

export const sites = pgTable(
  'sites',
  {
    id: uuid().primaryKey().defaultRandom(),
    subscriptionName: text('subscription_name').notNull(),
    subscriptionKey: text('subscription_key').notNull(),
    name: text().notNull(),
    nameKey: text('name_key').notNull(),
    createdAt: time('created_at').notNull().defaultNow(),
  },
  (table) => [unique('sites_name').on(table.subscriptionKey, table.nameKey)],
);

export const zones = pgTable(
  'zones',
  {
    id: uuid().primaryKey().defaultRandom(),
    siteId: uuid('site_id')
      .notNull()
      .references(() => sites.id),
    name: text().notNull(),
    nameKey: text('name_key').notNull(),
    createdAt: time('created_at').notNull().defaultNow(),
  },
  (table) => [unique('zones_name').on(table.siteId, table.nameKey)],
);

export const sensors = pgTable(
  'sensors',
  {
    id: uuid().primaryKey().defaultRandom(),
    siteId: uuid('site_id')
      .notNull()
      .references(() => sites.id),
    zoneId: uuid('zone_id')
      .notNull()
      .references(() => zones.id),
    subscriptionKey: text('subscription_key').notNull(),
    name: text().notNull(),
    nameKey: text('name_key').notNull(),
    type: text().notNull(),
    version: text().notNull(),
    health: text().notNull(),
    lastConnectedAt: time('last_connected_at'),
    threatIntelligenceVersion: text('threat_intelligence_version').notNull(),
    threatIntelligenceMode: text('threat_intelligence_mode').notNull(),
    threatIntelligenceStatus: text('threat_intelligence_status').notNull(),
    createdAt: time('created_at').notNull().defaultNow(),
    changedAt: time('changed_at').notNull().defaultNow(),
  },
  (table) => [
    unique('sensors_name').on(table.subscriptionKey, table.nameKey),
    index('sensors_site').on(table.siteId),
    index('sensors_zone').on(table.zoneId),
  ],
);

/** The current state of a setting; how it came about stands in its versions. */
export const ssoSettings = pgTable(
  'sso_settings',
  {
    id: uuid().primaryKey().defaultRandom(),
    version: integer().notNull(),
    subscriptionName: text('subscription_name').notNull(),
    name: text().notNull(),
    nameKey: text('name_key').notNull(),
    description: text().notNull(),
    tenantId: uuid('tenant_id').notNull(),
    clientId: uuid('client_id').notNull(),
    permissions: jsonb().notNull().$type<GroupMapping>(),
    /** Null: the default rules. */
    consoleRules: jsonb('console_rules').$type<ConsoleRules>(),
    createdAt: time('created_at').notNull().defaultNow(),
    changedAt: time('changed_at').notNull().defaultNow(),
    changedBy: jsonb('changed_by').notNull().$type<StoredActor>(),
    deletedAt: time('deleted_at'),
  },
  (table) => [
    uniqueIndex('sso_settings_name')
      .on(table.nameKey)
      .where(sql`deleted_at is null`),
  ],
);

/** A setting as it was from a version on. */
export interface StoredSettingDocument {
  readonly subscriptionName: string;
  readonly name: string;
  readonly description: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly permissions: GroupMapping;
  /** Absent in versions from before there were any: the default rules. */
  readonly consoleRules?: ConsoleRules | null;
  readonly targets: readonly Target[];
}

/** Immutable (R8): rows are only ever added, and a trigger sees to it. */
export const ssoSettingVersions = pgTable(
  'sso_setting_versions',
  {
    settingId: uuid('setting_id')
      .notNull()
      .references(() => ssoSettings.id),
    version: integer().notNull(),
    at: time('at').notNull().defaultNow(),
    by: jsonb().notNull().$type<StoredActor>(),
    reason: text().notNull(),
    change: text().notNull().$type<'created' | 'changed' | 'targetsTaken' | 'deleted'>(),
    document: jsonb().notNull().$type<StoredSettingDocument>(),
  },
  (table) => [primaryKey({ columns: [table.settingId, table.version] })],
);

/** Which setting holds which target; the unique columns are R4 itself. */
export const ssoSettingTargets = pgTable(
  'sso_setting_targets',
  {
    settingId: uuid('setting_id')
      .notNull()
      .references(() => ssoSettings.id),
    siteId: uuid('site_id')
      .unique('sso_setting_targets_site')
      .references(() => sites.id),
    zoneId: uuid('zone_id')
      .unique('sso_setting_targets_zone')
      .references(() => zones.id),
    sensorId: uuid('sensor_id')
      .unique('sso_setting_targets_sensor')
      .references(() => sensors.id),
  },
  (table) => [
    check('sso_setting_targets_one', sql`num_nonnulls(site_id, zone_id, sensor_id) = 1`),
    index('sso_setting_targets_setting').on(table.settingId),
  ],
);

/** One row: which groups have which role in the portal. */
export const portalAccess = pgTable(
  'portal_access',
  {
    id: integer().primaryKey().default(1),
    permissions: jsonb().notNull().$type<GroupMapping>(),
    revision: integer().notNull(),
    changedAt: time('changed_at').notNull().defaultNow(),
    changedBy: jsonb('changed_by').notNull().$type<StoredActor>(),
  },
  () => [check('portal_access_one', sql`id = 1`)],
);

/** Group lists completed through Graph (R11), until they expire. */
export const groupEvidence = pgTable(
  'group_evidence',
  {
    tenantId: uuid('tenant_id').notNull(),
    objectId: uuid('object_id').notNull(),
    groups: jsonb().notNull().$type<readonly string[]>(),
    expiresAt: time('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.objectId] })],
);

export const signIns = pgTable(
  'sign_ins',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    at: time('at').notNull().defaultNow(),
    tenantId: uuid('tenant_id'),
    objectId: uuid('object_id'),
    name: text().notNull(),
    kind: text().notNull().$type<StoredActor['kind']>(),
    /** Hash of what tells one sign-in from the next, so that a reload isn't a second one. */
    signInKey: text('sign_in_key').notNull(),
    address: text(),
    outcome: text().notNull().$type<'succeeded' | 'refused'>(),
    code: text(),
    portalRole: text('portal_role').$type<Role>(),
    /** Where it was: null at the portal itself. */
    sensorId: uuid('sensor_id').references(() => sensors.id),
    sensorRole: text('sensor_role').$type<Role>(),
    /** The provider that they came in by, as it was called then: null at gates, and in recovery. */
    providerId: text('provider_id'),
    providerName: text('provider_name'),
  },
  // By an expression: NULLS NOT DISTINCT needs PostgreSQL 15.
  (table) => [
    uniqueIndex('sign_ins_once').on(table.signInKey, table.outcome, sql`coalesce(code, '')`),
  ],
);

/** Append-only and hash-chained (R18); triggers refuse UPDATE, DELETE and TRUNCATE. */
export const auditEvents = pgTable('audit_events', {
  sequence: bigint({ mode: 'number' }).primaryKey(),
  at: time('at').notNull(),
  actor: jsonb().notNull().$type<StoredActor>(),
  address: text(),
  action: text().notNull(),
  outcome: text().notNull().$type<'succeeded' | 'refused'>(),
  subject: text().notNull(),
  /** Sites that it is about: their analysts may read it. Empty: only portal roles. */
  siteIds: uuid('site_ids').array().notNull(),
  before: jsonb(),
  after: jsonb(),
  previousHash: text('previous_hash').notNull(),
  hash: text().notNull(),
});
