import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listAuditEvents } from '../../contract/activity.ts';
import { endSessionsOf, listSessions } from '../../contract/sessions.ts';
import type { Revocation } from '../../domain/session-policy.ts';
import { enrolledGate, openGateSession } from '../../testing/gate-rows.ts';
import {
  importRows,
  readSites,
  sampleRows,
  targetsOf,
  type Sites,
} from '../../testing/sample-inventory.ts';
import { created, settingBody, siteGroups } from '../../testing/sample-setting.ts';
import {
  mapping,
  portalGroups,
  startTestPortal,
  type Api,
  type TestPortal,
} from '../../testing/test-portal.ts';
import { readRevocations } from './revocations.ts';

const tenantId = '7c1f0d52-3a64-4b8e-9d17-0e5b6a2c4f10';
const ada = { tenantId, objectId: '50000000-0000-4000-8000-000000000001' };
const bob = { tenantId, objectId: '50000000-0000-4000-8000-000000000002', name: 'Bob Noyce' };
/** Gates by the names of their sensors. */
const gateIds = new Map<string, string>();

let portal: TestPortal;
let admin: Api;
let siteAdmin: Api;
let places: Sites;

beforeAll(async () => {
  portal = await startTestPortal();
  admin = await portal.as(portalGroups.admin);
  siteAdmin = await portal.as(siteGroups.admins);
  await importRows(admin, sampleRows);
  places = await readSites(admin);
  const { site, zone } = targetsOf(() => places);
  await created(admin, settingBody({ targets: [site('Antwerp')] }));
  // Admins of Antwerp are none in its zone Utilities.
  const permissions = mapping({ admin: [siteGroups.others] });
  const targets = [zone('Antwerp', 'Utilities')];
  await created(admin, settingBody({ name: 'Exception', targets, permissions }));
  for (const name of ['ANT-TF-01', 'ANT-UT-01', 'GNT-PS-01']) {
    gateIds.set(name, await enrolledGate(portal.database.pool, places.sensor(name).id));
  }
});
afterAll(() => portal.close());
beforeEach(async () => {
  await portal.database.pool.query('delete from gate_sessions');
  await portal.database.pool.query('delete from session_revocations');
});

function gateOf(sensor: string): string {
  return gateIds.get(sensor) ?? '';
}

function open(
  sensor: string,
  person: { tenantId: string; objectId: string; name?: string } = ada,
  openedAt = new Date(),
): Promise<string> {
  const at = { gateId: gateOf(sensor), sensorId: places.sensor(sensor).id };
  return openGateSession(portal.database.pool, { ...at, ...person, openedAt });
}

async function list(api: Api) {
  return listSessions.response.parse((await api('GET', '/sessions')).body);
}

async function endAll(api: Api, { tenantId: tenant, objectId } = ada) {
  const body = { tenantId: tenant, objectId };
  const answer = await api('POST', '/session-revocations', { body });
  return endSessionsOf.response.parse(answer.body).ended;
}

/** What the gate of a sensor is told. */
async function told(sensor: string): Promise<Revocation[]> {
  const { id } = places.site(sensor.startsWith('ANT') ? 'Antwerp' : 'Ghent');
  return (await readRevocations(portal.database.db)).of(gateOf(sensor), id);
}

async function gatesRevision(): Promise<number> {
  const { rows } = await portal.database.pool.query<{ value: string }>(
    "select value from state_revisions where name = 'gates'",
  );
  return Number(rows[0]?.value);
}

async function newestEntry() {
  const { body } = await admin('GET', '/audit-events?limit=1');
  return listAuditEvents.response.parse(body).events[0];
}

describe('open sessions at gates', () => {
  it('are listed newest first, without those that ended or are too old to be open', async () => {
    const { pool } = portal.database;
    const first = await open('ANT-TF-01', ada, new Date(Date.now() - 60_000));
    const second = await open('GNT-PS-01', bob);
    const ended = await open('GNT-PS-01');
    await pool.query('update gate_sessions set ended_at = now() where id = $1', [ended]);
    await open('GNT-PS-01', ada, new Date(Date.now() - 9 * 3_600_000));
    const { sessions, total } = await list(admin);
    expect(total).toBe(2);
    expect(sessions).toMatchObject([
      { id: second, sensorName: 'GNT-PS-01', siteName: 'Ghent', person: { name: 'Bob Noyce' } },
      { id: first, sensorName: 'ANT-TF-01', role: 'readOnly', ending: false, mayEnd: true },
    ]);
  });

  it('R10: are those at the sensors where one may see them', async () => {
    const tankFarm = await open('ANT-TF-01');
    await open('ANT-UT-01');
    await open('GNT-PS-01');
    const seen = { total: 1, sessions: [{ id: tankFarm }] };
    expect(await list(siteAdmin)).toMatchObject({ ...seen, sessions: [{ mayEnd: true }] });
    const analyst = await portal.as(siteGroups.analysts);
    expect(await list(analyst)).toMatchObject({ ...seen, sessions: [{ mayEnd: false }] });
    expect((await list(await portal.as(portalGroups.securityAnalyst))).total).toBe(3);
    expect((await list(await portal.as(siteGroups.others))).sessions).toMatchObject([
      { sensorName: 'ANT-UT-01' },
    ]);
    for (const group of [siteGroups.readers, portalGroups.readOnly]) {
      expect((await (await portal.as(group))('GET', '/sessions')).status).toBe(403);
    }
  });
});

