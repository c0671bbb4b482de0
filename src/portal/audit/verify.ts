import { asc, gt } from 'drizzle-orm';
import type { Database } from '../storage/database.ts';
import { auditEvents } from '../storage/schema.ts';
import { chainStart, entryHash } from './entry-hash.ts';

export type AuditVerdict =
  | { readonly intact: true; readonly entries: number; readonly lastHash: string }
  | {
      readonly intact: false;
      /** Where the chain breaks. */
      readonly sequence: number;
      readonly problem: 'changed' | 'missing' | 'broken_link';
    };

const batch = 1_000;

/**
 * Reads the whole chain and says whether an entry was changed, taken out or put in (R18). Entries
 * cut off at the end can't be told from here alone: compare `lastHash` with one kept elsewhere.
 */
export async function verifyAuditChain({ db }: Pick<Database, 'db'>): Promise<AuditVerdict> {
  let entries = 0;
  let lastHash = chainStart;
  for (;;) {
    const rows = await db
      .select()
      .from(auditEvents)
      .where(gt(auditEvents.sequence, entries))
      .orderBy(asc(auditEvents.sequence))
      .limit(batch);
    for (const row of rows) {
      const sequence = entries + 1;
      if (row.sequence !== sequence) return { intact: false, sequence, problem: 'missing' };
      if (row.previousHash !== lastHash) return { intact: false, sequence, problem: 'broken_link' };
      if (entryHash(row) !== row.hash) return { intact: false, sequence, problem: 'changed' };
      entries = sequence;
      lastHash = row.hash;
    }
    if (rows.length < batch) return { intact: true, entries, lastHash };
  }
}
