import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { importReport } from '../../contract/inventory-import.ts';
import { csv } from '../../testing/sensor-rows.ts';
import { sampleRows } from '../../testing/sample-inventory.ts';
import { settingBody } from '../../testing/sample-setting.ts';
import {
  mapping,
  portalGroups,
  startTestPortal,
  type Api,
  type ApiAnswer,
  type TestPortal,
} from '../../testing/test-portal.ts';

let portal: TestPortal;
let admin: Api;
const body = csv(sampleRows);
const file = { body, type: 'text/csv' };

beforeAll(async () => {
  portal = await startTestPortal();
  admin = await portal.as(portalGroups.admin);
});
afterAll(() => portal.close());

const other = '20000000-0000-4000-8000-000000000009';

async function setAdmin(
  client: { query: (sql: string, values?: unknown[]) => Promise<unknown> },
  group: string,
) {
  await client.query('update portal_access set permissions = $1', [
    JSON.stringify(mapping({ admin: [group] })),
  ]);
  await client.query("update state_revisions set value = value + 1 where name = 'access'");
  await client.query("select pg_notify('gatehouse', 'access')");
}

async function beAdmin(): Promise<void> {
  await setAdmin(portal.database.pool, portalGroups.admin);
  await vi.waitFor(async () => expect((await admin('GET', '/me')).status).toBe(200));
}
beforeEach(beAdmin);

/** Sends a change while another has its turn, which takes the sender's role away. */
async function overtaken(send: () => Promise<ApiAnswer>): Promise<ApiAnswer> {
  const client = await portal.database.pool.connect();
  try {
    await client.query('begin');
    await client.query('select * from state_revisions for update');
    const answer = send();
    await vi.waitFor(async () => {
      const { rows } = await client.query(
        "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      expect(rows).toHaveLength(1);
    });
    await setAdmin(client, other);
    await client.query('commit');
    return await answer;
  } finally {
    client.release();
  }
}

describe('somebody whose role goes while their change waits', () => {
  it('imports nothing', async () => {
    const preview = await admin('POST', '/inventory/imports/preview', file);
    const { revision } = importReport.parse(preview.body);
    const answer = await overtaken(() =>
      admin('POST', '/inventory/imports', { ...file, ifMatch: revision }),
    );
    expect(answer).toMatchObject({
      status: 403,
      body: { code: 'forbidden', details: { permission: 'inventory.import' } },
    });
    const { rows } = await portal.database.pool.query('select id from sites');
    expect(rows).toEqual([]);
  });

  it('changes neither portal access nor settings', async () => {
    const permissions = mapping({ admin: [portalGroups.admin] });
    const { etag } = await admin('GET', '/portal-access');
    const access = await overtaken(() =>
      admin('PUT', '/portal-access', { body: { permissions }, ifMatch: etag ?? '' }),
    );
    expect(access).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    await beAdmin();
    const targets = [{ kind: 'site' as const, id: other }];
    const setting = await overtaken(() =>
      admin('POST', '/sso-settings', { body: settingBody({ targets }) }),
    );
    expect(setting).toMatchObject({ status: 422, body: { code: 'invalid_targets' } });
  });
});
