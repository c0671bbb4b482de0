import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getSensorGate } from '../../contract/gates.ts';
import { gatePaths } from '../../contract/gate-protocol.ts';
import { type CheckResult } from '../../contract/gate-report.ts';
import { publicUrl } from '../../testing/bare-portal.ts';
import { bundleOf, enrolGate, sendTo, type TestGate } from '../../testing/gate-client.ts';
import { gateReport } from '../../testing/gate-report.ts';
import { enrolledGate } from '../../testing/gate-rows.ts';
import {
  importRows,
  readSites,
  sampleRows,
  targetsOf,
  type Sites,
} from '../../testing/sample-inventory.ts';
import { change, created, settingBody, siteGroups } from '../../testing/sample-setting.ts';
import {
  portalGroups,
  startTestPortal,
  type Api,
  type TestPortal,
} from '../../testing/test-portal.ts';
import { allowRulesFor } from './allow-rules.ts';
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
  const options = { send: sendTo(portal.app), portalUrl: publicUrl };
  gate = await enrolGate(options, admin, places.sensor('ANT-TF-01').id);
});
afterAll(() => portal.close());

async function sensorGate(sensor: string, api = admin) {
  const { body } = await api('GET', `/sensors/${places.sensor(sensor).id}/gate`);
  return getSensorGate.response.parse(body);
}

async function report(changes: Partial<ReceivedReport>): Promise<void> {
  const json = gateReport(changes);
  const { status } = await gate.ask({ method: 'POST', path: gatePaths.reports, json });
  expect(status).toBe(200);
}

async function hold(changes: Partial<ReceivedReport> = {}): Promise<void> {
  const { number, tag } = bundleOf((await gate.bundle()).text);
  await report({ applied: { number, tag }, ...changes });
}

const failing: CheckResult = {
  target: 'graph',
  address: 'evil.example:1',
  step: 'tcp',
  outcome: 'failed',
  code: 'timeout',
  detail: 'No answer within 5 s.',
  milliseconds: 5000,
};

