import { sql } from 'drizzle-orm';
import type { Transaction } from './database.ts';
import type { RevisionName } from './revisions.ts';

export type Revisions = Readonly<Record<RevisionName, number>>;

/**
 * Lets one writer of access and inventory at a time through, to the end of its transaction. It locks
 * the revisions themselves, so that whoever bumps one without asking for a turn waits as well:
 * what is read after this stays true until the commit. Answers the revisions as they are.
 */
export async function takeWriteTurn(tx: Transaction): Promise<Revisions> {
  const { rows } = await tx.execute<{ name: RevisionName; value: string }>(
    sql`select name, value from state_revisions order by name for update`,
  );
  const revisions = { access: 0, inventory: 0, provider: 0, gates: 0 };
  for (const { name, value } of rows) revisions[name] = Number(value);
  return revisions;
}
