import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAuditEvents, listSignIns } from '../../contract/activity.ts';
import { gatePaths } from '../../contract/gate-protocol.ts';
import { reportAnswer } from '../../contract/gate-report.ts';
import { listSessions } from '../../contract/sessions.ts';
import { publicUrl } from '../../testing/bare-portal.ts';
import { enrolGate, sendTo, type TestGate } from '../../testing/gate-client.ts';
import { ada, gateReport, signInEvent } from '../../testing/gate-report.ts';
import { importRows, readSites, sampleRows, type Sites } from '../../testing/sample-inventory.ts';
import { created, settingBody, siteGroups } from '../../testing/sample-setting.ts';
import {
  portalGroups,
  startTestPortal,
  type Api,
  type TestPortal,
} from '../../testing/test-portal.ts';
import type { ReceivedReport } from './report.ts';

let portal: TestPortal;
let admin: Api;
let places: Sites;
let gate: TestGate;
/** The last event that was told. */
let taken = 0;

beforeAll(async () => {
  portal = await startTestPortal();
  admin = await portal.as(portalGroups.admin);
  await importRows(admin, sampleRows);
  places = await readSites(admin);
  const target = { kind: 'site' as const, id: places.site('Antwerp').id };
  await created(admin, settingBody({ targets: [target] }));
  gate = await enrol('ANT-TF-01');
});
afterAll(() => portal.close());
function enrol(sensor: string): Promise<TestGate> {
  const options = { send: sendTo(portal.app), portalUrl: publicUrl };
  return enrolGate(options, admin, places.sensor(sensor).id);
}

function report(changes: Partial<ReceivedReport> = {}, by = gate) {
  return by.ask({ method: 'POST', path: gatePaths.reports, json: gateReport(changes) });
}

/** Reports the next event, and others behind it. */
async function tell(...events: readonly ((at: number) => unknown)[]): Promise<void> {
  const batch = events.map((make, index) => make(taken + 1 + index));
  const { body } = await report({ events: batch });
  taken += events.length;
  expect(reportAnswer.parse(body).acknowledged).toBe(taken);
}

async function signIns(api: Api) {
  return listSignIns.response.parse((await api('GET', '/sign-ins')).body).signIns;
}

async function newest(action: string, api = admin) {
  const { events } = listAuditEvents.response.parse((await api('GET', '/audit-events')).body);
  return events.find((one) => one.action === action);
}

async function sessions() {
  return listSessions.response.parse((await admin('GET', '/sessions')).body).sessions;
}

describe('a sign-in at a gate', () => {
  it('is in the list of sign-ins, at its sensor, with the role there and the time it happened', async () => {
    const at = new Date(Date.now() - 3_600_000).toISOString();
    const event = signInEvent(taken + 1, { at });
    await tell(() => event);
    const sensor = { id: gate.sensorId, name: 'ANT-TF-01' };
    const [first] = await signIns(admin);
    expect(first).toMatchObject({
      at,
      actor: { kind: 'entra', name: 'Ada Byron', objectId: ada.objectId },
      address: '192.0.2.7',
      outcome: 'succeeded',
      portalRole: null,
      sensor,
      sensorRole: 'securityAnalyst',
    });
    expect(await sessions()).toMatchObject([{ id: event.sessionId, openedAt: at }]);
  });

  it('that was refused is audited, and opens nothing', async () => {
    const before = await sessions();
    const refused = { outcome: 'refused', code: 'no_role', role: null, sessionId: null } as const;
    await tell((at) => signInEvent(at, refused));
    expect((await signIns(admin))[0]).toMatchObject({ outcome: 'refused', code: 'no_role' });
    expect(await newest('gate.signInRefused')).toMatchObject({
      actor: { kind: 'entra', name: 'Ada Byron' },
      outcome: 'refused',
      subject: expect.stringContaining('ANT-TF-01') as string,
      after: {
        code: 'no_role',
        occurredAt: expect.any(String) as string,
        sensor: { id: gate.sensorId },
      },
    });
    expect(await sessions()).toEqual(before);
  });

  it('R10: is seen by analysts of its site and by oneself, the portal’s own by neither', async () => {
    const other = await enrol('GNT-PS-01');
    await report({ events: [signInEvent(1)] }, other);
    const sensors = async (...groups: string[]) =>
      (await signIns(await portal.as(...groups))).map(({ sensor }) => sensor?.name);
    const atSite = await sensors(siteGroups.analysts);
    expect(atSite).toContain('ANT-TF-01');
    expect(atSite).not.toContain('GNT-PS-01');
    // Their own sign-in at the portal is the only other one.
    expect(atSite.filter((name) => name === undefined)).toHaveLength(1);
    expect(await sensors(portalGroups.securityAnalyst)).toContain('GNT-PS-01');
    expect(await newest('gate.signInRefused', await portal.as(siteGroups.analysts))).toBeDefined();
    const reader = await portal.as(siteGroups.readers);
    expect((await reader('GET', '/sign-ins')).status).toBe(403);
  });

  it('with a text that hides something has it spelled out', async () => {
    const person = { ...ada, name: 'Eve\u202E\u0000', userPrincipalName: 'eve@contoso.example' };
    await tell((at) => signInEvent(at, { person, address: '192.0.2.7\n' }));
    expect((await signIns(admin))[0]).toMatchObject({
      actor: { name: 'Eve[U+202E][U+0000]' },
      address: '192.0.2.7[U+000A]',
    });
  });
});

