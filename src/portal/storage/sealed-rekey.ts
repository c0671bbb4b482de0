import { sql, type SQL } from 'drizzle-orm';
import type { AppendAudit } from './audit-log.ts';
import type { Database, Transaction } from './database.ts';
import { keyId, seal, sealedBy, unseal } from './sealed.ts';
import { sealedColumns, type SealedColumn } from './sealed-columns.ts';
import { inWords, readSealedUsage, unreadable } from './sealed-usage.ts';
import { newSecretKey, type SecretKeys } from './secret-key.ts';
import { StorageError } from './storage-error.ts';
import { takeWriteTurn } from './write-turn.ts';

/** Where the keys are kept. */
export interface KeyPlace {
  readonly read: () => Promise<SecretKeys>;
  /** Null: the environment, which a program can't change. */
  readonly replace: ((keys: SecretKeys) => Promise<void>) | null;
}

export interface RekeyDependencies {
  readonly database: Pick<Database, 'db'>;
  readonly place: KeyPlace;
  readonly appendAudit: AppendAudit;
  /** Told each step once it is done. */
  readonly onStep?: (step: string) => void;
}

export interface Rekeyed {
  /** `another`: a key was made. `first`: an earlier one, begun and not finished, or the environment's. */
  readonly key: 'another' | 'first';
  readonly keyId: string;
  readonly counts: readonly { readonly column: SealedColumn; readonly count: number }[];
}

const together = 500;

/**
 * Makes another key, puts it first, and encrypts everything with it, in one transaction and while
 * portals run. The key is on the disk, beside those before it, before anything is encrypted with it:
 * whenever this is cut off, what is stored can be read. Where a change was begun and not finished it
 * is finished, with the key that stands first. Throws StorageError for what none of the keys reads.
 */
export async function rekey(deps: RekeyDependencies): Promise<Rekeyed> {
  const { database, place, appendAudit, onStep = () => undefined } = deps;
  const rekeyed = await database.db.transaction(async (tx) => {
    // One at a time, on whatever machine: a second one finds the first one's key.
    await takeWriteTurn(tx);
    onStep('turn');
    let keys = await place.read();
    const usage = await readSealedUsage(tx);
    requireReadable(unreadable(usage, keys));
    const current = keyId(keys[0]);
    const another = place.replace !== null && usage.every(({ key }) => key === current);
    if (another) {
      keys = [newSecretKey(), ...keys];
      onStep('key made');
      await place.replace(keys);
      onStep('key written');
    }
    const counts: Rekeyed['counts'][number][] = [];
    for (const column of sealedColumns) {
      counts.push({ column, count: await encryptAnew(tx, column, keys) });
      onStep(column.table);
    }
    const total = counts.reduce((sum, { count }) => sum + count, 0);
    if (another || total > 0) {
      await appendAudit(tx, {
        actor: { kind: 'system', name: 'gatehouse secrets', tenantId: null, objectId: null },
        address: null,
        action: 'secrets.rekeyed',
        outcome: 'succeeded',
        subject: 'Stored secrets',
        siteIds: [],
        before: { keys: [...new Set(usage.map(({ key }) => key))] },
        after: {
          key: keyId(keys[0]),
          ...Object.fromEntries(counts.map(({ column, count }) => [column.several, count])),
        },
      });
    }
    onStep('audited');
    return { key: another ? 'another' : 'first', keyId: keyId(keys[0]), counts } as const;
  });
  onStep('committed');
  return rekeyed;
}

function requireReadable(lost: Parameters<typeof inWords>[0]): void {
  if (lost.length === 0) return;
  throw new StorageError(
    'secret_key_invalid',
    `None of the keys that are here reads ${inWords(lost)}: nothing was changed. Add the key that these ` +
      'were stored with (GATEHOUSE_SECRET_KEY="new,old", or a further line of secret-key), or replace them in the portal.',
  );
}

/** Encrypts with the first key what the others did. Answers how many values that were. */
async function encryptAnew(
  tx: Transaction,
  { table, idType, column, context }: SealedColumn,
  keys: SecretKeys,
): Promise<number> {
  const [first] = keys;
  const byId = new Map(keys.map((key) => [keyId(key), key]));
  const [from, value, type] = [sql.identifier(table), sql.identifier(column), sql.raw(idType)];
  let last: string | null = null;
  for (let count = 0; ;) {
    const after: SQL = last === null ? sql`true` : sql`id > ${last}::${type}`;
    // Locked, so that nobody replaces one between its reading and its writing.
    const { rows }: { rows: { id: string; sealed: string }[] } = await tx.execute(sql`
      select id::text as id, ${value} as sealed from ${from}
       where ${after} and split_part(${value}, '.', 2) <> ${keyId(first)}
       order by id limit ${together} for update`);
    if (rows.length === 0) return count;
    const written = rows.map(({ id, sealed }) => {
      const key = byId.get(sealedBy(sealed) ?? '') ?? first;
      return { id, sealed: seal(first, unseal(key, sealed, context(id)), context(id)) };
    });
    await tx.execute(sql`
      update ${from} as stored set ${value} = anew.sealed
        from jsonb_to_recordset(${JSON.stringify(written)}::jsonb) as anew(id ${type}, sealed text)
       where stored.id = anew.id`);
    count += rows.length;
    last = rows.at(-1)?.id ?? null;
  }
}

/**
 * Drops keys that nothing uses any more; the first one stays. `dropped` and `kept` are key ids. Where
 * the environment holds them, only says which. To be called once nothing that was sealed on the way,
 * such as a sign-in that has just begun, can need them.
 */
export async function dropUnusedKeys(
  { database, place, appendAudit }: RekeyDependencies,
  change: boolean,
): Promise<{ readonly dropped: readonly string[]; readonly kept: readonly string[] }> {
  return database.db.transaction(async (tx) => {
    await takeWriteTurn(tx);
    const [first, ...others] = await place.read();
    const used = new Set((await readSealedUsage(tx)).map(({ key }) => key));
    const kept = [first, ...others.filter((key) => used.has(keyId(key)))] as const;
    const dropped = others.filter((key) => !used.has(keyId(key))).map(keyId);
    if (change && dropped.length > 0 && place.replace !== null) {
      await appendAudit(tx, {
        actor: { kind: 'system', name: 'gatehouse secrets', tenantId: null, objectId: null },
        address: null,
        action: 'secrets.keysDropped',
        outcome: 'succeeded',
        subject: 'Stored secrets',
        siteIds: [],
        before: { keys: [...kept.map(keyId), ...dropped] },
        after: { keys: kept.map(keyId) },
      });
      await place.replace(kept);
    }
    return { dropped, kept: kept.map(keyId) };
  });
}
