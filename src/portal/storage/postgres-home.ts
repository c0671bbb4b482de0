import { chmod, link, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { exists, fileError, writeWhole } from './data-directory.ts';
import type { Account } from './postgres-account.ts';
import { canReach } from './postgres-account.ts';
import { errorCode, StorageError } from './storage-error.ts';

const durableFolders = ['/var/lib', '/srv', '/opt'];

/**
 * The folder that holds the database, its log and its socket: the data directory, or, where the
 * database's account can't get in there (a clone below /root, which is closed to others), one
 * beside the system's other databases. Opening somebody's home isn't ours to do, and a temporary
 * folder isn't durable. Its name is random and recorded in the data directory, so that a fresh
 * clone at the same place doesn't find the state of an old one.
 */
export async function databaseHome(
  dataDir: string,
  account: Account | undefined,
  log: (line: string) => void,
): Promise<string> {
  const record = recordOf(dataDir);
  const recorded = await recordedHome(dataDir);
  if (recorded !== undefined) return requireRecorded(recorded, record);
  if (!account || (await open(dataDir, account))) return dataDir;
  const home = await makeHome(account, dataDir);
  const winner = await keepFirst(dataDir, home);
  if (winner !== home) await rm(home, { recursive: true });
  else log(`The account ${account.name} can't reach ${dataDir}: the database is kept in ${home}.`);
  return winner;
}

function recordOf(dataDir: string): string {
  return join(dataDir, 'postgres-location');
}

/** The folder that an earlier start recorded, if it had to keep the database elsewhere. */
export async function recordedHome(dataDir: string): Promise<string | undefined> {
  const record = recordOf(dataDir);
  if (!(await exists(record))) return undefined;
  return (await readFile(record, 'utf8')).trim();
}

async function requireRecorded(home: string, record: string): Promise<string> {
  if (await exists(home)) return home;
  throw new StorageError(
    'embedded_postgres_unavailable',
    `The database of this data directory is kept in ${home}, which is gone. Restore that folder from a ` +
      `backup, or delete ${record} to begin with an empty database.`,
  );
}

/** Lets the account pass through the data directory (not list it), if that is all it takes. */
async function open(dataDir: string, account: Account): Promise<boolean> {
  if (await canReach(dataDir, account)) return true;
  const { mode } = await stat(dataDir);
  await chmod(dataDir, (mode & 0o777) | 0o011);
  if (await canReach(dataDir, account)) return true;
  await chmod(dataDir, mode & 0o777);
  return false;
}

async function makeHome(account: Account, dataDir: string): Promise<string> {
  for (const folder of durableFolders) {
    if (!(await stat(folder).catch(() => undefined)) || !(await canReach(folder, account)))
      continue;
    try {
      const home = await mkdtemp(join(folder, 'gatehouse-'));
      await chmod(home, 0o711);
      return home;
    } catch (error) {
      if (errorCode(error) === 'ENOSPC') throw fileError(error, folder);
    }
  }
  throw new StorageError(
    'data_directory_not_writable',
    `PostgreSQL runs as the account ${account.name}, because it refuses to run as root, and that account ` +
      `can't reach ${dataDir}. Set GATEHOUSE_DATA_DIR to a folder that others may pass through, for ` +
      'example /var/lib/gatehouse, or start Gatehouse as another user.',
  );
}

/** Two first starts at once: the one that links its record first is right for both. */
async function keepFirst(dataDir: string, home: string): Promise<string> {
  const record = recordOf(dataDir);
  const mine = `${record}.${process.pid}`;
  await writeWhole(mine, `${home}\n`, 0o644);
  try {
    await link(mine, record);
    return home;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw fileError(error, record);
    return (await recordedHome(dataDir)) ?? home;
  } finally {
    await rm(mine, { force: true });
  }
}
