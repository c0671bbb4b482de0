import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readlink, rm, symlink, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder, systemCode } from '../server/whole-file.ts';

/** R17: a link is good once, and for 15 minutes. */
const linkLifetime = 15 * 60_000;

interface StoredLink {
  readonly createdAt: number;
  readonly expiresAt: number;
}

function folderOf(dataDir: string): string {
  return join(dataDir, 'recovery');
}

/**
 * Links lie under the hash of their token: who reads the folder can't use them. As symbolic links, whose
 * target has the times: a full disk, which may be why somebody recovers, still takes those.
 */
function fileOf(dataDir: string, token: string): string {
  return join(folderOf(dataDir), createHash('sha256').update(token).digest('hex'));
}

/**
 * Makes a link to be printed on the sensor's shell. The token stands in the fragment, which browsers
 * send to no server. `now`: milliseconds since 1970. The gate may be running or not.
 */
export async function makeRecoveryLink(
  dataDir: string,
  publicUrl: string,
  now: number,
): Promise<string> {
  await mkdir(folderOf(dataDir), { recursive: true, mode: 0o700 });
  await dropExpired(dataDir, now);
  const token = randomBytes(32).toString('base64url');
  await symlink(`${now} ${now + linkLifetime}`, fileOf(dataDir, token));
  await syncFolder(folderOf(dataDir));
  return `${publicUrl}/_gatehouse/recover#token=${token}`;
}

/**
 * Uses a link up: true once, and only within its time. Of several at the same moment one wins,
 * because a file is removed by one of them only.
 */
export async function redeemRecoveryLink(
  dataDir: string,
  token: string,
  now: number,
): Promise<boolean> {
  const file = fileOf(dataDir, token);
  const link = await readLink(file);
  if (link === null) return false;
  try {
    await unlink(file);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
  // Before the session opens: a power cut must not bring the link back.
  await syncFolder(folderOf(dataDir));
  // A clock that was set back makes no link last longer.
  return now >= link.createdAt && now < link.expiresAt;
}

async function readLink(file: string): Promise<StoredLink | null> {
  const target = await readlink(file).catch(() => '');
  const [, createdAt, expiresAt] = /^(\d+) (\d+)$/u.exec(target) ?? [];
  return createdAt === undefined
    ? null
    : { createdAt: Number(createdAt), expiresAt: Number(expiresAt) };
}

async function dropExpired(dataDir: string, now: number): Promise<void> {
  for (const name of await readdir(folderOf(dataDir))) {
    const file = join(folderOf(dataDir), name);
    const link = await readLink(file);
    if (link === null || now >= link.expiresAt) await rm(file, { force: true });
  }
}
