import { randomBytes, randomUUID } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from '../../server/whole-file.ts';
import { fileError, prepareDataDirectory } from './data-directory.ts';
import { errorCode, StorageError } from './storage-error.ts';

/**
 * The 32 bytes that encrypt stored secrets (R20) when GATEHOUSE_SECRET_KEY isn't set: read from the
 * data directory, or made there. What is encrypted with it is lost without it.
 */
export async function loadOrCreateSecretKey(dataDir: string): Promise<Buffer> {
  await prepareDataDirectory(dataDir);
  const path = join(dataDir, 'secret-key');
  return (await readKey(path)) ?? (await createKey(path));
}

async function readKey(path: string): Promise<Buffer | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw fileError(error, path);
  }
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length === 32) return key;
  throw new StorageError(
    'secret_key_invalid',
    `${path} doesn't hold a key of 32 bytes in base64. Restore it from a backup: the client secrets that ` +
      'Gatehouse stored can be read with the right key only.',
  );
}

/** Written in full before it gets its name, and never over one that another portal has just made. */
async function createKey(path: string): Promise<Buffer> {
  const key = randomBytes(32);
  const unfinished = `${path}.${randomUUID()}`;
  try {
    const file = await open(unfinished, 'wx', 0o600);
    try {
      await file.writeFile(`${key.toString('base64')}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(unfinished, path);
    await syncFolder(dirname(path));
    return key;
  } catch (error) {
    const winner = errorCode(error) === 'EEXIST' ? await readKey(path) : undefined;
    if (winner) return winner;
    throw fileError(error, path);
  } finally {
    await rm(unfinished, { force: true });
  }
}
