import { setTimeout as sleep } from 'node:timers/promises';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { DatabasePlace } from './database-error.ts';
import { databaseError, embeddedPlace, placeOf } from './database-error.ts';
import { askServer, requireServer } from './database-requirements.ts';
import type { EmbeddedPostgres } from './embedded-postgres.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import * as gateSchema from './gate-schema.ts';
import * as providerSchema from './provider-schema.ts';
import type { Listener } from './listener.ts';
import { createListener } from './listener.ts';
import { migrateDatabase } from './migrations.ts';
import type { Readiness } from './readiness.ts';
import { askReadiness } from './readiness.ts';
import * as portalSchema from './schema.ts';
import { errorCode } from './storage-error.ts';

const schema = { ...portalSchema, ...gateSchema, ...providerSchema };

export type Drizzle = NodePgDatabase<typeof schema>;
export type Transaction = Parameters<Parameters<Drizzle['transaction']>[0]>[0];

export interface Database {
  readonly pool: pg.Pool;
  readonly db: Drizzle;
  /** The server's version, for example "18.4". */
  readonly version: string;
  /**
   * Calls `onChange` for each NOTIFY on the channel, and with undefined when something may have been
   * missed (after a lost connection, and every 15 s): then compare a revision. Returns how to end it.
   */
  readonly listen: Listener['listen'];
  /** Whether reads and writes work now, and if not, why. For /readyz. Never throws. */
  readonly ping: () => Promise<Readiness>;
  /** Waits for running queries, disconnects, and stops the embedded server unless another uses it. */
  readonly close: () => Promise<void>;
}

export interface OpenDatabaseOptions {
  /** A server's address; without it the embedded one runs in `dataDir`. */
  url?: string | undefined;
  dataDir: string;
  log?: ((line: string) => void) | undefined;
  /** The most connections for queries at a time: 10. One more listens. */
  poolSize?: number | undefined;
}

/** Opens the database, brings its tables up to date, and keeps it open. Throws StorageError, in words for operators. */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const { url, dataDir, log = () => undefined } = options;
  const embedded = url === undefined ? await startEmbeddedPostgres({ dataDir, log }) : undefined;
  const config: pg.ClientConfig = {
    ...(embedded?.connection ?? { connectionString: url }),
    ...limits,
  };
  const place = url === undefined ? embeddedPlace(dataDir) : placeOf(url);
  try {
    const version = await prepare(config, place.name);
    return connected(config, { version, place, embedded, log, poolSize: options.poolSize ?? 10 });
  } catch (error) {
    await embedded?.stop();
    throw databaseError(error, place);
  }
}

const limits = {
  application_name: 'gatehouse',
  keepAlive: true,
  connectionTimeoutMillis: 5_000,
};
const queryLimits = {
  statement_timeout: 15_000,
  idle_in_transaction_session_timeout: 30_000,
  // A little longer: for a server that can't even say that it gave up.
  query_timeout: 20_000,
};

async function prepare(config: pg.ClientConfig, place: string): Promise<string> {
  const client = await connect(config);
  try {
    const version = requireServer(await askServer(client), place);
    await migrateDatabase(client);
    return version;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Waits for a server that is just starting; one that isn't there is said at once. */
async function connect(config: pg.ClientConfig): Promise<pg.Client> {
  for (const deadline = Date.now() + 30_000; ; await sleep(250)) {
    const client = new pg.Client(config);
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (errorCode(error) !== '57P03' || Date.now() > deadline) throw error;
    }
  }
}

interface Circumstances {
  version: string;
  place: DatabasePlace;
  embedded: EmbeddedPostgres | undefined;
  log: (line: string) => void;
  poolSize: number;
}

function connected(config: pg.ClientConfig, around: Circumstances): Database {
  const { version, place, embedded, log, poolSize } = around;
  const pool = new pg.Pool({ ...config, ...queryLimits, max: poolSize, idleTimeoutMillis: 30_000 });
  // An idle connection broke: the pool drops it and makes another when one is needed.
  pool.on('error', (error) => log(databaseError(error, place).message));
  // One broke that is in use: its query is told, and nobody else has to be.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const listener = createListener(config, 15_000);
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await listener.close();
    await pool.end();
    await embedded?.stop();
  };
  return {
    pool,
    db: drizzle({ client: pool, schema }),
    version,
    listen: (channel, onChange) => listener.listen(channel, onChange),
    ping: () => askReadiness(pool, place, embedded?.folder),
    close: () => (closing ??= close()),
  };
}
