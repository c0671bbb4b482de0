import pg from 'pg';
import { openDatabase } from '../portal/storage/database.ts';
import type { Connection } from '../portal/storage/embedded-postgres.ts';
import { startEmbeddedPostgres } from '../portal/storage/embedded-postgres.ts';

export const templateName = 'gatehouse_template';

export interface TemplateServer {
  /** The address of its database `postgres`, as the role that the portal has. */
  url: string;
  stop: () => Promise<void>;
}

/** Starts a server in `dataDir` with an empty, migrated database to copy. */
export async function startTemplateServer(dataDir: string): Promise<TemplateServer> {
  const server = await startEmbeddedPostgres({ dataDir });
  try {
    const superuser = new pg.Client(server.superuser);
    await superuser.connect();
    // Nobody misses these databases after a power cut.
    await superuser.query('alter system set fsync = off');
    await superuser.query('select pg_reload_conf()');
    await superuser.query('alter role gatehouse createdb');
    await superuser.query(`create database ${templateName} owner gatehouse`);
    await superuser.end();
    const url = urlOf(server.connection, templateName);
    await (await openDatabase({ url, dataDir })).close();
    return { url: urlOf(server.connection, 'postgres'), stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** The address of a database behind a Unix socket, as GATEHOUSE_DATABASE_URL takes it. */
export function urlOf(connection: Connection, database: string): string {
  const { user, password, host } = connection;
  return `postgresql://${user}:${encodeURIComponent(password)}@localhost/${database}?host=${encodeURIComponent(host)}`;
}
