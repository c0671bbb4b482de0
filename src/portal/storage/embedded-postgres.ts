import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { fileError, prepareDataDirectory, requireFreeSpace } from './data-directory.ts';
import { ensurePortalDatabase, portalDatabase } from './portal-database.ts';
import { databaseAccount } from './postgres-account.ts';
import { findBinaries } from './postgres-binaries.ts';
import { clusterFolder, openCluster } from './postgres-cluster.ts';
import { databaseHome, recordedHome } from './postgres-home.ts';
import type { Server } from './postgres-process.ts';
import { mayPass, serverPid, startError, startServer, stopServer } from './postgres-process.ts';
import { writeSettings } from './postgres-settings.ts';
import { removeSocketFolder, socketFolder } from './postgres-socket.ts';
import { errorCode, reasonOf, StorageError } from './storage-error.ts';

/** How to connect: `host` is the folder of a Unix socket. */
export interface Connection {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
}

export interface EmbeddedPostgres {
  connection: Connection;
  /** For making further databases; the portal itself works as an ordinary role. */
  superuser: Connection;
  version: string;
  /** The folder whose disk the database needs space on. */
  folder: string;
  /** Stops the server, unless another process still uses it. */
  stop(this: void): Promise<void>;
}

// Any number does, as long as every version of Gatehouse uses the same.
const usersLock = 7_404_001;
const patience = 60_000;
const mostFailures = 6;

/**
 * Starts the PostgreSQL that comes with Gatehouse on the state in `dataDir`, or adopts the one that
 * is running there (it outlives a portal that is killed). Starts it again when it dies.
 * Throws a StorageError that says in plain words what is in the way.
 */
export async function startEmbeddedPostgres(options: {
  dataDir: string;
  log?: (line: string) => void;
}): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined);
  const server = await prepare(options.dataDir, log);
  const use = await holdServer(server, log);
  return {
    connection: connectionTo(server, 'gatehouse', server.cluster.passwords.portal, portalDatabase),
    superuser: superuserOf(server),
    version: server.binaries.version,
    folder: server.cluster.data,
    stop: use.release,
  };
}

async function prepare(dataDir: string, log: (line: string) => void): Promise<Server> {
  await prepareDataDirectory(dataDir);
  try {
    // One name, whichever way it was reached: a running server is known by it.
    const folder = await realpath(dataDir);
    const before = (await recordedHome(folder)) ?? folder;
    const account = await databaseAccount(join(clusterFolder(before), 'data'));
    const home = await databaseHome(folder, account, log);
    const binaries = await findBinaries(home, account);
    const cluster = await openCluster(home, binaries, account);
    return { cluster, binaries, account, socketFolder: await socketFolder(cluster, account) };
  } catch (error) {
    throw fileError(error, dataDir);
  }
}

function connectionTo(
  server: Server,
  user: string,
  password: string,
  database: string,
): Connection {
  return { host: server.socketFolder, port: 5432, user, password, database };
}

function superuserOf(server: Server): Connection {
  return connectionTo(server, 'postgres', server.cluster.passwords.superuser, 'postgres');
}

/**
 * Keeps one connection with a shared lock for as long as this process uses the server: that is how
 * the processes that share one know of each other. When it breaks, the server is started again.
 */
async function holdServer(
  server: Server,
  log: (line: string) => void,
): Promise<{ release: () => Promise<void> }> {
  const released = new AbortController();
  let holder: pg.Client | undefined;
  let restoring: Promise<void> | undefined;

  const watch = (client: pg.Client): void => {
    holder = client;
    client.once('end', () => {
      if (released.signal.aborted) return;
      holder = undefined;
      log('The database has gone away; starting it again.');
      restoring = restore();
    });
  };
  const restore = async (): Promise<void> => {
    let said = '';
    for (let pause = 250; !released.signal.aborted; pause = Math.min(pause * 2, 5_000)) {
      try {
        watch(await connectOrStart(server));
        log('The database is back.');
        return;
      } catch (error) {
        if (reasonOf(error) !== said) log((said = reasonOf(error)));
        await sleep(pause, undefined, { signal: released.signal }).catch(() => undefined);
      }
    }
  };
  const release = async (): Promise<void> => {
    if (released.signal.aborted) return;
    released.abort();
    await restoring;
    await leave(server, holder);
  };

  const first = await connectOrStart(server);
  try {
    await ensurePortalDatabase(first, server.cluster.passwords.portal);
  } catch (error) {
    await leave(server, first);
    throw error;
  }
  watch(first);
  return { release };
}

/** Connects to the server; starts it where none answers. */
async function connectOrStart(server: Server): Promise<pg.Client> {
  const deadline = Date.now() + patience;
  let reason = 'it does not answer';
  for (let failures = 0; Date.now() < deadline && failures < 6;) {
    const attempt = await connect(server);
    if (attempt instanceof pg.Client) return attempt;
    if (attempt === 'wait') {
      await sleep(50);
      continue;
    }
    await requireFreeSpace(server.cluster.data, 16);
    await writeSettings(server.cluster, server.socketFolder, server.account);
    const failure = await startServer(server);
    if (failure === undefined) continue;
    reason = failure;
    // Unless another portal is starting or stopping it.
    if ((await serverPid(server.cluster)) === undefined) failures += mayPass(reason) ? 1 : 3;
    await sleep(failures < mostFailures ? 500 : 0);
  }
  throw startError(server.cluster, reason);
}

async function connect(server: Server): Promise<pg.Client | 'wait' | 'start'> {
  const client = new pg.Client({
    ...superuserOf(server),
    application_name: 'gatehouse (keeps the server running)',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await requireOwnData(client, server);
    // Waits while another process stops the server, and fails with it.
    await client.query('select pg_advisory_lock_shared($1)', [usersLock]);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    return whatNext(error, server);
  }
}

async function whatNext(error: unknown, server: Server): Promise<'wait' | 'start'> {
  const code = errorCode(error);
  if (error instanceof StorageError) throw error;
  // Starting up, shutting down, disconnected by a shutdown, no connection free at the moment.
  if (code !== undefined && ['57P03', '57P01', '57P02', '53300'].includes(code)) return 'wait';
  if (code === '28P01' || code === '28000') {
    throw new StorageError(
      'database_authentication_failed',
      `The database in ${server.cluster.folder} refuses the password in passwords.json beside it: they ` +
        'are not of the same backup. Restore both together.',
      { cause: error },
    );
  }
  if (code === 'EACCES') throw fileError(error, server.socketFolder);
  return 'start';
}

/** A copied data directory may name the socket of the one that it was copied from. */
async function requireOwnData(client: pg.Client, server: Server): Promise<void> {
  const { rows } = await client.query<{ folder: string }>(
    `select current_setting('data_directory') as folder`,
  );
  const running = await realpath(rows[0]?.folder ?? '').catch(() => '');
  if (running === (await realpath(server.cluster.data))) return;
  server.socketFolder = await socketFolder(server.cluster, server.account, { another: true });
  throw new Error('this is the server of another data directory');
}

async function leave(server: Server, holder: pg.Client | undefined): Promise<void> {
  if (!holder) return;
  try {
    await holder.query('select pg_advisory_unlock_shared($1)', [usersLock]);
    const { rows } = await holder.query<{ last: boolean }>(
      'select pg_try_advisory_lock($1) as last',
      [usersLock],
    );
    if (!rows[0]?.last) return;
    await stopServer(server);
    await removeSocketFolder(server.cluster, server.socketFolder);
  } catch {
    // The server has gone by itself: there is nothing left to stop.
  } finally {
    await holder.end().catch(() => undefined);
  }
}