describe('ending a session', () => {
  it('tells its gate alone, is audited, and shows as ending until the gate says so', async () => {
    const sessionId = await open('ANT-TF-01');
    const before = await gatesRevision();
    expect((await siteAdmin('DELETE', `/sessions/${sessionId}`)).status).toBe(204);
    expect(await gatesRevision()).toBe(before + 1);
    expect(await told('ANT-TF-01')).toEqual([{ kind: 'session', sessionId }]);
    expect(await told('ANT-UT-01')).toEqual([]);
    expect((await list(admin)).sessions).toMatchObject([{ ending: true, mayEnd: false }]);
    expect(await newestEntry()).toMatchObject({
      action: 'session.ended',
      subject: expect.stringContaining('ANT-TF-01') as string,
      before: { sessionId, person: { objectId: ada.objectId } },
    });
    // A second click changes nothing.
    expect((await admin('DELETE', `/sessions/${sessionId}`)).status).toBe(204);
    expect(await told('ANT-TF-01')).toHaveLength(1);
  });

  it('R10: is for Admins there; what one does not see is not there', async () => {
    const tankFarm = await open('ANT-TF-01');
    const utilities = await open('ANT-UT-01');
    const statuses = async (id: string, ...groups: string[]) =>
      (await (await portal.as(...groups))('DELETE', `/sessions/${id}`)).status;
    expect(await statuses(tankFarm, siteGroups.analysts)).toBe(403);
    expect(await statuses(tankFarm, siteGroups.readers)).toBe(403);
    expect(await statuses(tankFarm, portalGroups.securityAnalyst)).toBe(403);
    expect(await statuses(tankFarm, portalGroups.readOnly)).toBe(403);
    expect(await statuses(tankFarm, siteGroups.others)).toBe(404);
    expect(await statuses(utilities, siteGroups.admins)).toBe(404);
    expect(await statuses(utilities, siteGroups.admins, portalGroups.readOnly)).toBe(403);
    expect(await statuses('no-such-session', portalGroups.admin)).toBe(404);
    expect(await told('ANT-TF-01')).toEqual([]);
    expect(await statuses(utilities, siteGroups.others)).toBe(204);
  });
});

describe('ending all sessions of a person', () => {
  it('ends them everywhere for an Admin of the portal, those not told yet included', async () => {
    const known = await open('ANT-TF-01');
    await open('ANT-TF-01', bob);
    expect(await endAll(admin)).toBe(1);
    const person = { kind: 'person', ...ada, until: expect.any(Number) as number };
    expect(await told('GNT-PS-01')).toEqual([person]);
    expect(await told('ANT-TF-01')).toEqual([person, { kind: 'session', sessionId: known }]);
    expect(await newestEntry()).toMatchObject({
      action: 'session.allEnded',
      after: { where: 'everywhere', sessions: [{ sessionId: known }] },
    });
    const states = (await list(admin)).sessions.map(({ person: of, ending }) => [of.name, ending]);
    expect(Object.fromEntries(states)).toEqual({ 'Ada Byron': true, 'Bob Noyce': false });
  });

  it('R10: ends one by one what is at a site with exceptions, and nothing elsewhere', async () => {
    const tankFarm = await open('ANT-TF-01');
    await open('ANT-UT-01');
    await open('GNT-PS-01');
    expect(await endAll(siteAdmin)).toBe(1);
    expect(await told('ANT-TF-01')).toEqual([{ kind: 'session', sessionId: tankFarm }]);
    expect(await told('ANT-UT-01')).toEqual([]);
    expect(await told('GNT-PS-01')).toEqual([]);
  });

  it('R10: ends them at the whole site for its Admin', async () => {
    const both = await portal.as(siteGroups.admins, siteGroups.others);
    await open('GNT-PS-01');
    expect(await endAll(both)).toBe(0);
    expect(await told('ANT-UT-01')).toMatchObject([{ kind: 'person' }]);
    expect(await told('GNT-PS-01')).toEqual([]);
  });

  it('R10: is refused to everybody who is Admin nowhere', async () => {
    for (const group of [
      siteGroups.analysts,
      siteGroups.readers,
      portalGroups.securityAnalyst,
      portalGroups.readOnly,
    ]) {
      const api = await portal.as(group);
      expect((await api('POST', '/session-revocations', { body: ada })).status).toBe(403);
    }
  });

  it('leaves nothing behind where there is nothing to end', async () => {
    const before = await gatesRevision();
    const zoneAdmin = await portal.as(siteGroups.others);
    expect(await endAll(zoneAdmin)).toBe(0);
    expect(await gatesRevision()).toBe(before);
  });

  it('forgets what no session can be left of', async () => {
    await portal.database.pool.query(
      `insert into session_revocations (at, by, tenant_id, object_id)
       values (now() - interval '25 hours', '{}', $1, $2), (now() - interval '23 hours', '{}', $1, $2)`,
      [tenantId, bob.objectId],
    );
    await endAll(admin);
    expect(await told('GNT-PS-01')).toMatchObject([bob, ada].map(({ objectId }) => ({ objectId })));
  });
});
