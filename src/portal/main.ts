import { pino, type Logger } from 'pino';
import { ConfigError } from '../server/read-variables.ts';
import { watchTlsFiles, type TlsFiles } from '../server/tls-files.ts';
import { TlsError } from '../server/tls-pair.ts';
import { createPortal, type PortalOptions } from './app.ts';
import { appendAudit } from './audit/append.ts';
import { readConfig, transportNames, type Config } from './config.ts';
import { environmentRegistration } from './providers/environment-registration.ts';
import { hasActiveProvider } from './providers/active-providers.ts';
import { makeRecoveryLink } from './sessions/recovery-link.ts';
import { openDatabase, type Database } from './storage/database.ts';
import { openSecrets } from './storage/secret-source.ts';
import { errorCode, StorageError } from './storage/storage-error.ts';

/** The portal can't start: `message` says in plain words why, and what to do. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

export interface StartOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Told what takes long at the start, a line each. Absent: it is logged. */
  readonly log?: (line: string) => void;
  /** The folder of the built page; absent: where the build puts it. */
  readonly pageFolder?: URL;
}

export interface RunningPortal {
  /** Where browsers find it. */
  readonly origin: string;
  /** While no provider has been set up: the way in (R17). */
  readonly recoveryLink: string | null;
  readonly database: Database;
  /** Answers what is under way, then stops; the embedded database with it. */
  close(): Promise<void>;
}

/** Starts the portal: configuration, database, application, port. Throws StartError. */
export async function startPortal({ env, log, pageFolder }: StartOptions): Promise<RunningPortal> {
  const config = inWords(() => readConfig(env));
  const logger = pino({ level: config.logLevel });
  const tls = await openTls(config, logger);
  const database = await openPortalDatabase(config, log ?? ((line) => logger.info(line)));
  try {
    const secrets = await openSecrets(config, database, (message) => logger.error(message));
    return await listen({
      config,
      database,
      secrets,
      logger,
      tls,
      ...(pageFolder === undefined ? {} : { pageFolder }),
    });
  } catch (error) {
    tls?.close();
    await database.close();
    throw plain(error, config);
  }
}

/** Makes a recovery link on a running or a stopped portal's database: `gatehouse recover`. */
export function createRecoveryLink(
  database: Pick<Database, 'db'>,
  publicUrl: string,
  now: () => Date = () => new Date(),
): Promise<string> {
  return makeRecoveryLink({ database, publicUrl, appendAudit, now });
}

/** Milliseconds for answers under way; a connection that says nothing would hold the end up. */
const closingPatience = 5_000;

async function listen(options: PortalOptions): Promise<RunningPortal> {
  const { config, database } = options;
  const app = await createPortal(options);
  try {
    // Thousands of gates connect at once when the portal is back; the system may grant fewer.
    await app.listen({ host: config.host, port: config.port, backlog: 4096 });
    const provided =
      environmentRegistration(config.entra) !== null || (await hasActiveProvider(database));
    const recoveryLink = provided ? null : await createRecoveryLink(database, config.publicUrl);
    let closing: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      const impatient = setTimeout(() => app.server.closeAllConnections(), closingPatience);
      await app.close().finally(() => clearTimeout(impatient));
      options.tls?.close();
      await database.close();
    };
    return {
      origin: config.publicUrl,
      recoveryLink,
      database,
      close: () => (closing ??= close()),
    };
  } catch (error) {
    await app.close();
    throw error;
  }
}

async function openTls(config: Config, log: Logger): Promise<TlsFiles | null> {
  if (config.tls === null) return null;
  try {
    const { hostname } = new URL(config.publicUrl);
    return await watchTlsFiles({ ...config.tls, variables: transportNames, hostname, log });
  } catch (error) {
    if (error instanceof TlsError) throw new StartError(error.message, { cause: error });
    throw error;
  }
}

async function openPortalDatabase(config: Config, log: (line: string) => void): Promise<Database> {
  try {
    return await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir, log });
  } catch (error) {
    throw plain(error, config);
  }
}

function inWords<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigError) throw new StartError(error.message, { cause: error });
    throw error;
  }
}

function plain(error: unknown, { host, port }: Config): unknown {
  if (error instanceof StorageError) return new StartError(error.message, { cause: error });
  const place = `${host}:${port}`;
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return new StartError(
        `Something else already listens on ${place}. Stop it, or set GATEHOUSE_PORT to another port.`,
        { cause: error },
      );
    case 'EACCES':
      return new StartError(
        `This account may not listen on ${place}. Set GATEHOUSE_PORT to a port above 1023.`,
        { cause: error },
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(
        `This machine has no address ${host}. Set GATEHOUSE_HOST to one that it has, such as 127.0.0.1.`,
        { cause: error },
      );
    default:
      return error;
  }
}
