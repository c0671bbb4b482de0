import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../../testing/test-database.ts';
import { createTestDatabase } from '../../testing/test-database.ts';
import { openDatabase } from './database.ts';
import drizzleConfig from './drizzle.config.ts';
import { migrateDatabase } from './migrations.ts';

const run = promisify(execFile);

let database: TestDatabase;
let folder: string;
let clients: pg.Client[];

beforeEach(async () => {
  clients = [];
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-migrations-'));
  database = await createTestDatabase();
  // As it was before Gatehouse first saw it.
  await database.pool.query(
    'drop schema drizzle cascade; drop schema public cascade; create schema public',
  );
});
afterEach(async () => {
  for (const client of clients) await client.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  clients.push(client);
  return client;
}

/** Writes migrations as drizzle-kit lays them out. */
async function write(...statements: string[]): Promise<void> {
  await mkdir(join(folder, 'meta'), { recursive: true });
  const entries = statements.map((_, idx) => ({
    idx,
    when: 1_000 + idx,
    tag: `m${idx}`,
    breakpoints: true,
  }));
  await writeFile(join(folder, 'meta', '_journal.json'), JSON.stringify({ entries }));
  for (const [idx, sql] of statements.entries()) await writeFile(join(folder, `m${idx}.sql`), sql);
}

describe('migrateDatabase', () => {
  it('brings an empty database up to date, once, however many start at a time', async () => {
    await write('create table a (id int)', 'alter table a add column b int');
    const instances = await Promise.all([connect(), connect(), connect()]);
    await Promise.all(instances.map((client) => migrateDatabase(client, folder)));
    const { rows } = await database.pool.query(
      'select count(*)::int as count from drizzle.__drizzle_migrations',
    );
    expect(rows).toEqual([{ count: 2 }]);
    await write(
      'create table a (id int)',
      'alter table a add column b int',
      'create table c (id int)',
    );
    await migrateDatabase(await connect(), folder);
    await expect(database.pool.query('select b from a, c')).resolves.toMatchObject({ rows: [] });
  });

  it('changes nothing when one fails', async () => {
    await write('create table a (id int)', 'alter table missing add column b int');
    await expect(migrateDatabase(await connect(), folder)).rejects.toMatchObject({
      code: 'migration_failed',
      message: expect.stringContaining('relation "missing" does not exist'),
    });
    const { rows } = await database.pool.query(`select to_regclass('a') as a`);
    expect(rows).toEqual([{ a: null }]);
  });

  it('refuses a database of a newer program', async () => {
    await write('create table a (id int)', 'create table b (id int)');
    await migrateDatabase(await connect(), folder);
    await write('create table a (id int)');
    await expect(migrateDatabase(await connect(), folder)).rejects.toMatchObject({
      code: 'database_newer_than_program',
    });
  });

  it('refuses a database of another build', async () => {
    await write('create table a (id int)');
    await migrateDatabase(await connect(), folder);
    await write('create table a (id bigint)', 'create table b (id int)');
    await expect(migrateDatabase(await connect(), folder)).rejects.toMatchObject({
      code: 'migration_failed',
    });
  });

  it('needs no right to create where there is nothing to do', async () => {
    await write('create table a (id int)');
    await migrateDatabase(await connect(), folder);
    const reader = await connect();
    await reader.query(`set default_transaction_read_only = on`);
    await expect(migrateDatabase(reader, folder)).resolves.toBeUndefined();
  });

  it('says which right is missing', async () => {
    const { rows } = await database.pool.query<{ name: string }>(
      'select current_database() as name',
    );
    await database.pool.query(`revoke create on database ${rows[0]?.name} from public, gatehouse`);
    await expect(openDatabase({ url: database.url, dataDir: folder })).rejects.toMatchObject({
      code: 'database_permission_denied',
      message: expect.stringContaining('OWNER TO'),
    });
  });
});

describe('the migrations that ship', () => {
  it('stand in the order of their times: drizzle skips one that is older than the last', async () => {
    const journal = await readFile(
      new URL('migrations/meta/_journal.json', import.meta.url),
      'utf8',
    );
    const { entries } = JSON.parse(journal) as { entries: { when: number }[] };
    const times = entries.map((entry) => entry.when);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  });

  it('make every table as the schema has it: there is nothing to generate', async () => {
    const out = join(folder, 'migrations');
    await cp(new URL('migrations', import.meta.url), out, { recursive: true });
    const before = await readdir(out);
    const root = fileURLToPath(new URL('../../..', import.meta.url));
    const config = join(folder, 'drizzle.config.json');
    await writeFile(config, JSON.stringify({ ...drizzleConfig, out: relative(root, out) }));
    const drizzleKit = join(root, 'node_modules/drizzle-kit/bin.cjs');
    const generate = [drizzleKit, 'generate', '--config', relative(root, config)];
    const { stdout } = await run(process.execPath, generate, { cwd: root });
    expect(stdout).toContain('gate_enrolments');
    expect(stdout).toContain('No schema changes');
    expect(await readdir(out)).toEqual(before);
  });
});
