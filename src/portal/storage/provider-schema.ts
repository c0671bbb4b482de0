import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { VerificationCheck } from '../../contract/provider-verification.ts';
import type { ProviderRegistration } from '../../contract/sign-in-providers.ts';
import type { GroupMapping } from '../../domain/group-mapping.ts';
import type { CredentialStatus, ProviderStatus, ProviderType } from '../../domain/provider.ts';
import { bytes, time } from './columns.ts';
import type { StoredActor } from './schema.ts';

/** Ways into the portal. What was verified serves; what was entered since waits beside it. */
export const signInProviders = pgTable(
  'sign_in_providers',
  {
    id: uuid().primaryKey().defaultRandom(),
    type: text().notNull().$type<ProviderType>(),
    status: text().notNull().$type<ProviderStatus>(),
    isPrimary: boolean('is_primary').notNull().default(false),
    revision: integer().notNull().default(1),
    verified: jsonb().$type<ProviderRegistration>(),
    draft: jsonb().$type<ProviderRegistration>(),
    /** Comes into force together with the draft. */
    draftPortalAccess: jsonb('draft_portal_access').$type<GroupMapping>(),
    createdAt: time('created_at').notNull().defaultNow(),
    createdBy: jsonb('created_by').notNull().$type<StoredActor>(),
    verifiedAt: time('verified_at'),
    verifiedBy: jsonb('verified_by').$type<StoredActor>(),
    /** What last went wrong with sign-ins by it, until one goes right. */
    failure: jsonb().$type<{
      readonly at: string;
      readonly code: string;
      readonly aadsts: number | null;
      /** Which one was refused; absent in what was written before that was told. */
      readonly credentialId?: string | null;
    }>(),
  },
  (table) => [
    uniqueIndex('sign_in_providers_primary')
      .on(table.isPrimary)
      .where(sql`is_primary`),
  ],
);

/** Secrets and certificates of web applications; their values are encrypted (R20). */
export const providerCredentials = pgTable(
  'provider_credentials',
  {
    id: uuid().primaryKey().defaultRandom(),
    providerId: uuid('provider_id')
      .notNull()
      .references(() => signInProviders.id, { onDelete: 'cascade' }),
    kind: text().notNull().$type<'secret' | 'certificate'>(),
    status: text().notNull().$type<CredentialStatus>(),
    /** A secret's value, or a certificate and its private key as JSON of two PEM texts; sealed as `credential <id>`. */
    sealed: text().notNull(),
    hint: text().notNull(),
    expiresAt: time('expires_at'),
    createdAt: time('created_at').notNull().defaultNow(),
    createdBy: jsonb('created_by').notNull().$type<StoredActor>(),
    verifiedAt: time('verified_at'),
    /** That Microsoft refused it, until it takes it again. */
    refused: jsonb().$type<{ readonly at: string; readonly aadsts: number | null }>(),
  },
  (table) => [
    index('provider_credentials_provider').on(table.providerId),
    uniqueIndex('provider_credentials_current')
      .on(table.providerId)
      .where(sql`status = 'current'`),
  ],
);

/** Verifications, newest last. The row is the one thing that lets an answer count once. */
export const providerVerifications = pgTable(
  'provider_verifications',
  {
    id: uuid().primaryKey().defaultRandom(),
    providerId: uuid('provider_id')
      .notNull()
      .references(() => signInProviders.id, { onDelete: 'cascade' }),
    /** Revision of the provider that is tried: another draft isn't activated by it. */
    revision: integer().notNull(),
    credentialId: uuid('credential_id').references(() => providerCredentials.id, {
      onDelete: 'set null',
    }),
    state: text().notNull().$type<'running' | 'judging' | 'passed' | 'failed'>(),
    checks: jsonb().notNull().$type<readonly VerificationCheck[]>(),
    aadsts: integer(),
    correlationId: text('correlation_id'),
    startedAt: time('started_at').notNull().defaultNow(),
    startedBy: jsonb('started_by').notNull().$type<StoredActor>(),
    /** Whom the sign-in has to be of; null where that isn't asked. */
    expected: jsonb().$type<{
      readonly tenantId: string;
      readonly objectId: string;
      readonly userPrincipalName: string;
      readonly email: string | null;
      /** The groups that made them Admin then. */
      readonly adminGroups: readonly string[];
    }>(),
    /** The recovery session that began it, by the hash of its secret; null where somebody did. */
    recoverySession: bytes('recovery_session'),
    finishedAt: time('finished_at'),
  },
  (table) => [index('provider_verifications_provider').on(table.providerId, table.startedAt)],
);

