import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAuditEvents } from '../../contract/activity.ts';
import { securitySettings } from '../../contract/security.ts';
import { importRows, readSites, sampleRows } from '../../testing/sample-inventory.ts';
import { created, settingBody, siteGroups } from '../../testing/sample-setting.ts';
import {
  portalGroups,
  startTestPortal,
  type Api,
  type TestPortal,
} from '../../testing/test-portal.ts';

const path = '/security-settings';
const policy = { idleMinutes: 15, totalMinutes: 240, bundleDays: 7 };

let portal: TestPortal;
let admin: Api;

beforeAll(async () => {
  portal = await startTestPortal();
  admin = await portal.as(portalGroups.admin);
  await importRows(admin, sampleRows);
  const { id } = (await readSites(admin)).site('Antwerp');
  await created(admin, settingBody({ targets: [{ kind: 'site', id }] }));
});
afterAll(() => portal.close());

async function current() {
  return securitySettings.parse((await admin('GET', path)).body);
}

async function gatesRevision(): Promise<number> {
  const { rows } = await portal.database.pool.query<{ value: string; renewed: Date }>(
    "select value from state_revisions where name = 'gates'",
  );
  return Number(rows[0]?.value);
}

describe('security settings', () => {
  it('begin with the defaults: 30 minutes, 8 hours, 30 days', async () => {
    expect(await current()).toEqual({
      revision: '1',
      sessionPolicy: { idleMinutes: 30, totalMinutes: 480, bundleDays: 30 },
      stepUpContext: null,
    });
  });

  it('change whole, are told to gates, and are audited', async () => {
    const { revision, sessionPolicy } = await current();
    const before = await gatesRevision();
    await portal.database.pool.query(
      "update security_settings set bundles_renewed_at = now() - interval '9 days'",
    );
    const answer = await admin('PUT', path, { body: { sessionPolicy: policy }, ifMatch: revision });
    expect(answer).toMatchObject({ status: 200, etag: '2', body: { sessionPolicy: policy } });
    expect(await gatesRevision()).toBe(before + 1);
    const { events } = listAuditEvents.response.parse((await admin('GET', '/audit-events')).body);
    expect(events[0]).toMatchObject({
      action: 'securitySettings.changed',
      before: { sessionPolicy },
      after: { sessionPolicy: policy },
    });
    // Seven days from a renewal nine days ago would have ended every bundle at once.
    const { rows } = await portal.database.pool.query<{ recent: boolean }>(
      "select bundles_renewed_at > now() - interval '1 day' as recent from security_settings",
    );
    expect(rows).toEqual([{ recent: true }]);
  });

  it('R7: a stale revision gets what is there now; the same again changes nothing', async () => {
    const { revision } = await current();
    const stale = { body: { sessionPolicy: { ...policy, bundleDays: 1 } }, ifMatch: '1' };
    expect(await admin('PUT', path, stale)).toMatchObject({
      status: 412,
      body: { code: 'stale_revision', details: { current: { sessionPolicy: policy } } },
    });
    const before = await gatesRevision();
    const same = await admin('PUT', path, { body: { sessionPolicy: policy }, ifMatch: revision });
    expect(same).toMatchObject({ status: 200, etag: revision });
    expect(await gatesRevision()).toBe(before);
    expect((await admin('PUT', path, { body: { sessionPolicy: policy } })).status).toBe(428);
  });

  it('R7: of two people at once one succeeds', async () => {
    const { revision } = await current();
    const answers = await Promise.all(
      [20, 21, 22].map((idleMinutes) =>
        admin('PUT', path, {
          body: { sessionPolicy: { ...policy, idleMinutes } },
          ifMatch: revision,
        }),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 412, 412]);
  });

  it.each([
    [{ ...policy, idleMinutes: 4 }, '/sessionPolicy/idleMinutes'],
    [{ ...policy, totalMinutes: 1441 }, '/sessionPolicy/totalMinutes'],
    [{ ...policy, bundleDays: 91 }, '/sessionPolicy/bundleDays'],
    [{ ...policy, bundleDays: 1.5 }, '/sessionPolicy/bundleDays'],
    [{ ...policy, idleMinutes: 60, totalMinutes: 30 }, '/sessionPolicy/idleMinutes'],
  ])('R21: refuse %o at its field', async (sessionPolicy, at) => {
    const { revision } = await current();
    expect(await admin('PUT', path, { body: { sessionPolicy }, ifMatch: revision })).toMatchObject({
      status: 400,
      body: { errors: [{ path: at }] },
    });
  });

  it.each([
    [portalGroups.admin, 200, 200],
    [portalGroups.securityAnalyst, 200, 403],
    [portalGroups.readOnly, 403, 403],
    [siteGroups.admins, 403, 403],
    [siteGroups.analysts, 403, 403],
  ])('R10: are for portal roles: %s', async (group, get, put) => {
    const api = await portal.as(group);
    expect((await api('GET', path)).status).toBe(get);
    const { revision } = await current();
    const change = { body: { sessionPolicy: policy }, ifMatch: revision };
    expect((await api('PUT', path, change)).status).toBe(put);
  });

  it('R10: are judged by the role that is in force when its turn comes', async () => {
    const { revision } = await current();
    const { pool } = portal.database;
    const blocker = await pool.connect();
    await blocker.query('begin');
    await blocker.query('select * from state_revisions for update');
    const waiting = admin('PUT', path, {
      body: { sessionPolicy: { ...policy, bundleDays: 3 } },
      ifMatch: revision,
    });
    await blocker.query(`update portal_access set permissions = jsonb_set(permissions, '{admin}',
      '[{"id": "20000000-0000-4000-8000-00000000000f", "displayName": null}]')`);
    await blocker.query("update state_revisions set value = value + 1 where name = 'access'");
    await blocker.query('commit');
    blocker.release();
    // Whether it was let in before or after, it must not get through.
    expect((await waiting).status).toBe(403);
    const { rows } = await pool.query('select revision from security_settings');
    expect(String((rows[0] as { revision: number }).revision)).toBe(revision);
  });
});
