import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { inject } from 'vitest';
import type { Database } from '../portal/storage/database.ts';
import { openDatabase } from '../portal/storage/database.ts';
import { templateName } from './template-server.ts';

export interface TestDatabase extends Database {
  /** For a portal that runs in a process of its own: GATEHOUSE_DATABASE_URL. */
  readonly url: string;
  /** Closes and deletes it. */
  readonly drop: () => Promise<void>;
}

/** A database of one's own, migrated and empty; about 50 ms. Drop it in `afterAll`. */
export async function createTestDatabase(
  options: { poolSize?: number } = {},
): Promise<TestDatabase> {
  const serverUrl = await askForServer();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(serverUrl, `create database ${name} template ${templateName}`);
  const url = serverUrl.replace('/postgres?', `/${name}?`);
  const database = await openDatabase({ url, dataDir: tmpdir(), poolSize: options.poolSize ?? 4 });
  const drop = async (): Promise<void> => {
    await database.close();
    await onServer(serverUrl, `drop database if exists ${name} with (force)`);
  };
  return { ...database, url, drop };
}

async function askForServer(): Promise<string> {
  const answer = await text(connect(inject('testDatabaseSocket')));
  if (answer.startsWith('failed: ')) throw new Error(`The tests' database ${answer}`);
  return answer;
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
