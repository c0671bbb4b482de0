import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importReport, inventoryFileLimit } from '../../contract/inventory-import.ts';
import { listSensors } from '../../contract/inventory.ts';
import { csv, type Cells } from '../../testing/sensor-rows.ts';
import {
  portalGroups,
  startTestPortal,
  type Api,
  type TestPortal,
} from '../../testing/test-portal.ts';
import { auditEvents } from '../storage/schema.ts';

const type = 'text/csv';
const path = '/inventory/imports';

let portal: TestPortal;
let admin: Api;
let analyst: Api;

beforeAll(async () => {
  portal = await startTestPortal();
  admin = await portal.as(portalGroups.admin);
  analyst = await portal.as(portalGroups.securityAnalyst);
});
afterAll(() => portal.close());
beforeEach(async () => {
  const { pool } = portal.database;
  await pool.query('truncate sensors, zones, sites cascade');
  await pool.query("update state_revisions set value = value + 1 where name = 'inventory'");
  await pool.query("select pg_notify('gatehouse', 'inventory')");
});

async function preview(body: string | Buffer, query = '') {
  return importReport.parse((await admin('POST', `${path}/preview${query}`, { body, type })).body);
}

async function imported(rows: readonly Partial<Cells>[]) {
  const file = csv(rows);
  const { revision } = await preview(file);
  const answer = await admin('POST', path, { body: file, type, ifMatch: revision });
  return { ...answer, report: importReport.parse(answer.body) };
}

async function sensors() {
  return listSensors.response.parse((await admin('GET', '/sensors')).body).sensors;
}

async function imports() {
  const rows = await portal.database.db.select().from(auditEvents).orderBy(auditEvents.sequence);
  return rows.filter(({ action }) => action === 'inventory.imported');
}

