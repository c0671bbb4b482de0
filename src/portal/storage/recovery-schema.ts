import { boolean, pgTable } from 'drizzle-orm/pg-core';
import { bytes, time } from './columns.ts';

/** Only hashes are kept: reading the table opens nothing. */
export const recoveryLinks = pgTable('recovery_links', {
  tokenHash: bytes('token_hash').primaryKey(),
  createdAt: time('created_at').notNull().defaultNow(),
  expiresAt: time('expires_at').notNull(),
  usedAt: time('used_at'),
});

export const recoverySessions = pgTable('recovery_sessions', {
  idHash: bytes('id_hash').primaryKey(),
  createdAt: time('created_at').notNull().defaultNow(),
  endsAt: time('ends_at').notNull(),
  closed: boolean().notNull().default(false),
});