describe('a session', () => {
  it('is over when its gate says so, also in the same batch', async () => {
    const event = signInEvent(taken + 1);
    const ended = { kind: 'sessionEnded', sessionId: event.sessionId, reason: 'idle' };
    const at = new Date().toISOString();
    await tell(
      () => event,
      (number) => ({ ...ended, sequence: number, at }),
    );
    expect((await sessions()).map(({ id }) => id)).not.toContain(event.sessionId);
    const { rows } = await portal.database.pool.query(
      'select end_reason from gate_sessions where id = $1',
      [event.sessionId],
    );
    expect(rows).toEqual([{ end_reason: 'idle' }]);
  });

  it('of another gate can be neither taken over nor ended', async () => {
    const victim = await enrol('ANT-UT-01');
    const theirs = signInEvent(1);
    await report({ events: [theirs] }, victim);
    const { sessionId } = theirs;
    const end = { kind: 'sessionEnded', sessionId, reason: 'signedOut', at: theirs.at };
    const stolen = { ...theirs, person: { ...ada, name: 'Mallory' } };
    await tell(
      (number) => ({ ...end, sequence: number }),
      (number) => ({ ...stolen, sequence: number }),
    );
    const found = (await sessions()).find(({ id }) => id === sessionId);
    expect(found).toMatchObject({ sensorName: 'ANT-UT-01', person: { name: 'Ada Byron' } });
    expect(await newest('gate.eventNotStored')).toMatchObject({
      after: { kind: 'signIn', problems: ['/sessionId is a session of another gate'] },
    });
  });
});

describe('what else happens at a gate', () => {
  const at = '2026-11-20T08:00:00Z';
  const address = '192.0.2.9';

  it.each([
    [
      {
        kind: 'accessRefused',
        person: ada,
        address,
        code: 'console_refused',
        method: 'POST',
        path: '/reset',
      },
      'gate.accessRefused',
      {
        actor: { kind: 'entra' },
        address,
        after: { request: 'POST /reset', code: 'console_refused' },
      },
    ],
    [
      { kind: 'recovery', step: 'sessionOpened', address },
      'gate.recoverySessionOpened',
      { actor: { kind: 'recovery', name: 'Recovery' }, address },
    ],
    [
      { kind: 'eventsLost', count: 7, reason: 'the disk is full' },
      'gate.eventsLost',
      { actor: { kind: 'gate', name: 'Gate of ANT-TF-01' }, after: { count: 7 } },
    ],
    [
      { kind: 'bundleRefused', code: 'bundle_older', detail: 'number 3 after 5' },
      'gate.bundleRefused',
      { outcome: 'refused', after: { code: 'bundle_older' } },
    ],
  ])('is audited: %o', async (event, action, entry) => {
    await tell((number) => ({ ...event, sequence: number, at }));
    expect(await newest(action)).toMatchObject(entry);
    expect(await newest(action)).toMatchObject({
      after: { occurredAt: at, sensor: { name: 'ANT-TF-01' }, gateId: gate.gateId },
    });
    const analyst = await portal.as(siteGroups.analysts);
    expect(await newest(action, analyst)).toBeDefined();
  });
});
