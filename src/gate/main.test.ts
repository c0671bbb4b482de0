import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { gateStatus } from '../contract/gate-page.ts';
import { getSensorGate } from '../contract/gates.ts';
import { startConnectProxy, type ConnectProxy } from '../testing/connect-proxy.ts';
import { enrolmentToken } from '../testing/gate-client.ts';
import { startGatesPortal, type GatesPortal } from '../testing/gates-portal.ts';
import { created, settingBody } from '../testing/sample-setting.ts';
import { readGateConfig, type GateConfig } from './config.ts';
import { enrolGate } from './enrol.ts';
import { startGate, type RunningGate } from './main.ts';
import { createPortalTransport } from './portal-transport.ts';
import { createDispatcher } from './proxy.ts';
import { rotateGateKey } from './rotate-key.ts';
import { findIdentity, requireIdentity } from './identity.ts';

let portal: GatesPortal;
/** The portal goes by an address that isn't the one where it listens: all requests take this way. */
let way: ConnectProxy;
let dataDir = '';
let running: RunningGate[] = [];

beforeAll(async () => {
  portal = await startGatesPortal();
  await portal.app.listen({ host: '127.0.0.1', port: 0 });
  way = await startConnectProxy({ port: (portal.app.server.address() as AddressInfo).port });
});
afterAll(async () => {
  await way.close();
  await portal.close();
});
beforeEach(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), 'gatehouse-main-')), 'data');
  running = [];
});
afterEach(async () => {
  for (const gate of running) await gate.close();
  await rm(join(dataDir, '..'), { recursive: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function configure(...args: string[]): Promise<GateConfig> {
  const port = String(await freePort());
  return readGateConfig({ HTTP_PROXY: way.url }, ['--data-dir', dataDir, '--port', port, ...args]);
}

async function enrol(config: GateConfig, sensor: string): Promise<void> {
  const { portalUrl, fingerprint, token } = await enrolmentToken(
    portal.admin,
    portal.sites.sensor(sensor).id,
  );
  const dispatcher = createDispatcher(config.proxy);
  await enrolGate({
    dataDir,
    portalUrl,
    fingerprint,
    token,
    publicUrl: config.localUrl,
    replace: false,
    transport: createPortalTransport(portalUrl, dispatcher, Date.now),
    now: Date.now,
  });
  await dispatcher.close();
}

async function start(config: GateConfig): Promise<RunningGate> {
  const gate = await startGate({ config, log: pino({ level: 'silent' }) });
  running.push(gate);
  return gate;
}

async function statusOf(config: GateConfig) {
  const answer = await fetch(`${config.localUrl}/_gatehouse/api/status`);
  return gateStatus.parse(await answer.json());
}

async function delivery(sensor: string) {
  const { body } = await portal.admin('GET', `/sensors/${portal.sites.sensor(sensor).id}/gate`);
  return getSensorGate.response.parse(body);
}

describe('startGate', () => {
  it('enrols at a portal, serves, and applies what is changed there', async () => {
    const config = await configure();
    await enrol(config, 'ANT-TF-01');
    const gate = await start(config);
    expect(gate.sensorName()).toBe('ANT-TF-01');
    expect(gate.origin).toBe(config.localUrl);
    expect((await statusOf(config)).refusal?.code).toBe('sso_off');
    const { id } = portal.sites.sensor('ANT-TF-01');
    await created(portal.admin, settingBody({ targets: [{ kind: 'sensor', id }] }));
    await expect.poll(async () => (await statusOf(config)).refusal).toBeNull();
    await expect
      .poll(async () => (await delivery('ANT-TF-01')).delivery.state, { timeout: 10_000 })
      .toBe('applied');
    const told = await delivery('ANT-TF-01');
    expect(told.gate).toMatchObject({ id: gate.gateId, origin: config.localUrl });
  });

  it('changes its key at the portal while it runs', async () => {
    const config = await configure();
    await enrol(config, 'ANT-UT-01');
    await start(config);
    const identity = await requireIdentity(dataDir);
    const dispatcher = createDispatcher(config.proxy);
    const fingerprint = await rotateGateKey({
      dataDir,
      identity,
      transport: createPortalTransport(identity.portalUrl, dispatcher, Date.now),
      now: Date.now,
    });
    await dispatcher.close();
    await expect
      .poll(async () => (await delivery('ANT-UT-01')).gate, { timeout: 20_000 })
      .toMatchObject({ keyFingerprint: fingerprint, keyRotating: false });
  });

  it('is told that it was revoked', async () => {
    const config = await configure();
    await enrol(config, 'GNT-PS-01');
    const { gateId } = await start(config);
    const id = portal.sites.sensor('GNT-PS-01').id;
    await portal.admin('DELETE', `/sensors/${id}/gate?gateId=${gateId}`);
    await expect.poll(async () => (await statusOf(config)).refusal?.code).toBe('gate_revoked');
  });

  it('starts and serves without a portal', async () => {
    const config = await configure();
    await enrol(config, 'GNT-UT-01');
    const proxy = { ...config.proxy, httpProxy: `http://127.0.0.1:${await freePort()}` };
    const cut = { ...config, proxy };
    const gate = await start(cut);
    expect(gate.sensorName()).toBe('GNT-UT-01');
    await expect.poll(async () => (await statusOf(cut)).portal.reachable).toBe(false);
  });

  it('says what to do where it was never enrolled, and leaves nothing behind', async () => {
    const config = await configure();
    await expect(start(config)).rejects.toMatchObject({ code: 'not_enrolled' });
    expect(await findIdentity(dataDir)).toBeNull();
  });

  it('keeps a second gate off its data directory, and out of its port', async () => {
    const config = await configure();
    await enrol(config, 'GOT-WW-01');
    await start(config);
    await expect(start({ ...config, port: await freePort() })).rejects.toMatchObject({
      code: 'runs_already',
    });
    // As a killed one leaves it, whose number is another process's by now.
    await rm(join(dataDir, 'gate.pid'));
    await symlink(`${process.ppid} 1 00000000`, join(dataDir, 'gate.pid'));
    await expect(start(config)).rejects.toMatchObject({ code: 'port_taken' });
  });
});
