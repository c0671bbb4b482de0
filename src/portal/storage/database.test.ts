import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TestDatabase } from '../../testing/test-database.ts';
import { createTestDatabase } from '../../testing/test-database.ts';
import { openDatabase } from './database.ts';
import { requireServer } from './database-requirements.ts';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await database.drop();
});

function open(url: string): Promise<unknown> {
  return openDatabase({ url, dataDir: '/nowhere' }).then((opened) => opened.close());
}

/** The address of the test database with something else in it. */
function urlWith(change: (url: URL) => void): string {
  const url = new URL(database.url);
  change(url);
  return url.href;
}

describe('openDatabase, refused in words', () => {
  it('where nothing answers', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    const { port } = await new Promise<AddressInfo>((resolve) => {
      server.once('listening', () => resolve(server.address() as AddressInfo));
    });
    await new Promise((resolve) => server.close(resolve));
    await expect(open(`postgresql://me:hunter2@127.0.0.1:${port}/gatehouse`)).rejects.toMatchObject(
      {
        code: 'database_unreachable',
        message: `The database 127.0.0.1:${port}/gatehouse can't be reached: nothing answers there. Is PostgreSQL running? Check GATEHOUSE_DATABASE_URL.`,
      },
    );
  });

  it('where something else answers', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(
      0,
      '127.0.0.1',
    );
    const { port } = await new Promise<AddressInfo>((resolve) => {
      server.once('listening', () => resolve(server.address() as AddressInfo));
    });
    await expect(open(`postgresql://me@127.0.0.1:${port}/gatehouse`)).rejects.toMatchObject({
      code: 'database_unreachable',
    });
    server.close();
  });

  it('where the host name is unknown', async () => {
    await expect(open('postgresql://me@gatehouse.invalid/gatehouse')).rejects.toMatchObject({
      code: 'database_unreachable',
      message: expect.stringContaining("that host name isn't known"),
    });
  });

  it('with a wrong password, which it does not show', async () => {
    const refused = open(urlWith((url) => (url.password = 'hunter2')));
    await expect(refused).rejects.toMatchObject({
      code: 'database_authentication_failed',
      message: expect.not.stringContaining('hunter2'),
    });
  });

  it('where the database is missing', async () => {
    await expect(open(urlWith((url) => (url.pathname = '/nothing')))).rejects.toMatchObject({
      code: 'database_missing',
      message: expect.stringContaining('createdb'),
    });
  });

  it('where the database is not in UTF-8', async () => {
    const name = `ascii_${Date.now()}`;
    await database.pool.query(
      `create database ${name} template template0 encoding SQL_ASCII locale 'C'`,
    );
    await expect(open(urlWith((url) => (url.pathname = `/${name}`)))).rejects.toMatchObject({
      code: 'database_wrong_encoding',
    });
    await database.pool.query(`drop database ${name}`);
  });

  it('where the database only reads', async () => {
    const { rows } = await database.pool.query<{ name: string }>(
      'select current_database() as name',
    );
    await database.pool.query(
      `alter database ${rows[0]?.name} set default_transaction_read_only = on`,
    );
    await expect(open(database.url)).rejects.toMatchObject({ code: 'database_read_only' });
  });

  it('where the server is too old', () => {
    const facts = { version: '13.21', versionNumber: 130_021, encoding: 'UTF8', readOnly: false };
    expect(() => requireServer(facts, 'db:5432/gatehouse')).toThrow(
      /db:5432\/gatehouse is PostgreSQL 13\.21; Gatehouse needs 14 or newer/,
    );
    expect(requireServer({ ...facts, version: '14.0', versionNumber: 140_000 }, 'db')).toBe('14.0');
  });
});

describe('ping', () => {
  it('tells when the database goes away and when it is back', async () => {
    expect(await database.ping()).toEqual({ ready: true });
    const { rows } = await database.pool.query<{ name: string }>(
      'select current_database() as name',
    );
    const name = rows[0]?.name ?? '';
    const elsewhere = new pg.Client({
      connectionString: urlWith((url) => (url.pathname = '/postgres')),
    });
    await elsewhere.connect();
    // Everybody is thrown out, the pool's idle connections too, and nobody gets in.
    await elsewhere.query(`alter database ${name} with allow_connections false`);
    await elsewhere.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
      [name],
    );
    await vi.waitFor(async () => expect(await database.ping()).toMatchObject({ ready: false }));
    await elsewhere.query(`alter database ${name} with allow_connections true`);
    await elsewhere.end();
    await vi.waitFor(async () => expect(await database.ping()).toEqual({ ready: true }));
  });
});

describe('listen', () => {
  it('hears of changes, and of a gap when its connection was lost', async () => {
    const heard: (string | undefined)[] = [];
    const stop = await database.listen('changes', (payload) => heard.push(payload));
    await database.listen('other', () => heard.push('other'));
    // The first is undefined: what was changed before it listened?
    await vi.waitFor(() => expect(heard).toContain(undefined));
    await database.pool.query(`notify changes, 'one'`);
    await vi.waitFor(() => expect(heard).toContain('one'));
    heard.length = 0;
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and query ilike 'listen%' and pid <> pg_backend_pid()`,
    );
    await vi.waitFor(
      () => expect(heard).toEqual(expect.arrayContaining([undefined, 'other'])),
      10_000,
    );
    await database.pool.query(`notify changes, 'two'`);
    await vi.waitFor(() => expect(heard).toContain('two'));
    stop();
    heard.length = 0;
    await database.pool.query(`notify changes, 'three'`);
    await database.pool.query(`notify other`);
    await vi.waitFor(() => expect(heard).toEqual(['other']));
  });
});

describe('close', () => {
  it('waits for what is running, and may be called twice', async () => {
    const running = database.pool.query('select pg_sleep(0.2)');
    await Promise.all([database.close(), database.close()]);
    await expect(running).resolves.toBeDefined();
  });
});
