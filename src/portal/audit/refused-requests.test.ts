import fastify from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  importRows,
  readSites,
  sampleRows,
  targetsOf,
  type Sites,
} from '../../testing/sample-inventory.ts';
import { change, created, settingBody, siteGroups } from '../../testing/sample-setting.ts';
import {
  mapping,
  portalGroups,
  startTestPortal,
  type Api,
  type TestPortal,
} from '../../testing/test-portal.ts';
import type { AuditEvent, SignIn } from '../../contract/activity.ts';
import type { SsoSetting } from '../../contract/sso-settings.ts';
import { forbidden } from '../../server/problem-error.ts';
import { appendAudit } from './append.ts';
import { auditRefusedRequests } from './refused-requests.ts';

let portal: TestPortal;
let admin: Api;
let places: Sites;
let antwerp: SsoSetting;
let ghent: SsoSetting;
const { site } = targetsOf(() => places);

beforeAll(async () => {
  portal = await startTestPortal();
  admin = await portal.as(portalGroups.admin);
  await importRows(admin, sampleRows);
  places = await readSites(admin);
  antwerp = await created(admin, settingBody({ targets: [site('Antwerp')] }));
  const others = mapping({ admin: [siteGroups.others], readOnly: [siteGroups.admins] });
  const body = { name: 'Ghent', permissions: others, targets: [site('Ghent')] };
  ghent = await created(admin, settingBody(body));
});
afterAll(() => portal.close());

let before = 0;
const read = async (api: Api) =>
  ((await api('GET', '/audit-events?limit=200')).body as { events: AuditEvent[] }).events.filter(
    (one) => one.sequence > before,
  );
beforeEach(async () => {
  before = 0;
  before = (await read(admin))[0]?.sequence ?? 0;
});

async function written(count: number): Promise<AuditEvent[]> {
  return vi.waitFor(async () => {
    const events = await read(admin);
    expect(events).toHaveLength(count);
    return events;
  });
}

describe('a change that is refused', () => {
  it('is audited: who, from where, and what they tried', async () => {
    const reader = await portal.as(portalGroups.readOnly);
    const payload = { permissions: mapping({ admin: [siteGroups.others] }) };
    const { status } = await reader('PUT', '/portal-access', { body: payload, ifMatch: '1' });
    expect(status).toBe(403);
    const [event] = await written(1);
    expect(event).toMatchObject({
      action: 'request.refused',
      outcome: 'refused',
      subject: expect.stringContaining('portal') as unknown,
      address: '127.0.0.1',
      actor: { kind: 'entra', name: 'Ada Admin', objectId: expect.any(String) as unknown },
      before: null,
      after: {
        code: 'forbidden',
        permission: 'portalAccess.edit',
        request: 'PUT /api/v1/portal-access',
      },
    });
    expect(JSON.stringify(event)).not.toContain(siteGroups.others);
  });

  it('is shown to the analysts of the site that it is about, and to no other', async () => {
    const local = await portal.as(siteGroups.admins);
    const body = settingBody({ name: 'Both', targets: [site('Antwerp'), site('Ghent')] });
    expect((await local('POST', '/sso-settings', { body })).status).toBe(403);
    const [event] = await written(1);
    expect(event?.after).toMatchObject({
      code: 'forbidden',
      targets: [`site "Ghent" (${site('Ghent').id})`],
    });
    expect(await read(await portal.as(siteGroups.others))).toEqual([event]);
    expect(await read(local)).toEqual([]);
  });

  it('names the setting, also where the guard refused', async () => {
    const analyst = await portal.as(siteGroups.analysts);
    const body = settingBody({ targets: [site('Antwerp')] });
    expect((await change(analyst, antwerp, body)).status).toBe(403);
    const [event] = await written(1);
    expect(event).toMatchObject({
      subject: 'Change an SSO setting',
      after: { targets: [`SSO setting "Antwerp" (${antwerp.id})`] },
    });
    expect(await read(analyst)).toEqual([event]);
  });

  it('is audited where it would have locked people out', async () => {
    const body = settingBody({ name: 'Ghent', permissions: mapping({}), targets: [site('Ghent')] });
    expect((await change(admin, ghent, body)).status).toBe(409);
    const [event] = await written(1);
    expect(event).toMatchObject({ outcome: 'refused', after: { code: 'lockout' } });
    const own = { permissions: mapping({ admin: [siteGroups.others] }) };
    const { body: access } = await admin('GET', '/portal-access');
    const { revision } = access as { revision: string };
    await admin('PUT', '/portal-access', { body: own, ifMatch: revision });
    const [second] = await written(2);
    expect(second?.after).toMatchObject({ code: 'lockout', reason: 'own_admin_lost' });
  });

  it('doesn’t fill the log when it is tried in a loop', async () => {
    const other = await startTestPortal();
    const reader = await other.as(portalGroups.readOnly);
    const paths = Array.from({ length: 30 }, (_, index) => `/sso-settings/${unknown(index)}`);
    for (const path of paths) {
      expect((await reader('DELETE', path, { ifMatch: '1' })).status).toBe(403);
    }
    // What was only counted so far is written when the portal closes.
    await other.app.close();
    const { rows } = await other.database.pool.query<{ after: object; outcome: string }>(
      // Both are written in the background: either may be first.
      "select after, outcome from audit_events order by after ? 'repeated'",
    );
    expect(rows).toHaveLength(2);
    expect(rows[0]?.after).not.toHaveProperty('repeated');
    expect(rows[1]).toMatchObject({ outcome: 'refused', after: { repeated: 29 } });
    await other.close();
  });

  it('is no refused sign-in', async () => {
    const { body } = await admin('GET', '/sign-ins');
    const { signIns } = body as { signIns: SignIn[] };
    expect(signIns.every(({ outcome }) => outcome === 'succeeded')).toBe(true);
  });
});

describe('memory', () => {
  it('holds so many refusals at most, and every one is audited all the same', async () => {
    const app = fastify().decorateRequest('admitted', null);
    auditRefusedRequests(app, {
      database: portal.database,
      appendAudit,
      onError: (error) => expect(error).toBeUndefined(),
      mostCounted: 2,
    });
    const recovery = { kind: 'recovery', name: 'Host', sessionHash: Buffer.alloc(32) } as const;
    const principal = { ...recovery, sessionEndsAt: new Date() };
    for (const path of ['/one', '/two', '/three']) {
      app.get(path, (request) => {
        request.admitted = { principal, asker: null };
        throw forbidden('Not this.');
      });
    }
    for (const path of ['/one', '/one', '/two', '/three', '/one']) await app.inject(path);
    // Nobody waits for the minute: what was pushed out is written, and begins anew.
    const told = (await written(5)).map((event) => {
      const { request, repeated = 0 } = event.after as { request: string; repeated?: number };
      return `${request} ${repeated}`;
    });
    expect(told.toSorted((a, b) => a.localeCompare(b))).toEqual([
      'GET /one 0',
      'GET /one 0',
      'GET /one 1',
      'GET /three 0',
      'GET /two 0',
    ]);
    await app.close();
  });
});

function unknown(index: number): string {
  return `ffffffff-0000-4000-8000-${String(index).padStart(12, '0')}`;
}
