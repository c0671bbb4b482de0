import { sql } from 'drizzle-orm';
import type { Transaction } from './database.ts';

/** What instances keep in memory, and learn of by its revision. */
export type RevisionName = 'access' | 'inventory' | 'provider' | 'gates';

/** The channel on which changed revisions are told to other instances. */
export const revisionChannel = 'gatehouse';

/**
 * Says that something changed, within the transaction that changes it: other instances hear of it
 * when it commits, and those that miss it see the number when they poll.
 */
export async function bumpRevision(tx: Transaction, name: RevisionName): Promise<void> {
  await tx.execute(sql`update state_revisions set value = value + 1 where name = ${name}`);
  await tx.execute(sql`select pg_notify(${revisionChannel}, ${name})`);
}
