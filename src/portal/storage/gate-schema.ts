import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { PublicKey } from '../../contract/gate-protocol.ts';
import type { CheckResult } from '../../contract/gate-report.ts';
import type { Role } from '../../domain/role.ts';
import { bytes, time } from './columns.ts';
import { sensors, type StoredActor } from './schema.ts';

/** The gates there are and were. A sensor has one live gate at most. */
export const gates = pgTable(
  'gates',
  {
    id: uuid().primaryKey().defaultRandom(),
    sensorId: uuid('sensor_id')
      .notNull()
      .references(() => sensors.id),
    publicKey: jsonb('public_key').notNull().$type<PublicKey>(),
    /** Announced by the gate; takes the place of the first as soon as it is used. */
    nextPublicKey: jsonb('next_public_key').$type<PublicKey>(),
    origin: text().notNull(),
    software: text().notNull(),
    enrolledAt: time('enrolled_at').notNull().defaultNow(),
    enrolledBy: jsonb('enrolled_by').notNull().$type<StoredActor>(),
    revokedAt: time('revoked_at'),
    revokedBy: jsonb('revoked_by').$type<StoredActor>(),
    /** Written in batches. */
    lastSeenAt: time('last_seen_at'),
    appliedNumber: bigint('applied_number', { mode: 'number' }),
    appliedTag: text('applied_tag'),
    appliedAt: time('applied_at'),
    failure: jsonb().$type<{ readonly tag: string | null; code: string; detail: string }>(),
    failedAt: time('failed_at'),
    /** What goes wrong there besides, and stops nobody. */
    trouble: jsonb().$type<{ readonly code: string; readonly detail: string }>(),
    /** Milliseconds that its clock is ahead. */
    clockOffset: bigint('clock_offset', { mode: 'number' }),
    checks: jsonb().$type<readonly CheckResult[]>(),
    checkedAt: time('checked_at'),
    certificateExpiresAt: time('certificate_expires_at'),
    openSessions: integer('open_sessions').notNull().default(0),
    /** Which queue its events come from, and up to which they have been taken. */
    eventQueue: uuid('event_queue'),
    eventSequence: bigint('event_sequence', { mode: 'number' }).notNull().default(0),
  },
  (table) => [
    uniqueIndex('gates_sensor')
      .on(table.sensorId)
      .where(sql`revoked_at is null`),
  ],
);

/** One-time tokens. Only hashes are kept: reading the table enrols nothing. */
export const gateEnrolments = pgTable('gate_enrolments', {
  tokenHash: bytes('token_hash').primaryKey(),
  sensorId: uuid('sensor_id')
    .notNull()
    .references(() => sensors.id),
  createdAt: time('created_at').notNull().defaultNow(),
  createdBy: jsonb('created_by').notNull().$type<StoredActor>(),
  expiresAt: time('expires_at').notNull(),
  usedAt: time('used_at'),
});

/** What bundles are signed with; private keys are encrypted (R20). */
export const gateSigningKeys = pgTable(
  'gate_signing_keys',
  {
    /** SHA-256 thumbprint (RFC 7638). */
    id: text().primaryKey(),
    status: text().notNull().$type<'current' | 'next' | 'retired'>(),
    publicKey: jsonb('public_key').notNull().$type<PublicKey>(),
    sealedPrivateKey: text('sealed_private_key').notNull(),
    createdAt: time('created_at').notNull().defaultNow(),
    retiredAt: time('retired_at'),
  },
  (table) => [
    uniqueIndex('gate_signing_keys_status')
      .on(table.status)
      .where(sql`status <> 'retired'`),
  ],
);

/** Sessions at gates, as their gates report them. */
export const gateSessions = pgTable(
  'gate_sessions',
  {
    id: text().primaryKey(),
    gateId: uuid('gate_id')
      .notNull()
      .references(() => gates.id),
    sensorId: uuid('sensor_id')
      .notNull()
      .references(() => sensors.id),
    tenantId: uuid('tenant_id').notNull(),
    objectId: uuid('object_id').notNull(),
    name: text().notNull(),
    role: text().$type<Role>(),
    address: text(),
    openedAt: time('opened_at').notNull(),
    endedAt: time('ended_at'),
    endReason: text('end_reason'),
  },
  (table) => [
    index('gate_sessions_open')
      .on(table.openedAt)
      .where(sql`ended_at is null`),
    index('gate_sessions_person').on(table.tenantId, table.objectId),
  ],
);

/** What ends sessions at gates before their time; kept as long as such a session could last. */
export const sessionRevocations = pgTable('session_revocations', {
  id: bigserial({ mode: 'number' }).primaryKey(),
  at: time('at').notNull().defaultNow(),
  by: jsonb().notNull().$type<StoredActor>(),
  /** One session of one gate, or: */
  sessionId: text('session_id'),
  gateId: uuid('gate_id').references(() => gates.id),
  /** everything that a person opened until `at`, at these sites; null: everywhere. */
  tenantId: uuid('tenant_id'),
  objectId: uuid('object_id'),
  siteIds: uuid('site_ids').array(),
});

/** One row: what holds for sessions at gates and for their bundles. */
export const securitySettings = pgTable(
  'security_settings',
  {
    id: integer().primaryKey().default(1),
    idleMinutes: integer('idle_minutes').notNull(),
    totalMinutes: integer('total_minutes').notNull(),
    bundleDays: integer('bundle_days').notNull(),
    /** The authentication context that changes ask for (R19); null: none. */
    stepUpContext: text('step_up_context'),
    /** Bundles count their days from here; moved on long before they end. */
    bundlesRenewedAt: time('bundles_renewed_at').notNull().defaultNow(),
    revision: integer().notNull(),
    changedAt: time('changed_at').notNull().defaultNow(),
    changedBy: jsonb('changed_by').notNull().$type<StoredActor>(),
  },
  () => [check('security_settings_one', sql`id = 1`)],
);
