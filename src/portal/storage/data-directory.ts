import { randomUUID } from 'node:crypto';
import { mkdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeWholeFile } from '../../server/whole-file.ts';
import { errorCode, reasonOf, StorageError } from './storage-error.ts';

const changeItsPlace =
  'or set GATEHOUSE_DATA_DIR to another folder, for example /var/lib/gatehouse';

/** Says what went wrong with a file below the data directory. */
export function fileError(error: unknown, path: string): StorageError {
  if (error instanceof StorageError) return error;
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(path, { cause: error });
  const why =
    code === 'ENOTDIR' || code === 'EEXIST'
      ? 'a file stands where a folder is needed'
      : code === 'EROFS'
        ? 'its file system is mounted read-only'
        : code === 'EACCES' || code === 'EPERM'
          ? 'the account that runs Gatehouse may not write there'
          : reasonOf(error);
  return new StorageError(
    'data_directory_not_writable',
    `Gatehouse can't write to ${path}: ${why}. Make it writable, ${changeItsPlace}.`,
    { cause: error },
  );
}

export function diskFull(path: string, options?: ErrorOptions): StorageError {
  return new StorageError(
    'disk_full',
    `The disk that holds ${path} is full. Free some space (200 MB or more), ${changeItsPlace}.`,
    options,
  );
}

/** Makes the data directory, readable by its owner only, and proves that it can be written to. */
export async function prepareDataDirectory(dataDir: string): Promise<void> {
  const probe = join(dataDir, `.writable-${randomUUID()}`);
  try {
    await mkdir(dirname(dataDir), { recursive: true });
    await mkdir(dataDir, { mode: 0o700 }).catch((error: unknown) => requireFolder(dataDir, error));
    await writeFile(probe, 'written by Gatehouse to see whether it can\n', { mode: 0o600 });
  } catch (error) {
    throw fileError(error, dataDir);
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
}

async function requireFolder(path: string, error: unknown): Promise<void> {
  const found = errorCode(error) === 'EEXIST' ? await stat(path).catch(() => undefined) : undefined;
  if (!found?.isDirectory()) throw error;
}

/** Refuses to start where less than `megabytes` are free: PostgreSQL stops dead when its log can't grow. */
export async function requireFreeSpace(folder: string, megabytes: number): Promise<void> {
  if ((await freeMegabytes(folder)) < megabytes) throw diskFull(folder);
}

/** Free space for ordinary accounts, in MB. */
export async function freeMegabytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return (bavail * bsize) / 1_000_000;
}

/** Writes a file as a whole or not at all, and not before it is on the disk. */
export async function writeWhole(path: string, text: string, mode: number): Promise<void> {
  try {
    await writeWholeFile(path, text, mode);
  } catch (error) {
    throw fileError(error, path);
  }
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: unknown) => {
      if (errorCode(error) === 'ENOENT') return false;
      throw fileError(error, path);
    },
  );
}
