import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { reasonOf, StorageError } from './storage-error.ts';

/** The account that PostgreSQL runs as, where it can't be the portal's own. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

export interface Finished {
  exitCode: number | null;
  output: string;
}

// The server must never see the portal's environment: it holds secrets. C: messages that we can read.
const environment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** Runs a program to its end, as `account` when given, and returns what it printed. */
export function run(file: string, args: string[], account?: Account): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: '/',
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(account ? { uid: account.uid, gid: account.gid } : {}),
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (exitCode) =>
      resolve({ exitCode, output: Buffer.concat(chunks).toString('utf8').trim() }),
    );
  });
}

/**
 * PostgreSQL refuses to run as root. Then: the account that owns the database already, else
 * `postgres`, else `nobody`. Undefined when the portal's own account will do.
 */
export async function databaseAccount(databaseFolder: string): Promise<Account | undefined> {
  const self = process.getuid?.();
  const owner = await stat(databaseFolder).catch(() => undefined);
  if (self !== 0) {
    if (owner && self !== undefined && owner.uid !== self)
      throw foreignDatabase(databaseFolder, owner.uid);
    return undefined;
  }
  if (owner && owner.uid !== 0)
    return { name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  for (const name of ['postgres', '_postgres', 'nobody']) {
    const account = await lookUp(name);
    if (account) return account;
  }
  throw new StorageError(
    'embedded_postgres_unavailable',
    'PostgreSQL refuses to run as root, and there is neither an account "postgres" nor "nobody" to run it ' +
      'as. Start Gatehouse as another user, or set GATEHOUSE_DATABASE_URL to the address of a server.',
  );
}

function foreignDatabase(folder: string, uid: number): StorageError {
  return new StorageError(
    'data_directory_not_writable',
    `The database in ${folder} belongs to another account (user id ${uid}). Start Gatehouse as the account ` +
      'that started it first (root, if it was root), or set GATEHOUSE_DATA_DIR to a folder of your own.',
  );
}

async function lookUp(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    if (uid.exitCode !== 0 || gid.exitCode !== 0 || uid.output === '0') return undefined;
    return { name, uid: Number(uid.output), gid: Number(gid.output) };
  } catch {
    return undefined;
  }
}

/** Whether the account gets into a folder. Asked by trying: modes alone don't tell (ACLs, mounts). */
export async function canReach(folder: string, account: Account): Promise<boolean> {
  try {
    return (await run('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], account)).exitCode === 0;
  } catch (error) {
    throw new StorageError(
      'embedded_postgres_unavailable',
      `PostgreSQL refuses to run as root, and Gatehouse can't switch to the account ${account.name}: ` +
        `${reasonOf(error)}. Start Gatehouse as another user, or set GATEHOUSE_DATABASE_URL.`,
      { cause: error },
    );
  }
}
