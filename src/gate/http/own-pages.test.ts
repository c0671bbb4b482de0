import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pageConfiguration, pageConfigurationElement } from '../../contract/configuration.ts';
import { gateStatus } from '../../contract/gate-page.ts';
import {
  codeIn,
  gateIdentity,
  navigation,
  startTestGate,
  type TestGate,
} from '../../testing/test-gate.ts';
import { clientId } from '../../testing/token-issuer.ts';

let gate: TestGate;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-page-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><head><!--gatehouse-configuration--><script src="/assets/index-1.js"></script></head>',
  );
  await writeFile(join(folder, 'redirect.html'), '<!doctype html>bridge');
  await writeFile(join(folder, 'assets', 'index-1.js'), 'export {};');
  gate = await startTestGate({ pageFolder: pathToFileURL(`${folder}/`) });
});
afterAll(async () => {
  await gate.close();
  await rm(folder, { recursive: true });
});

function configurationIn(html: string) {
  const json =
    new RegExp(`id="${pageConfigurationElement}">(.*)</script>`, 'u').exec(html)?.[1] ?? '';
  return pageConfiguration.parse(JSON.parse(/^(.*?)<\/script>/u.exec(json)?.[1] ?? json));
}

describe('the gate’s own pages', () => {
  it.each([
    '/_gatehouse/',
    '/_gatehouse/?return=%2Fflows',
    '/_gatehouse/recover',
    '/_gatehouse/a/b',
  ])('%s is the page of the sensor', async (path) => {
    const { status, body, headers } = await gate.ask(path, { headers: navigation });
    expect(status).toBe(200);
    expect(configurationIn(body)).toMatchObject({
      surface: 'sensor',
      name: 'sensor-07',
      provider: { clientId, apiClientId: clientId },
      sensor: { id: gateIdentity.sensorId, siteName: 'Plant A', zoneName: 'Line 1' },
    });
    expect(body).toContain('src="/_gatehouse/assets/index-1.js"');
    // Hosts below a sensor's are somebody else's business.
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
    expect(headers['content-security-policy']).toContain(
      `connect-src 'self' ${gate.issuer.loginUrl}`,
    );
  });

  it('are led to from the folder without its slash', async () => {
    const answer = await gate.ask('/_gatehouse?return=%2Fx');
    expect([answer.status, answer.headers.location]).toEqual([302, '/_gatehouse/?return=%2Fx']);
  });

  it('have their scripts and the bridge beside them', async () => {
    expect((await gate.ask('/_gatehouse/assets/index-1.js')).status).toBe(200);
    const bridge = await gate.ask('/_gatehouse/redirect.html');
    expect(bridge.headers['content-security-policy']).toContain("frame-ancestors 'self'");
  });

  it.each([
    '/_gatehouse/assets/../../package.json',
    '/_gatehouse/api/nothing',
    '/_gatehouse/assets/none.js',
  ])('%s is nothing', async (path) => {
    const answer = await gate.ask(path, { headers: navigation });
    expect([answer.status, codeIn(answer)]).toEqual([404, 'not_found']);
  });

  it('work without a bundle: the page says so by itself', async () => {
    const bundle = gate.bundle();
    gate.put({ bundle: null, condition: 'noBundle' });
    const { body, status } = await gate.ask('/_gatehouse/', { headers: navigation });
    gate.put({ bundle, condition: 'inForce' });
    expect(status).toBe(200);
    expect(configurationIn(body)).toMatchObject({
      provider: null,
      sensor: null,
      name: 'Gatehouse',
    });
  });

  it('tell a broken body from a wrong one', async () => {
    const send = (body: string, type = 'application/json') =>
      gate.ask('/_gatehouse/api/recovery-session', {
        method: 'POST',
        headers: { origin: 'https://sensor-07.plant.example', 'content-type': type },
        body,
      });
    for (const [answer, status, code] of [
      [await send('{'), 400, 'invalid_request'],
      [await send('{"token":1}'), 400, 'invalid_request'],
      [await send('{"token":"12345678901234567890","more":1}'), 400, 'invalid_request'],
      [await send('a=b', 'application/x-www-form-urlencoded'), 415, 'unsupported_media_type'],
    ] as const) {
      expect([answer.status, codeIn(answer)]).toEqual([status, code]);
    }
  });
});

describe('what anybody may ask', () => {
  it('is the status, with the portal and Entra as the gate sees them', async () => {
    const since = Date.now() - 60_000;
    gate.setPortal({ reachable: false, unreachableSince: since, clockOffset: null });
    const { body } = await gate.ask('/_gatehouse/api/status');
    gate.setPortal({ reachable: true, unreachableSince: null, clockOffset: 0 });
    expect(gateStatus.parse(JSON.parse(body))).toMatchObject({
      sensor: { name: 'sensor-07' },
      refusal: null,
      portal: { reachable: false, unreachableSince: new Date(since).toISOString() },
      entra: { loginUrl: gate.issuer.loginUrl },
      clock: null,
      certificate: null,
    });
  });

  it('is whether the process lives; numbers are for this machine, not through a proxy', async () => {
    expect((await gate.ask('/_gatehouse/healthz')).status).toBe(200);
    const { status, body } = await gate.ask('/_gatehouse/metrics');
    expect(status).toBe(200);
    expect(body).toContain('gatehouse_gate_open_sessions 0');
    expect(
      (await gate.ask('/_gatehouse/metrics', { headers: { 'x-forwarded-for': '1.2.3.4' } })).status,
    ).toBe(404);
  });

  it('is nothing of a console where there is none', async () => {
    const answer = await gate.ask('/metrics');
    expect(answer.status).toBe(401);
  });
});