/** Sessions of people who came in by a web application. Only a hash of the cookie is kept. */
export const portalSessions = pgTable(
  'portal_sessions',
  {
    id: uuid().primaryKey().defaultRandom(),
    secretHash: bytes('secret_hash').notNull().unique('portal_sessions_secret'),
    providerId: uuid('provider_id').notNull(),
    tenantId: uuid('tenant_id').notNull(),
    objectId: uuid('object_id').notNull(),
    name: text().notNull(),
    /** The person as the last id token told them: profile, address, contexts, groups. */
    identity: jsonb().notNull().$type<unknown>(),
    /** Entra's session, which front-channel logout names. */
    entraSessionId: text('entra_session_id'),
    /** Null where Entra gave none; sealed as `refresh token <session id>`. */
    sealedRefreshToken: text('sealed_refresh_token'),
    /** When Entra last vouched for the person. */
    confirmedAt: time('confirmed_at').notNull(),
    address: text(),
    openedAt: time('opened_at').notNull(),
    /** Written in batches. */
    lastSeenAt: time('last_seen_at').notNull(),
    endedAt: time('ended_at'),
    endReason: text('end_reason'),
  },
  (table) => [
    index('portal_sessions_open')
      .on(table.openedAt)
      .where(sql`ended_at is null`),
    index('portal_sessions_person').on(table.tenantId, table.objectId),
    index('portal_sessions_entra').on(table.entraSessionId),
  ],
);

/** People who were invited by name. The linked identity is the one thing that counts afterwards (R13). */
export const portalUsers = pgTable(
  'portal_users',
  {
    id: uuid().primaryKey().defaultRandom(),
    name: text().notNull(),
    email: text().notNull(),
    /** See emailKey in domain. */
    emailKey: text('email_key').notNull(),
    role: text().notNull().$type<'admin' | 'securityAnalyst' | 'readOnly'>(),
    disabled: boolean().notNull().default(false),
    revision: integer().notNull().default(1),
    tenantId: uuid('tenant_id'),
    objectId: uuid('object_id'),
    linkedAt: time('linked_at'),
    /** The address that Microsoft told last, where it is another one than `email`. */
    changedEmail: text('changed_email'),
    invitationHash: bytes('invitation_hash').unique('portal_users_invitation'),
    invitationExpiresAt: time('invitation_expires_at'),
    invitationRevokedAt: time('invitation_revoked_at'),
    /** `sent`, or why the mail didn't go. */
    invitationMail: text('invitation_mail'),
    createdAt: time('created_at').notNull().defaultNow(),
    createdBy: jsonb('created_by').notNull().$type<StoredActor>(),
    lastSignInAt: time('last_sign_in_at'),
  },
  (table) => [
    uniqueIndex('portal_users_email').on(table.emailKey),
    uniqueIndex('portal_users_identity').on(table.tenantId, table.objectId),
  ],
);

/** One row: the webhook. */
export const notificationSettings = pgTable('notification_settings', {
  id: integer().primaryKey().default(1),
  revision: integer().notNull().default(1),
  webhookUrl: text('webhook_url'),
  /** Sealed as `webhook secret`. */
  sealedSecret: text('sealed_secret'),
});

/** What the webhook is told. The unique key lets each state be told once at most. */
export const notificationDeliveries = pgTable(
  'notification_deliveries',
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Such as `credential <id> in7`. */
    onceKey: text('once_key').notNull().unique('notification_deliveries_once'),
    event: text().notNull(),
    payload: jsonb().notNull(),
    attempts: integer().notNull().default(0),
    createdAt: time('created_at').notNull().defaultNow(),
    /** Null: delivered, or given up. */
    nextAttemptAt: time('next_attempt_at'),
    lastAttemptAt: time('last_attempt_at'),
    deliveredAt: time('delivered_at'),
    detail: text().notNull().default(''),
    sequence: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
  },
  (table) => [
    index('notification_deliveries_due')
      .on(table.nextAttemptAt)
      .where(sql`next_attempt_at is not null`),
  ],
);
