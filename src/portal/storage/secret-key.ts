import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { link, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder, writeWholeFile } from '../../server/whole-file.ts';
import { fileError, prepareDataDirectory } from './data-directory.ts';
import { errorCode, StorageError } from './storage-error.ts';

/** Keys of 32 bytes. The first encrypts, all of them decrypt. */
export type SecretKeys = readonly [Buffer, ...Buffer[]];

export function secretKeyPath(dataDir: string): string {
  return join(dataDir, 'secret-key');
}

export function newSecretKey(): Buffer {
  return randomBytes(32);
}

/**
 * The keys that encrypt stored secrets (R20) when GATEHOUSE_SECRET_KEY isn't set: read from the data
 * directory, one a line, or one is made there. What is encrypted with a key is lost without it.
 */
export async function loadOrCreateSecretKeys(dataDir: string): Promise<SecretKeys> {
  await prepareDataDirectory(dataDir);
  const path = secretKeyPath(dataDir);
  return (await readSecretKeyFile(path)) ?? (await createKey(path));
}

/** The keys of a file, or undefined where there is none. Throws StorageError for a damaged one. */
export async function readSecretKeyFile(path: string): Promise<SecretKeys | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw fileError(error, path);
  }
  return parse(text, path);
}

/**
 * Answers the keys of the file as it is now: `gatehouse secrets rekey` changes it under a running
 * portal. While it can't be read, those that were read last serve on; `onError` is told each time.
 */
export function watchSecretKeyFile(
  path: string,
  known: SecretKeys,
  onError: (error: unknown) => void,
): () => SecretKeys {
  let keys = known;
  let version = '';
  return () => {
    try {
      const { mtimeMs, ino, size } = statSync(path);
      const found = `${ino} ${mtimeMs} ${size}`;
      if (found !== version) {
        keys = parse(readFileSync(path, 'utf8'), path);
        version = found;
      }
    } catch (error) {
      onError(error instanceof StorageError ? error : fileError(error, path));
    }
    return keys;
  };
}

/** Replaces the keys of a file, as a whole or not at all; its owner stays, also when root does it. */
export async function replaceSecretKeyFile(path: string, keys: SecretKeys): Promise<void> {
  const text = keys.map((key) => `${key.toString('base64')}\n`).join('');
  try {
    await writeWholeFile(path, text, 0o600, await stat(path));
  } catch (error) {
    throw fileError(error, path);
  }
}

function parse(text: string, path: string): SecretKeys {
  const [first, ...others] = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => Buffer.from(line, 'base64'));
  if (first !== undefined && [first, ...others].every((key) => key.length === 32)) {
    return [first, ...others];
  }
  throw new StorageError(
    'secret_key_invalid',
    `${path} doesn't hold keys of 32 bytes in base64, one a line. Restore it from a backup: the client ` +
      'secrets that Gatehouse stored can be read with the right key only.',
  );
}

/** Written in full before it gets its name, and never over one that another portal has just made. */
async function createKey(path: string): Promise<SecretKeys> {
  const key = newSecretKey();
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
    return [key];
  } catch (error) {
    const winner = errorCode(error) === 'EEXIST' ? await readSecretKeyFile(path) : undefined;
    if (winner) return winner;
    throw fileError(error, path);
  } finally {
    await rm(unfinished, { force: true });
  }
}