describe('the gate of a sensor', () => {
  it('is shown as it said itself, with the rules to add for checks that failed', async () => {
    await hold({
      software: '1.4.0',
      openSessions: 3,
      certificateExpiresAt: '2027-03-01T00:00:00Z',
      checks: [failing, { ...failing, target: 'login', outcome: 'passed', code: null }],
    });
    const answer = await sensorGate('ANT-TF-01');
    expect(answer).toMatchObject({
      mayEnrol: true,
      delivery: { state: 'applied', since: expect.any(String) as string, reason: null },
      gate: {
        id: gate.gateId,
        keyFingerprint: gate.key.publicKey.kid,
        keyRotating: false,
        software: '1.4.0',
        openSessions: 3,
        appliedNumber: expect.any(Number) as number,
        certificateExpiresAt: '2027-03-01T00:00:00.000Z',
        checkedAt: expect.any(String) as string,
        allowRules: [{ purpose: 'Microsoft Graph', host: '127.0.0.1', protocol: 'TCP' }],
      },
    });
    expect(JSON.stringify(answer.gate?.allowRules)).not.toContain('evil.example');
    const { exp } = bundleOf((await gate.bundle()).text);
    expect(Date.parse(answer.gate?.bundleExpiresAt ?? '')).toBeCloseTo(exp * 1000, -4);
  });

  it('whose disk is full says so for as long as that lasts, and has what was delivered', async () => {
    const trouble = { code: 'events_not_kept', detail: 'Events can’t be kept:\u0007 ENOSPC' };
    await hold({ trouble });
    expect(await sensorGate('ANT-TF-01')).toMatchObject({
      delivery: { state: 'applied', reason: null },
      gate: { trouble: { ...trouble, detail: 'Events can’t be kept:[U+0007] ENOSPC' } },
    });
    await hold();
    expect((await sensorGate('ANT-TF-01')).gate?.trouble).toBeNull();
  });

  it('whose clock is off says so, with the amount', async () => {
    await hold({ clockOffset: -2 * 3_600_000 });
    expect((await sensorGate('ANT-TF-01')).delivery).toMatchObject({
      state: 'applied',
      reason: { code: 'clock_off', detail: expect.stringContaining('2 hours slow') as string },
    });
    await hold({ clockOffset: 1_000 });
    expect((await sensorGate('ANT-TF-01')).delivery.reason).toBeNull();
  });

  it('that waits for a change says since when, and when its bundle ends at the earliest', async () => {
    const { site } = targetsOf(() => places);
    const targets = [site('Antwerp')];
    const setting = await created(admin, settingBody({ targets }));
    await hold();
    const current = (await sensorGate('ANT-TF-01')).gate?.bundleExpiresAt ?? '';
    const { body } = await change(admin, setting, settingBody({ targets, name: 'Other' }));
    const { delivery, gate: shown } = await sensorGate('ANT-TF-01');
    const { changedAt } = body as { readonly changedAt: string };
    expect(delivery).toEqual({ state: 'pending', since: changedAt, reason: null });
    expect(Date.parse(shown?.bundleExpiresAt ?? '')).toBeLessThanOrEqual(Date.parse(current));
  });

  it('that never came back after its enrolment is disconnected', async () => {
    await enrolledGate(portal.database.pool, places.sensor('GNT-PS-01').id);
    await expect
      .poll(async () => (await sensorGate('GNT-PS-01')).delivery)
      .toMatchObject({ state: 'disconnected', since: null, reason: { code: 'never_seen' } });
  });

  it('isn’t there before it is enrolled, nor after it was revoked', async () => {
    expect(await sensorGate('GOT-WW-01')).toEqual({
      delivery: { state: 'notEnrolled', since: null, reason: null },
      gate: null,
      mayEnrol: true,
    });
    expect((await sensorGate('ANT-TF-02')).delivery).toMatchObject({
      state: 'unsupported',
      reason: { detail: 'Its software is 22.3.17: single sign-on needs 24.1.2 or later.' },
    });
    expect((await sensorGate('GNT-UT-01')).delivery.reason?.detail).toContain('isn’t known');
    const { id } = places.sensor('GNT-PS-01');
    const shown = await sensorGate('GNT-PS-01');
    const path = `/sensors/${id}/gate?gateId=${shown.gate?.id}`;
    expect((await admin('DELETE', path)).status).toBe(204);
    expect(await sensorGate('GNT-PS-01')).toMatchObject({
      delivery: { state: 'notEnrolled' },
      gate: null,
    });
  });

  it.each([
    [portalGroups.admin, 200, true],
    [portalGroups.securityAnalyst, 200, false],
    [portalGroups.readOnly, 403, false],
    [siteGroups.admins, 200, true],
    [siteGroups.analysts, 200, false],
    [siteGroups.readers, 403, false],
    [siteGroups.others, 403, false],
  ])('R10: is for those who may see gates there: %s', async (group, status, mayEnrol) => {
    const api = await portal.as(group);
    const answer = await api('GET', `/sensors/${places.sensor('ANT-TF-01').id}/gate`);
    expect(answer.status).toBe(status);
    if (status === 200) expect(answer.body).toMatchObject({ mayEnrol });
  });

  it('R10: isn’t there for those who don’t see the sensor', async () => {
    const analyst = await portal.as(siteGroups.analysts);
    const path = `/sensors/${places.sensor('GNT-PS-01').id}/gate`;
    expect((await analyst('GET', path)).status).toBe(404);
  });
});

describe('allow rules', () => {
  const addresses = {
    loginUrl: 'https://login.microsoftonline.com',
    graphUrl: 'https://graph.microsoft.com/v1.0',
    publicUrl: 'https://gatehouse.example:8443',
  };
  const blocked = (target: CheckResult['target'], step: CheckResult['step'] = 'tcp') => ({
    ...failing,
    target,
    step,
  });

  it('name each address once, in the words of the wizard', () => {
    const checks = [blocked('portal'), blocked('login', 'dns'), blocked('login'), blocked('graph')];
    expect(allowRulesFor(checks, addresses)).toEqual([
      { purpose: 'Microsoft Graph', host: 'graph.microsoft.com', port: 443, protocol: 'TCP' },
      {
        purpose: 'MSAL, the sign-in',
        host: 'login.microsoftonline.com',
        port: 443,
        protocol: 'TCP',
      },
      {
        purpose: 'Gatehouse, this portal',
        host: 'gatehouse.example',
        port: 8443,
        protocol: 'TCP',
      },
    ]);
  });

  it('are none for a clock that is off', () => {
    expect(allowRulesFor([blocked('login', 'clock')], addresses)).toEqual([]);
  });
});
