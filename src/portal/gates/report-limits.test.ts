import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatePaths } from '../../contract/gate-protocol.ts';
import { reportAnswer } from '../../contract/gate-report.ts';
import { publicUrl } from '../../testing/bare-portal.ts';
import { enrolGate, sendTo, type TestGate } from '../../testing/gate-client.ts';
import { ada, gateReport, lostEvent } from '../../testing/gate-report.ts';
import { importRows, readSites, sampleRows, type Sites } from '../../testing/sample-inventory.ts';
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

beforeAll(async () => {
  portal = await startTestPortal();
  admin = await portal.as(portalGroups.admin);
  await importRows(admin, sampleRows);
  places = await readSites(admin);
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

describe('POST /gate/v1/reports', () => {
  it('is for gates alone, and each is answered for itself', async () => {
    const payload = gateReport({ events: [lostEvent(1)] });
    const url = gatePaths.reports;
    const anybody = await portal.app.inject({ method: 'POST', url, payload });
    expect(anybody.statusCode).toBe(401);
    const forged = await gate.ask({
      method: 'POST',
      path: url,
      json: payload,
      claims: { iss: 'ffffffff-0000-4000-8000-000000000000' },
    });
    expect(forged.status).toBe(401);
  });

  it('answers those that say nothing new from memory, and stores every change', async () => {
    const version = async () => {
      const { rows } = await portal.database.pool.query<{ xmin: string }>(
        'select xmin, open_sessions from gates where id = $1',
        [gate.gateId],
      );
      return rows[0];
    };
    const acknowledged = async (changes: Partial<ReceivedReport>) =>
      reportAnswer.parse((await report(changes)).body).acknowledged;
    expect(await acknowledged({ openSessions: 2 })).toBe(0);
    const stored = await version();
    for (const clockOffset of [0, 700, -1_500]) {
      expect(await acknowledged({ openSessions: 2, clockOffset })).toBe(0);
    }
    expect(await version()).toEqual(stored);
    await report({ openSessions: 2, clockOffset: 60_000 });
    await report({ openSessions: 3, clockOffset: 60_000 });
    expect(await version()).toMatchObject({ open_sessions: 3 });
    // Events and checks are always news.
    const told = { openSessions: 3, clockOffset: 60_000 };
    expect(await acknowledged({ ...told, events: [lostEvent(1)] })).toBe(1);
    expect(await acknowledged(told)).toBe(1);
  });

  it('takes the longest batch there can be', async () => {
    const long = { reason: '漢'.repeat(200), count: 1 };
    const person = { ...ada, name: '漢'.repeat(300), userPrincipalName: '漢'.repeat(300) };
    const event = {
      kind: 'accessRefused',
      at: new Date().toISOString(),
      person,
      address: '漢'.repeat(100),
      code: 'c'.repeat(60),
      method: 'M'.repeat(20),
      path: `/${'漢'.repeat(499)}`,
    };
    const other = await enrol('GOT-WW-01');
    const batch = Array.from({ length: 500 }, (_, index) => ({ ...event, sequence: index + 1 }));
    const answer = await report({ events: batch }, other);
    expect(reportAnswer.parse(answer.body).acknowledged).toBe(500);
    const next = { kind: 'eventsLost', at: event.at, sequence: 501, ...long };
    const more = await report({ events: [...batch.slice(1), next] }, other);
    expect(reportAnswer.parse(more.body).acknowledged).toBe(501);
    const { rows } = await portal.database.pool.query(
      "select count(*)::int as entries from audit_events where action = 'gate.accessRefused' and after->>'gateId' = $1",
      [other.gateId],
    );
    expect(rows).toEqual([{ entries: 500 }]);
  });

  it.each([
    [{ queue: 'mine' }, '/queue'],
    [{ openSessions: -1 }, '/openSessions'],
    [{ clockOffset: 1.5 }, '/clockOffset'],
    [{ certificateExpiresAt: '0000-01-01T00:00:00Z' }, '/certificateExpiresAt'],
    [{ applied: { number: 2 ** 53, tag: 'tag' } }, '/applied/number'],
    // What gates hold is written for all of them together: one that can't be stored would stop all.
    [{ applied: { number: 1, tag: 'a\0b' } }, '/applied/tag'],
    [{ applied: { number: 1, tag: '\ud800' } }, '/applied/tag'],
    [{ applied: { number: 1, tag: '' } }, '/applied/tag'],
    [{ events: Array.from({ length: 501 }, (_, index) => lostEvent(index + 1)) }, '/events'],
  ])('refuses %o at its field', async (wrong, path) => {
    expect(await report(wrong)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
  });

  const known = {
    target: 'login',
    address: 'login.example:443',
    step: 'tls',
    outcome: 'passed',
    code: null,
    detail: 'It answers.',
    milliseconds: 12,
  };

  const later = 'in a way that only a later version knows';
  const hint = 'Update.';
  it.each<[string, object]>([
    ['a field', { temperature: 41 }],
    ['what it holds', { applied: { number: 1, tag: 'tag', since: 'yesterday' } }],
    ['a failure', { failed: { tag: null, code: 'new', detail: later, hint } }],
    ['trouble', { trouble: { code: 'new', detail: later, hint } }],
    ['trouble in another form', { trouble: later }],
    ['checks in another form', { checks: later }],
    ['checks of other things', { checks: [{ ...known, target: 'nameServer' }] }],
    ['more checks', { checks: Array.from({ length: 50 }, () => known) }],
  ])('leaves out what a later gate says besides: %s', async (_what, besides) => {
    const json = { ...gateReport(), ...besides };
    const answer = await gate.ask({ method: 'POST', path: gatePaths.reports, json });
    expect(answer.status).toBe(200);
  });

  it('takes the checks that it knows, each as far as it knows it', async () => {
    const checks = [
      { ...known, attempts: 3 },
      { ...known, target: 'nameServer' },
    ];
    const json = { ...gateReport(), checks };
    await gate.ask({ method: 'POST', path: gatePaths.reports, json });
    const { rows } = await portal.database.pool.query('select checks from gates where id = $1', [
      gate.gateId,
    ]);
    expect(rows).toEqual([{ checks: [known] }]);
  });
});
