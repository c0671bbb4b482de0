import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { oneGroupEach, groupId } from '../../testing/bare-portal.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { apiClientId, clientId, tenantId } from '../../testing/token-issuer.ts';
import { migrateDatabase } from '../storage/migrations.ts';
import { readProviders } from './provider-store.ts';

const shipped = fileURLToPath(new URL('../storage/migrations', import.meta.url));
let database: TestDatabase;
let folder: string;
let client: pg.Client;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-providers-'));
  database = await createTestDatabase();
  await database.pool.query(
    'drop schema drizzle cascade; drop schema public cascade; create schema public',
  );
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

it('who could sign in before an upgrade can after it, and what waited still waits', async () => {
  await cp(shipped, folder, { recursive: true });
  const journal = join(folder, 'meta', '_journal.json');
  const all = JSON.parse(await readFile(journal, 'utf8')) as { entries: { idx: number }[] };
  const before = all.entries.filter(({ idx }) => idx <= 4);
  await writeFile(journal, JSON.stringify({ ...all, entries: before }));
  await migrateDatabase(client, folder);
  const portalAccess = oneGroupEach({ admin: groupId(1) });
  await client.query(
    `insert into providers (type, status, tenant_id, client_id, api_client_id, portal_access, created_at)
     values ('spa', 'active', $1, $2, $3, null, '2026-01-01'),
            ('spa', 'candidate', $1, $3, $3, $4, '2026-02-01')`,
    [tenantId, clientId, apiClientId, JSON.stringify(portalAccess)],
  );
  await migrateDatabase(client);
  const registration = { type: 'spa', name: 'Microsoft', tenantId, apiClientId };
  expect((await readProviders(database.db)).map(({ row }) => row)).toMatchObject([
    { status: 'active', isPrimary: true, verified: { ...registration, clientId }, draft: null },
    {
      status: 'unverified',
      isPrimary: false,
      verified: null,
      draft: { ...registration, clientId: apiClientId },
      draftPortalAccess: portalAccess,
    },
  ]);
});
