import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readIfThere, syncFolder, systemCode, writeWholeFile } from '../server/whole-file.ts';

/** R17: a link is good once, and for 15 minutes. */
const linkLifetime = 15 * 60_000;

const storedLink = z.object({ createdAt: z.number(), expiresAt: z.number() });

function folderOf(dataDir: string): string {
  return join(dataDir, 'recovery');
}

/** Links lie under the hash of their token: who reads the folder can't use them. */
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
  const link = { createdAt: now, expiresAt: now + linkLifetime };
  await writeWholeFile(fileOf(dataDir, token), JSON.stringify(link), 0o600);
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
  const link = readLink(await readIfThere(file));
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

function readLink(text: string | null): z.output<typeof storedLink> | null {
  if (text === null) return null;
  try {
    return storedLink.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

async function dropExpired(dataDir: string, now: number): Promise<void> {
  for (const name of await readdir(folderOf(dataDir))) {
    const file = join(folderOf(dataDir), name);
    const link = readLink(await readIfThere(file));
    if (link === null || now >= link.expiresAt) await rm(file, { force: true });
  }
}
