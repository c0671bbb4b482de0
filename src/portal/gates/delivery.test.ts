import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getDelivery } from '../../contract/gates.ts';
import { gatePaths } from '../../contract/gate-protocol.ts';
import { type GateReport } from '../../contract/gate-report.ts';
import { listSensors, sensorSummary } from '../../contract/inventory.ts';
import type { SsoSetting } from '../../contract/sso-settings.ts';
import type { DeliveryState } from '../../domain/delivery.ts';
import { publicUrl } from '../../testing/bare-portal.ts';
import { bundleOf, enrolGate, sendTo, type TestGate } from '../../testing/gate-client.ts';
import { gateReport } from '../../testing/gate-report.ts';
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

let portal: TestPortal;
let admin: Api;
let places: Sites;
let setting: SsoSetting;
let gate: TestGate;
const { site, zone } = targetsOf(() => places);

beforeAll(async () => {
  portal = await startTestPortal();
  admin = await portal.as(portalGroups.admin);
  await importRows(admin, sampleRows);
  places = await readSites(admin);
  setting = await created(admin, settingBody({ targets: [site('Antwerp')] }));
  const permissions = mapping({ admin: [siteGroups.others] });
  const targets = [zone('Antwerp', 'Utilities')];
  await created(admin, settingBody({ name: 'Exception', targets, permissions }));
  const options = { send: sendTo(portal.app), portalUrl: publicUrl };
  gate = await enrolGate(options, admin, places.sensor('ANT-TF-01').id);
});
afterAll(() => portal.close());
beforeEach(() => hold());

/** Fetches the bundle and says that it is applied, as a gate that is well does. */
async function hold(): Promise<void> {
  const { number, tag } = bundleOf((await gate.bundle()).text);
  await report({ applied: { number, tag }, failed: null });
}

async function report(changes: Partial<GateReport>): Promise<void> {
  const json = gateReport(changes);
  const { status } = await gate.ask({ method: 'POST', path: gatePaths.reports, json });
  expect(status).toBe(200);
}

/** A change of the setting: its gates should hold another bundle from then on. */
async function changeSetting(): Promise<void> {
  const body = settingBody({
    targets: [site('Antwerp')],
    description: `Changed after version ${setting.version}`,
    name: `Antwerp ${setting.version}`,
  });
  setting = (await change(admin, setting, body)).body as SsoSetting;
}

async function deliveryFor(api: Api, query = '') {
  return getDelivery.response.parse((await api('GET', `/delivery${query}`)).body);
}

async function stateOf(sensor: string, api = admin): Promise<DeliveryState> {
  const { body } = await api('GET', `/sensors/${places.sensor(sensor).id}`);
  return sensorSummary.parse(body).delivery;
}

async function listed(query: string) {
  const { body } = await admin('GET', `/sensors?${query}`);
  const { sensors, total, next } = listSensors.response.parse(body);
  return { names: sensors.map(({ name }) => name), total, next };
}

describe('R14: delivery to a sensor', () => {
  it('is not enrolled or unsupported before anything else', async () => {
    expect(await stateOf('GNT-PS-01')).toBe('notEnrolled');
    expect(await stateOf('ANT-TF-02')).toBe('unsupported');
    expect(await stateOf('GNT-UT-01')).toBe('unsupported');
  });

  it('is applied once its gate says that it holds what is in force, and pending from a change on', async () => {
    expect(await stateOf('ANT-TF-01')).toBe('applied');
    await changeSetting();
    expect(await stateOf('ANT-TF-01')).toBe('pending');
    await hold();
    expect(await stateOf('ANT-TF-01')).toBe('applied');
  });

  it('has failed when the gate says so of what it should hold, with the reason, until it has applied it', async () => {
    await changeSetting();
    const { tag } = bundleOf((await gate.bundle()).text);
    const failed = { tag, code: 'disk_full', detail: 'No space is left on the device.' };
    await report({ failed });
    expect(await stateOf('ANT-TF-01')).toBe('failed');
    const { states, failures } = await deliveryFor(admin);
    expect(states.failed).toBe(1);
    expect(failures).toMatchObject([
      {
        sensorName: 'ANT-TF-01',
        status: {
          state: 'failed',
          since: expect.any(String) as string,
          reason: { code: 'disk_full', detail: failed.detail },
        },
      },
    ]);
    // What failed is history as soon as something else is wanted.
    await changeSetting();
    expect(await stateOf('ANT-TF-01')).toBe('pending');
    await hold();
    expect((await deliveryFor(admin)).failures).toEqual([]);
  });

  it('has failed where the gate couldn’t even read what it was sent', async () => {
    await changeSetting();
    await report({ failed: { tag: null, code: 'signature_invalid', detail: 'It isn’t ours.' } });
    expect(await stateOf('ANT-TF-01')).toBe('failed');
  });

  it('isn’t turned back by a report that was overtaken', async () => {
    const before = bundleOf((await gate.bundle()).text);
    await changeSetting();
    await hold();
    await report({ applied: { number: before.number, tag: before.tag } });
    expect(await stateOf('ANT-TF-01')).toBe('applied');
  });
});

describe('GET /delivery', () => {
  it('counts the sensors of everywhere, of a setting, of a site', async () => {
    const none = { pending: 0, failed: 0, disconnected: 0 };
    expect(await deliveryFor(admin)).toMatchObject({
      total: 6,
      states: { ...none, applied: 1, unsupported: 2, notEnrolled: 3 },
    });
    expect(await deliveryFor(admin, `?settingId=${setting.id}`)).toMatchObject({
      total: 2,
      states: { ...none, applied: 1, unsupported: 1, notEnrolled: 0 },
    });
    const ghent = site('Ghent').id;
    expect(await deliveryFor(admin, `?siteId=${ghent}`)).toMatchObject({
      total: 2,
      states: { ...none, applied: 0, unsupported: 1, notEnrolled: 1 },
    });
    expect(await deliveryFor(admin, `?siteId=${ghent}&settingId=${setting.id}`)).toMatchObject({
      total: 0,
    });
  });

  it('R10: is of those that one sees', async () => {
    expect((await deliveryFor(await portal.as(portalGroups.readOnly))).total).toBe(6);
    expect((await deliveryFor(await portal.as(siteGroups.readers))).total).toBe(2);
    expect((await deliveryFor(await portal.as(siteGroups.others))).total).toBe(1);
    const reader = await portal.as(siteGroups.readers);
    expect((await deliveryFor(reader, `?siteId=${site('Ghent').id}`)).total).toBe(0);
    const nobody = await portal.as('70000000-0000-4000-8000-000000000001');
    expect((await nobody('GET', '/delivery')).status).toBe(403);
  });

  it('agrees with the list, in each state', async () => {
    const { states } = await deliveryFor(admin);
    for (const [state, count] of Object.entries(states)) {
      expect([state, (await listed(`delivery=${state}`)).total]).toEqual([state, count]);
    }
  });
});

describe('the list of sensors', () => {
  it('can be filtered by delivery, page by page', async () => {
    expect(await listed('delivery=applied')).toMatchObject({ names: ['ANT-TF-01'], next: null });
    const first = await listed('delivery=notEnrolled&limit=2');
    expect(first).toMatchObject({ names: ['ANT-UT-01', 'GNT-PS-01'], total: 3 });
    expect(await listed(`delivery=notEnrolled&limit=2&after=${first.next}`)).toEqual({
      names: ['GOT-WW-01'],
      total: 3,
      next: null,
    });
    expect((await admin('GET', '/sensors?delivery=lost')).status).toBe(400);
  });
});
