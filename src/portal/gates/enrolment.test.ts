import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../contract/gate-protocol.ts';
import {
  bundleOf,
  enrolGate,
  enrolmentToken,
  makeGateKey,
  redeem,
  sendTo,
  type TestGateOptions,
} from '../../testing/gate-client.ts';
import { publicUrl } from '../../testing/bare-portal.ts';
import { importRows, readSites, sampleRows, type Sites } from '../../testing/sample-inventory.ts';
import { portalGroups, startTestPortal, type Api, type TestPortal } from '../../testing/test-portal.ts';

let portal: TestPortal;
let admin: Api;
let sites: Sites;
let options: TestGateOptions;
beforeAll(async () => {
  portal = await startTestPortal();
  admin = await portal.as(portalGroups.admin);
  await importRows(admin, sampleRows);
  sites = await readSites(admin);
  options = { send: sendTo(portal.app), portalUrl: publicUrl };
});
afterAll(() => portal.close());

describe('enrolment', () => {
  it('works', async () => {
    const gate = await enrolGate(options, admin, sites.sensor('ANT-TF-01').id);
    expect(bundle.parse(gate.first)).toMatchObject({ aud: gate.gateId });
    const again = await gate.bundle();
    expect(again.status).toBe(200);
    expect((await gate.bundle(bundleOf(again.text).tag)).status).toBe(304);
    void enrolmentToken;
    void makeGateKey;
    void redeem;
  });
});
