import { auditEvents } from '../portal/storage/schema.ts';
import type { TestDatabase } from './test-database.ts';

/** What was audited, oldest first: rows come in no order of their own. */
export async function auditEntries({
  db,
}: Pick<TestDatabase, 'db'>): Promise<(typeof auditEvents.$inferSelect)[]> {
  return db.select().from(auditEvents).orderBy(auditEvents.sequence);
}
