import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type pg from 'pg';
import { errorCode, reasonOf, StorageError } from './storage-error.ts';

// Same depth below src/ and dist/: the SQL is read from src/ by both.
const shipped = fileURLToPath(new URL('../../../src/portal/storage/migrations', import.meta.url));
// Any number does, as long as every version of Gatehouse uses the same.
const migrationLock = 7_404_002;

interface Applied {
  hash: string;
  time: number;
}

/**
 * Brings the database to the shape that this program needs. One instance at a time: the others
 * wait, and then find nothing left to do. Forward only: a database of a later program is refused.
 */
export async function migrateDatabase(client: pg.Client, folder: string = shipped): Promise<void> {
  await lock(client);
  try {
    const known = readMigrationFiles({ migrationsFolder: folder });
    const applied = await readApplied(client);
    const newest = Math.max(0, ...known.map((migration) => migration.folderMillis));
    for (const { hash, time } of applied) {
      if (!known.some((migration) => migration.hash === hash))
        throw unknownMigration(time > newest);
    }
    // Asked here because migrate() needs the right to create, even where there is nothing to do.
    if (applied.length < known.length)
      await migrate(drizzle({ client }), { migrationsFolder: folder });
  } catch (error) {
    throw migrationError(error);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => undefined);
  }
}

async function lock(client: pg.Client): Promise<void> {
  try {
    await client.query(`set lock_timeout = '120s'`);
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
  } catch (error) {
    if (errorCode(error) !== '55P03') throw error;
    throw new StorageError(
      'migration_failed',
      'Another instance of Gatehouse has been changing the database for more than two minutes. Wait until ' +
        'it is done, or stop it, and start again.',
      { cause: error },
    );
  }
}

async function readApplied(client: pg.Client): Promise<Applied[]> {
  const table = await client.query<{ there: boolean }>(
    `select to_regclass('drizzle.__drizzle_migrations') is not null as there`,
  );
  if (!table.rows[0]?.there) return [];
  const { rows } = await client.query<{ hash: string; created_at: string }>(
    'select hash, created_at from drizzle.__drizzle_migrations',
  );
  return rows.map((row) => ({ hash: row.hash, time: Number(row.created_at) }));
}

function unknownMigration(later: boolean): StorageError {
  if (later) {
    return new StorageError(
      'database_newer_than_program',
      'The database was changed by a newer Gatehouse than this one. Start the newer program again, or ' +
        'restore the backup that was made before the upgrade.',
    );
  }
  return new StorageError(
    'migration_failed',
    'The database was made by another build of Gatehouse, whose tables differ from the ones of this ' +
      'program. Start the program that made it, or use an empty database.',
  );
}

function migrationError(error: unknown): unknown {
  // These have words of their own: connection lost, no right to create, disk full.
  const code = errorCode(error) ?? '';
  if (error instanceof StorageError || /^(?:08|28|57|E)|^(?:42501|53100|25006)$/.test(code))
    return error;
  return new StorageError(
    'migration_failed',
    `The database could not be brought up to date, and nothing was changed: ${reasonOf(error)}. ` +
      'Please report this, with the version that you upgraded from.',
    { cause: error },
  );
}
