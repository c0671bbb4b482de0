import type pg from 'pg';
import { readOnly } from './database-error.ts';
import { StorageError } from './storage-error.ts';

interface ServerFacts {
  version: string;
  versionNumber: number;
  encoding: string;
  readOnly: boolean;
}

const oldest = 14;

/** Throws unless Gatehouse can work on this server; returns the server's version. */
export function requireServer(facts: ServerFacts, place: string): string {
  if (facts.versionNumber < oldest * 10_000) {
    throw new StorageError(
      'database_too_old',
      `The database ${place} is PostgreSQL ${facts.version}; Gatehouse needs ${oldest} or newer. Upgrade ` +
        'the server, or leave GATEHOUSE_DATABASE_URL out to use the PostgreSQL that comes with Gatehouse.',
    );
  }
  if (facts.encoding !== 'UTF8') {
    throw new StorageError(
      'database_wrong_encoding',
      `The database ${place} is encoded as ${facts.encoding}; Gatehouse needs UTF8. Create another with ` +
        'createdb --encoding=UTF8 --template=template0.',
    );
  }
  if (facts.readOnly) throw new StorageError('database_read_only', readOnly(place));
  return facts.version;
}

export async function askServer(client: pg.Client): Promise<ServerFacts> {
  const { rows } = await client.query<ServerFacts>(`
    select split_part(current_setting('server_version'), ' ', 1) as version,
           current_setting('server_version_num')::int as "versionNumber",
           current_setting('server_encoding') as encoding,
           pg_is_in_recovery() or current_setting('transaction_read_only')::bool as "readOnly"`);
  const facts = rows[0];
  if (!facts) throw new Error('the server says nothing about itself');
  return facts;
}
