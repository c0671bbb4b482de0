import { randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../../server/whole-file.ts';
import { exists, fileError, requireFreeSpace } from './data-directory.ts';
import type { Account } from './postgres-account.ts';
import { run } from './postgres-account.ts';
import type { Binaries } from './postgres-binaries.ts';
import { errorCode, StorageError } from './storage-error.ts';

/** A database on disk: `data` is PostgreSQL's, the passwords are ours and move together with it. */
export interface Cluster {
  folder: string;
  data: string;
  log: string;
  passwords: Passwords;
}

export interface Passwords {
  superuser: string;
  portal: string;
}

const databaseForm = [
  '--auth=scram-sha-256',
  '--no-instructions',
  '--encoding=UTF8',
  // The same order on every machine, whatever its language and its C library.
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
];

/** The folder of the database below its home. */
export function clusterFolder(home: string): string {
  return join(home, 'postgres');
}

/** Opens the database in `home`, or makes it: elsewhere first, so that a start cut short leaves none that is half made. */
export async function openCluster(
  home: string,
  binaries: Binaries,
  account: Account | undefined,
): Promise<Cluster> {
  const folder = clusterFolder(home);
  try {
    await removeUnfinished(home);
    if (!(await exists(folder))) await makeCluster(folder, home, binaries, account);
    const passwords = JSON.parse(
      await readFile(join(folder, 'passwords.json'), 'utf8'),
    ) as Passwords;
    await requireMajorVersion(folder, binaries);
    return {
      folder,
      data: join(folder, 'data'),
      log: join(folder, 'log', 'postgres.log'),
      passwords,
    };
  } catch (error) {
    throw fileError(error, folder);
  }
}

async function makeCluster(
  folder: string,
  home: string,
  binaries: Binaries,
  account: Account | undefined,
): Promise<void> {
  await requireFreeSpace(home, 100);
  const unfinished = await mkdtemp(join(home, `postgres.unfinished-${process.pid}-`));
  try {
    const passwords: Passwords = { superuser: newPassword(), portal: newPassword() };
    await writeFile(join(unfinished, 'passwords.json'), JSON.stringify(passwords), {
      mode: 0o600,
      flush: true,
    });
    await ownFolders(unfinished, account);
    await initialise(unfinished, passwords, binaries, account);
    await syncFolder(unfinished);
    await rename(unfinished, folder);
    await syncFolder(home);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another portal was quicker.
    const lost = ['EEXIST', 'ENOTEMPTY'].includes(errorCode(error) ?? '') && (await exists(folder));
    if (!lost) throw error;
  }
}

async function ownFolders(folder: string, account: Account | undefined): Promise<void> {
  if (account) await chmod(folder, 0o711);
  for (const name of ['data', 'log', 'socket']) {
    const path = join(folder, name);
    await mkdir(path, { mode: 0o700 });
    if (account) await chown(path, account.uid, account.gid);
  }
}

async function initialise(
  folder: string,
  passwords: Passwords,
  binaries: Binaries,
  account: Account | undefined,
): Promise<void> {
  const passwordFile = join(folder, 'log', 'password');
  await writeFile(passwordFile, passwords.superuser, { mode: 0o600 });
  if (account) await chown(passwordFile, account.uid, account.gid);
  const program = join(binaries.folder, 'initdb');
  const own = ['-D', join(folder, 'data'), '-U', 'postgres', `--pwfile=${passwordFile}`];
  const { exitCode, output } = await run(program, [...own, ...databaseForm], account);
  await rm(passwordFile);
  if (exitCode === 0) return;
  if (/No space left on device|Disk quota/.test(output))
    throw Object.assign(new Error(output), { code: 'ENOSPC' });
  throw new StorageError(
    'embedded_postgres_unavailable',
    `PostgreSQL couldn't make a database in ${folder}: ${lastLine(output) || 'it was interrupted'}. ` +
      'Mend that, or set GATEHOUSE_DATABASE_URL to the address of a PostgreSQL server.',
  );
}

async function requireMajorVersion(folder: string, binaries: Binaries): Promise<void> {
  const made = (await readFile(join(folder, 'data', 'PG_VERSION'), 'utf8')).trim();
  const ours = binaries.version.split('.')[0];
  if (made === ours) return;
  throw new StorageError(
    'embedded_postgres_unavailable',
    `The database in ${folder} was made by PostgreSQL ${made}, and this program brings PostgreSQL ${ours}. ` +
      'Start the earlier program, write the database out with pg_dump, and read it into the new one.',
  );
}

/** What a start that was killed in the middle left behind. */
async function removeUnfinished(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    const pid = /^postgres\.unfinished-(\d+)-/.exec(name)?.[1];
    if (pid && !isRunning(Number(pid)))
      await rm(join(home, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

function newPassword(): string {
  return randomBytes(32).toString('base64url');
}

function lastLine(output: string): string {
  const lines = output.split('\n').filter((line) => /error|fatal/i.test(line));
  return lines.at(-1) ?? output.split('\n').at(-1) ?? '';
}
