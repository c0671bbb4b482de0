import { desc, sql } from 'drizzle-orm';
import type { AppendAudit, AppendAudits } from '../storage/audit-log.ts';
import { auditEvents } from '../storage/schema.ts';
import { chainStart, entryHash } from './entry-hash.ts';

// Any constant will do, as long as nothing else in the database locks by it.
const auditLock = 7_246_001;

/**
 * Appends an entry to the chain. One transaction at a time gets to do so, from here to its end:
 * append last, so that nobody waits for more than the commit. Whoever locks a row afterwards can end
 * in a deadlock with somebody who has that row and appends now. Every transaction locks in one order:
 * the write turn, rows of what it changes, sessions by their ids, and this.
 */
export const appendAudit: AppendAudit = (tx, entry) => appendAudits(tx, [entry]);

/** Appends several, in their order. */
export const appendAudits: AppendAudits = async (tx, entries) => {
  if (entries.length === 0) return;
  await tx.execute(sql`select pg_advisory_xact_lock(${auditLock}::bigint)`);
  const [last] = await tx
    .select({ sequence: auditEvents.sequence, hash: auditEvents.hash })
    .from(auditEvents)
    .orderBy(desc(auditEvents.sequence))
    .limit(1);
  const at = new Date();
  let { sequence, hash: previousHash } = last ?? { sequence: 0, hash: chainStart };
  const rows = entries.map((entry) => {
    sequence += 1;
    const chained = {
      sequence,
      at,
      actor: entry.actor,
      address: entry.address,
      action: entry.action,
      outcome: entry.outcome,
      subject: entry.subject,
      siteIds: entry.siteIds.map((id) => id.toLowerCase()),
      before: asStored(entry.before),
      after: asStored(entry.after),
      previousHash,
    };
    previousHash = entryHash(chained);
    return { ...chained, hash: previousHash };
  });
  await tx.insert(auditEvents).values(rows);
};

/** As jsonb gives it back: dates as text, and without what JSON doesn't have. */
function asStored(value: unknown): unknown {
  return value === undefined || value === null
    ? null
    : (JSON.parse(JSON.stringify(value)) as unknown);
}
