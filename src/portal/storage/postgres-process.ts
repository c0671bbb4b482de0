import { open, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diskFull } from './data-directory.ts';
import type { Account } from './postgres-account.ts';
import { run } from './postgres-account.ts';
import type { Binaries } from './postgres-binaries.ts';
import type { Cluster } from './postgres-cluster.ts';
import { StorageError } from './storage-error.ts';

const seconds = '60';

/**
 * Starts the server and waits until it accepts connections. `pg_ctl` puts it in a session of its
 * own, so that Ctrl-C doesn't take it from under a portal that is still closing. Resolves to why it
 * didn't start: another portal may just be starting the same one, so that is for the caller to judge.
 */
export async function startServer(
  cluster: Cluster,
  binaries: Binaries,
  account: Account | undefined,
): Promise<string | undefined> {
  await setAsideStalePid(cluster);
  await keepLogSmall(cluster);
  const before = await sizeOf(cluster.log);
  const { exitCode } = await run(
    join(binaries.folder, 'pg_ctl'),
    ['start', '-w', '-t', seconds, '-s', '-D', cluster.data, '-l', cluster.log],
    account,
  );
  return exitCode === 0 ? undefined : reasonIn(await readFrom(cluster.log, before));
}

/** Stops the server: clients are disconnected, everything is on the disk at the end. */
export async function stopServer(
  cluster: Cluster,
  binaries: Binaries,
  account: Account | undefined,
): Promise<void> {
  const stop = (mode: string) =>
    run(
      join(binaries.folder, 'pg_ctl'),
      ['stop', '-w', '-t', seconds, '-s', '-D', cluster.data, '-m', mode],
      account,
    );
  const { exitCode } = await stop('fast');
  if (exitCode !== 0 && (await serverPid(cluster)) !== undefined) await stop('immediate');
}

/** The error for a server that doesn't start, from the reason that its log gives. */
export function startError(cluster: Cluster, reason: string): StorageError {
  if (/No space left on device|Disk quota exceeded/.test(reason)) return diskFull(cluster.data);
  return new StorageError(
    'embedded_postgres_unavailable',
    `PostgreSQL doesn't start: ${reason}. Its log is ${cluster.log}.`,
  );
}

/** The process id in `postmaster.pid`, if that process exists. */
export async function serverPid(cluster: Cluster): Promise<number | undefined> {
  const text = await readFile(join(cluster.data, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  if (!(pid > 0)) return undefined;
  return (await isPostgres(pid)) ? pid : undefined;
}

/**
 * After a crash the number in `postmaster.pid` may by now be another program's (in a container it
 * mostly is) or a zombie's, and PostgreSQL would wait for it for ever. Only the number is replaced,
 * by one that no process can have: what follows it protects against orphaned children.
 */
async function setAsideStalePid(cluster: Cluster): Promise<void> {
  const path = join(cluster.data, 'postmaster.pid');
  const text = await readFile(path, 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  if (!(pid > 0) || (await isPostgres(pid))) return;
  await writeFile(path, text.replace(/^\d+/, '2147483647'));
}

async function isPostgres(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') {
    const { output } = await run('ps', ['-o', 'stat=,comm=', '-p', String(pid)]);
    return output.includes('postgres') && !output.startsWith('Z');
  }
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return /^Name:\s+postgres$/m.test(status) && !/^State:\s+[ZX]/m.test(status);
}

async function keepLogSmall(cluster: Cluster): Promise<void> {
  if ((await sizeOf(cluster.log)) > 1_000_000) await rename(cluster.log, `${cluster.log}.1`);
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

async function readFrom(path: string, position: number): Promise<string> {
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) return '';
  try {
    const buffer = Buffer.alloc(16_384);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

function reasonIn(log: string): string {
  const lines = log.split('\n').filter((line) => /(?:FATAL|PANIC|could not|error):?/i.test(line));
  const line = lines.find((each) => /FATAL|PANIC/.test(each)) ?? lines[0] ?? 'its log says nothing';
  return line.replace(/^.*?(?:FATAL|PANIC|ERROR|LOG):\s*/, '');
}
