import { sql } from 'drizzle-orm';
import type { Transaction } from './database.ts';
import { keyId } from './sealed.ts';
import { sealedColumns, type SealedColumn } from './sealed-columns.ts';
import type { SecretKeys } from './secret-key.ts';

/** How many values of a column one key has encrypted. */
export interface SealedUsage {
  readonly column: SealedColumn;
  /** See keyId. */
  readonly key: string;
  readonly count: number;
}

/** Which keys are in use, and by what. `atMost`: how many values of each table are looked at. */
export async function readSealedUsage(
  db: Pick<Transaction, 'execute'>,
  atMost: number | null = null,
): Promise<SealedUsage[]> {
  const usage: SealedUsage[] = [];
  for (const column of sealedColumns) {
    const name = sql.identifier(column.column);
    const { rows } = await db.execute<{ key: string; count: string }>(sql`
      select split_part(value, '.', 2) as key, count(*) as count
        from (select ${name} as value from ${sql.identifier(column.table)}
               where ${name} is not null limit ${atMost}) as stored
       group by 1 order by 1`);
    for (const { key, count } of rows) usage.push({ column, key, count: Number(count) });
  }
  return usage;
}

/** What none of these keys has encrypted. */
export function unreadable(usage: readonly SealedUsage[], keys: SecretKeys): SealedUsage[] {
  const ours = new Set(keys.map(keyId));
  return usage.filter(({ key }) => !ours.has(key));
}

/** "2 sessions (key Xy), 1 webhook secret (key Xy)". */
export function inWords(usage: readonly SealedUsage[]): string {
  return usage.map(({ column, key, count }) => `${counted(column, count)} (key ${key})`).join(', ');
}

export function counted({ one, several }: SealedColumn, count: number): string {
  return `${count} ${count === 1 ? one : several}`;
}

/**
 * What to tell the operator of values that can't be read with the keys of this start, or null where
 * all can. `others`: keys that lie in the data directory while the environment names one.
 */
export function unreadableMessage(
  usage: readonly SealedUsage[],
  keys: SecretKeys,
  others: SecretKeys | undefined,
): string | null {
  const lost = unreadable(usage, keys);
  if (lost.length === 0) return null;
  const has = keys.map(keyId).join(', ');
  const there = others !== undefined && unreadable(lost, others).length === 0;
  const remedy = there
    ? 'The file secret-key in the data directory has that key: name it in GATEHOUSE_SECRET_KEY as well, ' +
      'after a comma ("new,old").'
    : 'Give it the key that they were stored with as well: GATEHOUSE_SECRET_KEY="new,old", or as a further ' +
      'line of the file secret-key in the data directory (from a backup). Where that is lost, enter client ' +
      'secrets, certificates and the webhook anew.';
  return (
    `The portal's secret key (${has}) doesn't read what is stored: ${inWords(lost)}. What needs these ` +
    `fails, everything else works. ${remedy}`
  );
}
