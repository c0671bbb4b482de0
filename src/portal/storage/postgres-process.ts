import { readFileSync, writeFileSync } from 'node:fs';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { diskFull } from './data-directory.ts';
import type { Account } from './postgres-account.ts';
import { run } from './postgres-account.ts';
import type { Binaries } from './postgres-binaries.ts';
import type { Cluster } from './postgres-cluster.ts';
import { StorageError } from './storage-error.ts';

/** A database, and what runs it. */
export interface Server {
  cluster: Cluster;
  binaries: Binaries;
  account: Account | undefined;
  socketFolder: string;
}

const patience = 60_000;

/**
 * Starts the server and waits until it accepts connections. `pg_ctl` puts it in a session of its
 * own, so that Ctrl-C doesn't take it from under a portal that is still closing. Resolves to why it
 * didn't start: another portal may just be starting the same one, so that is for the caller to judge.
 */
export async function startServer({
  cluster,
  socketFolder,
  binaries,
  account,
}: Server): Promise<string | undefined> {
  await setAsideStalePid(pidFile(cluster), cluster);
  await setAsideStalePid(join(socketFolder, '.s.PGSQL.5432.lock'), cluster);
  await keepLogSmall(cluster);
  const before = await sizeOf(cluster.log);
  const { exitCode } = await run(
    join(binaries.folder, 'pg_ctl'),
    ['start', '-w', '-t', String(patience / 1_000), '-s', '-D', cluster.data, '-l', cluster.log],
    account,
  );
  return exitCode === 0 ? undefined : reasonIn(await readFrom(cluster.log, before));
}

/**
 * Stops the server: clients are disconnected, everything is on the disk at the end. By its process
 * id, not by `pg_ctl stop`: that would go on to stop the one that another portal starts at once.
 */
export async function stopServer({ cluster }: Server): Promise<void> {
  const pid = await serverPid(cluster);
  if (pid === undefined) return;
  process.kill(pid, 'SIGINT');
  for (const deadline = Date.now() + patience; await isServer(pid, cluster); await sleep(20)) {
    // "Immediate": as after a power cut, what was acknowledged is recovered at the next start.
    if (Date.now() > deadline) return void process.kill(pid, 'SIGQUIT');
  }
}

/** The error for a server that doesn't start, from the reason that its log gives. */
export function startError(cluster: Cluster, reason: string): StorageError {
  if (/No space left on device|Disk quota exceeded/.test(reason)) return diskFull(cluster.data);
  return new StorageError(
    'embedded_postgres_unavailable',
    `PostgreSQL doesn't start: ${reason}. Its log is ${cluster.log}.`,
  );
}

/** The process id in `postmaster.pid`, if the server of this database has it. */
export async function serverPid(cluster: Cluster): Promise<number | undefined> {
  const pid = Number.parseInt(await readFile(pidFile(cluster), 'utf8').catch(() => ''), 10);
  return (await isServer(pid, cluster)) ? pid : undefined;
}

function pidFile(cluster: Cluster): string {
  return join(cluster.data, 'postmaster.pid');
}

/**
 * After a crash the number in a lock file may by now be another program's (in a container it mostly
 * is) or a zombie's, and PostgreSQL would wait for it for ever. Only the number is replaced, by one
 * that no process can have: what follows it protects against orphaned children.
 */
async function setAsideStalePid(lockFile: string, cluster: Cluster): Promise<void> {
  const text = await readFile(lockFile, 'utf8').catch(() => '');
  if (text === '' || (await isServer(Number.parseInt(text, 10), cluster))) return;
  // At once: another portal may just have started the server, whose number must stay.
  if (readFileSync(lockFile, { encoding: 'utf8' }) !== text) return;
  writeFileSync(lockFile, text.replace(/^\d+/, '2147483647'));
}

/** A zombie has no command line any more. */
async function isServer(pid: number, cluster: Cluster): Promise<boolean> {
  if (!(pid > 0)) return false;
  const command =
    process.platform === 'linux'
      ? await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
      : (await run('ps', ['-o', 'args=', '-p', String(pid)])).output;
  return command.includes(cluster.data);
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

/** The line that says why, else all of the few that a server prints before it has a log. */
function reasonIn(log: string): string {
  const lines = log.split('\n').map((line) => line.trim());
  const fatal = lines.find((line) => /FATAL|PANIC/.test(line));
  const reason = fatal?.replace(/^.*?(?:FATAL|PANIC):\s*/, '') ?? lines.slice(-4).join(' ');
  return reason.trim() || 'its log says nothing';
}

/** Whether trying again may help: the processes of a killed server are not all gone yet. */
export function mayPass(reason: string): boolean {
  return /lock file|shared memory/.test(reason);
}