describe('importing a sensor export', () => {
  it('shows first what it would change, and changes nothing', async () => {
    const before = await imports();
    const report = await preview(csv([{ name: 'a' }, { name: 'b', zoneName: 'Jetty' }]));
    expect(report).toMatchObject({
      rows: 2,
      sites: { added: 1 },
      zones: { added: 2 },
      sensors: { added: 2, changed: 0, moved: 0 },
      errorCount: 0,
    });
    expect(report.changes.map(({ kind, action, name }) => [kind, action, name])).toEqual([
      ['site', 'add', 'Antwerp'],
      ['zone', 'add', 'Tank farm'],
      ['zone', 'add', 'Jetty'],
      ['sensor', 'add', 'a'],
      ['sensor', 'add', 'b'],
    ]);
    expect(await sensors()).toEqual([]);
    expect(await imports()).toHaveLength(before.length);
  });

  it('is seen at once, and audited with its counts', async () => {
    const { status, etag, report } = await imported([{ name: 'a' }, { name: 'b' }]);
    expect(status).toBe(200);
    expect(etag).toBe(report.revision);
    expect((await sensors()).map(({ name }) => name)).toEqual(['a', 'b']);
    expect((await imports()).at(-1)).toMatchObject({
      outcome: 'succeeded',
      actor: { kind: 'entra', name: 'Ada Admin' },
      after: { rows: 2, sensors: { added: 2 } },
    });
  });

  it('of the same file again changes nothing and leaves no trace', async () => {
    const rows = [{ name: 'a' }, { name: 'b', siteName: 'Ghent' }];
    const first = await imported(rows);
    const before = await imports();
    const again = await imported(rows);
    expect(again.report.revision).toBe(first.report.revision);
    expect(again.report).toMatchObject({
      sites: { added: 0, unchanged: 2 },
      zones: { added: 0, unchanged: 2 },
      sensors: { added: 0, changed: 0, unchanged: 2 },
      changes: [],
    });
    expect(await imports()).toHaveLength(before.length);
  });

  it('changes and moves sensors, and leaves the others as they are', async () => {
    await imported([{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
    const { report } = await imported([
      { name: 'A', version: '25.1.0', lastConnectedAt: '' },
      { name: 'b', zoneName: 'Paint shop', siteName: 'Ghent' },
    ]);
    expect(report).toMatchObject({
      sensors: { added: 0, changed: 2, moved: 1 },
      notInFile: 1,
    });
    expect(report.changes[0]).toEqual({
      kind: 'sensor',
      action: 'move',
      name: 'b',
      summary: 'Site: Antwerp to Ghent; Zone: Tank farm to Paint shop',
    });
    expect(await sensors()).toMatchObject([
      { name: 'A', version: '25.1.0', lastConnectedAt: null, siteName: 'Antwerp' },
      { name: 'b', siteName: 'Ghent', zoneName: 'Paint shop' },
      { name: 'c', siteName: 'Antwerp' },
    ]);
  });

  it('is all or nothing: with errors, they are reported and nothing is imported', async () => {
    const file = csv([{ name: 'a' }, { name: 'b', type: 'Camera' }, { name: 'A' }]);
    const report = await preview(file);
    expect(report.errors.map(({ row, column, code }) => [row, column, code])).toEqual([
      [3, 'Sensor type', 'unknown_type'],
      [4, 'Sensor name', 'duplicate_sensor'],
    ]);
    expect(report.changes).toEqual([]);
    const answer = await admin('POST', path, { body: file, type, ifMatch: report.revision });
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'import_has_errors', details: { report: { errorCount: 2 } } },
    });
    expect(await sensors()).toEqual([]);
  });

  it('is refused where the inventory is not the one of the preview', async () => {
    const file = csv([{ name: 'mine' }]);
    const { revision } = await preview(file);
    await imported([{ name: 'theirs' }]);
    const answer = await admin('POST', path, { body: file, type, ifMatch: revision });
    expect(answer).toMatchObject({
      status: 412,
      body: { code: 'stale_revision', details: { current: { notInFile: 1 } } },
    });
    expect((await sensors()).map(({ name }) => name)).toEqual(['theirs']);
    const unseen = await admin('POST', path, { body: file, type });
    expect(unseen).toMatchObject({ status: 428, body: { code: 'if_match_required' } });
  });

  it('of two people at once happens once', async () => {
    const files = ['one', 'two', 'three'].map((name) => csv([{ name }]));
    const { revision } = await preview(files[0] ?? '');
    const answers = await Promise.all(
      files.map((body) => admin('POST', path, { body, type, ifMatch: revision })),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 412, 412]);
    expect(await sensors()).toHaveLength(1);
  });

  it('of a file without a column Site needs the site named', async () => {
    const fields = ['name', 'type', 'zoneName', 'subscriptionName', 'version', 'health'] as const;
    const rest = [
      'lastConnectedAt',
      'threatIntelligenceVersion',
      'threatIntelligenceMode',
      'threatIntelligenceStatus',
    ] as const;
    const file = csv([{}], { fields: [...fields, ...rest] });
    const refused = await admin('POST', `${path}/preview`, { body: file, type });
    expect(refused).toMatchObject({ status: 422, body: { code: 'site_required' } });
    const report = await preview(file, '?siteName=Ghent');
    expect(report.changes[0]).toMatchObject({ kind: 'site', name: 'Ghent' });
    const hidden = await admin('POST', `${path}/preview?siteName=a%E2%80%AEb`, {
      body: file,
      type,
    });
    expect(hidden).toMatchObject({ status: 400, body: { errors: [{ path: '/siteName' }] } });
  });

  it('is for Admins of the portal', async () => {
    for (const where of [path, `${path}/preview`]) {
      const answer = await analyst('POST', where, { body: csv([{}]), type, ifMatch: '1' });
      expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
  });

  it('takes no other body, and none above the limit', async () => {
    const json = await admin('POST', `${path}/preview`, { body: {} });
    expect(json.status).toBe(415);
    const large = await admin('POST', `${path}/preview`, {
      body: Buffer.alloc(50 * 1024 * 1024, 'x'),
      type,
    });
    expect(large).toMatchObject({ status: 413, body: { code: 'body_too_large' } });
    expect(inventoryFileLimit).toBeLessThan(50 * 1024 * 1024);
    const workbook = await admin('POST', `${path}/preview`, {
      body: Buffer.from('PK\u0003\u0004'),
      type,
    });
    expect(workbook).toMatchObject({ status: 422, body: { code: 'file_not_csv' } });
  });

  it('of 100,000 sensors works, and so does listing them', async () => {
    const rows = Array.from({ length: 100_000 }, (_, index) => ({
      name: `sensor-${index}`,
      zoneName: `zone ${index % 1_000}`,
      siteName: `site ${index % 100}`,
    }));
    const { revision } = await preview(csv([{}]));
    const answer = await admin('POST', path, { body: csv(rows), type, ifMatch: revision });
    const report = importReport.parse(answer.body);
    expect(report).toMatchObject({
      rows: 100_000,
      sites: { added: 100 },
      zones: { added: 1_000 },
      sensors: { added: 100_000 },
    });
    const page = listSensors.response.parse((await admin('GET', '/sensors?limit=10')).body);
    expect(page).toMatchObject({ total: 100_000 });
  }, 180_000);
});
