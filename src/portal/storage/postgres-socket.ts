import { chown, lstat, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exists, fileError, writeWhole } from './data-directory.ts';
import type { Account } from './postgres-account.ts';
import { canReach } from './postgres-account.ts';
import type { Cluster } from './postgres-cluster.ts';

/** sockaddr_un holds 108 bytes on Linux and 104 on macOS, the final zero included. */
const longestSocketPath = process.platform === 'darwin' ? 103 : 107;

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, '.s.PGSQL.5432')) <= longestSocketPath;
}

/**
 * The folder of the server's socket: the cluster's own, or, where that path is too long, a short
 * one; `another` makes a new short one in place of the recorded.
 */
export async function socketFolder(
  cluster: Cluster,
  account: Account | undefined,
  options: { another?: boolean } = {},
): Promise<string> {
  const own = join(cluster.folder, 'socket');
  if (fits(own)) return own;
  const recorded = options.another ? undefined : await recordedFolder(cluster, account);
  return recorded ?? (await shortFolder(cluster, account));
}

/** Forgets a short folder, so that the next start makes another. */
export async function removeSocketFolder(cluster: Cluster, folder: string): Promise<void> {
  if (folder === join(cluster.folder, 'socket')) return;
  await rm(recordOf(cluster), { force: true });
  await rm(folder, { recursive: true, force: true });
}

function recordOf(cluster: Cluster): string {
  return join(cluster.folder, 'socket-folder');
}

/** What was recorded counts only while it is still ours: others may write to a temporary folder. */
async function recordedFolder(
  cluster: Cluster,
  account: Account | undefined,
): Promise<string | undefined> {
  const record = recordOf(cluster);
  if (!(await exists(record))) return undefined;
  const folder = (await readFile(record, 'utf8')).trim();
  const found = await lstat(folder).catch(() => undefined);
  const owner = account?.uid ?? process.getuid?.();
  if (!found?.isDirectory() || found.uid !== owner || (found.mode & 0o077) !== 0) return undefined;
  return folder;
}

async function shortFolder(cluster: Cluster, account: Account | undefined): Promise<string> {
  const place = await shortPlace(account);
  try {
    // mkdtemp: a name that nobody can foresee, mode 0700.
    const folder = await mkdtemp(join(place, 'gatehouse-'));
    if (account) await chown(folder, account.uid, account.gid);
    await writeWhole(recordOf(cluster), `${folder}\n`, 0o600);
    return folder;
  } catch (error) {
    throw fileError(error, place);
  }
}

async function shortPlace(account: Account | undefined): Promise<string> {
  const place = tmpdir();
  const serves =
    fits(join(place, 'gatehouse-XXXXXX')) && (!account || (await canReach(place, account)));
  return serves ? place : '/tmp';
}
