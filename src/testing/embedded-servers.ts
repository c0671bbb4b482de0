import { chmod, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Connection, EmbeddedPostgres } from '../portal/storage/embedded-postgres.ts';
import { startEmbeddedPostgres } from '../portal/storage/embedded-postgres.ts';

export interface EmbeddedServers {
  /** A new folder that other accounts may pass through: as root, PostgreSQL has another. */
  readonly dataDir: string;
  readonly start: (folder?: string) => Promise<EmbeddedPostgres>;
  /** Stops what was started, and deletes the folder. */
  readonly remove: () => Promise<void>;
}

export async function makeEmbeddedServers(): Promise<EmbeddedServers> {
  const dataDir = await realpath(await mkdtemp(join(tmpdir(), 'gatehouse-embedded-')));
  await chmod(dataDir, 0o711);
  const running: EmbeddedPostgres[] = [];
  return {
    dataDir,
    async start(folder = dataDir) {
      const server = await startEmbeddedPostgres({ dataDir: folder });
      running.push(server);
      return server;
    },
    async remove() {
      for (const server of running) await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Asks one question on a connection of its own. */
export async function ask(connection: Connection, sql: string): Promise<unknown[]> {
  const client = new pg.Client(connection);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The number in `postmaster.pid`; undefined once the server has stopped. */
export async function postmasterPid(dataDir: string): Promise<number | undefined> {
  const path = join(dataDir, 'postgres', 'data', 'postmaster.pid');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : Number.parseInt(text, 10);
}
