import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { clientIds, personIds } from '../src/demo/directory.ts';
import { startSampleConsole } from '../src/demo/sample-console.ts';
import { readGateConfig } from '../src/gate/config.ts';
import { enrolGate } from '../src/gate/enrol.ts';
import { startGate } from '../src/gate/main.ts';
import { createPortalTransport } from '../src/gate/portal-transport.ts';
import { createDispatcher } from '../src/gate/proxy.ts';
import { createGateEnrolment, getSensorGate } from '../src/contract/gates.ts';
import { visit, type EntraAddress } from '../src/testing/entra-sign-in.ts';
import type { Api } from '../src/testing/test-portal.ts';
import { apiAs, createSetting, findTarget, importSensors, siteGroups } from './api.ts';
import { freePort } from './free-ports.ts';
import { startWorld, type World } from './world.ts';

/** A world whose sites Antwerp and Rotterdam have an SSO setting each, and gates before their sensors. */
export interface GateWorld {
  readonly world: World;
  /** Enrols a gate for a sensor, by names as in `Antwerp/Tank farm/ANT-TF-01`, and starts it. */
  startGate(sensor: string, options: GateWish): Promise<TestGate>;
  /** The same at a free port, before the console at this address: absent, a sample of its own. */
  startGateBefore(sensor: string, upstream?: string): Promise<TestGate>;
  close(): Promise<void>;
}

export interface GateWish {
  readonly port: number;
  /** Where people open it; absent: at the gate itself. */
  readonly publicUrl?: string;
  /** More GATEHOUSE_GATE_* variables, such as the address of the console. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface TestGate {
  /** Where people open it. */
  readonly publicUrl: string;
  readonly dataDir: string;
  /** Opens a session as the gate's page does, and resolves to the `Cookie` header of its browser. */
  signIn(person: keyof typeof personIds): Promise<string>;
  close(): Promise<void>;
}

export async function startGateWorld(): Promise<GateWorld> {
  const world = await startWorld();
  const api = await apiAs(world, personIds.ada);
  await importSensors(api);
  await createSetting(api, 'Antwerp SSO', siteGroups.antwerp, ['Antwerp']);
  await createSetting(api, 'Rotterdam SSO', siteGroups.rotterdam, ['Rotterdam']);
  const dispatcher = createDispatcher({ httpProxy: null, httpsProxy: null, noProxy: '' });
  const closing: (() => Promise<void>)[] = [];

  async function sampleConsole(sensor: string): Promise<string> {
    const console = await startSampleConsole(sensor.split('/').at(-1) ?? '');
    closing.push(() => console.close());
    return console.origin;
  }

  const started: GateWorld = {
    world,
    async startGateBefore(sensor, upstream) {
      const env = { GATEHOUSE_GATE_UPSTREAM: upstream ?? (await sampleConsole(sensor)) };
      return started.startGate(sensor, { port: await freePort(), env });
    },
    async startGate(sensor, wish) {
      const dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-gate-'));
      const local = `http://localhost:${wish.port}`;
      const { publicUrl = local } = wish;
      const { id } = await findTarget(api, sensor);
      const answer = await api('POST', `/sensors/${id}/gate/enrolment`, { body: {} });
      const { portalUrl, token, fingerprint } = createGateEnrolment.response.parse(answer.body);
      await enrolGate({
        dataDir,
        portalUrl,
        token,
        fingerprint,
        publicUrl,
        replace: false,
        transport: createPortalTransport(portalUrl, dispatcher, Date.now),
        now: Date.now,
      });
      const gate = await startGate({
        config: readGateConfig({
          ...wish.env,
          GATEHOUSE_GATE_PORT: String(wish.port),
          GATEHOUSE_GATE_DATA_DIR: dataDir,
          GATEHOUSE_GATE_LOG_LEVEL: 'silent',
        }),
      });
      const close = async (): Promise<void> => {
        await gate.close();
        await rm(dataDir, { recursive: true, force: true });
      };
      closing.push(close);
      return {
        publicUrl,
        dataDir,
        signIn: (person) =>
          openGateSession(world.entra, { gate: local, publicUrl, oid: personIds[person] }),
        close,
      };
    },
    async close() {
      for (const close of closing.toReversed()) await close();
      await dispatcher.close();
      await world.close();
    },
  };
  return started;
}

/** Waits until a sensor's gate holds what it should; the journey's own time limit ends it otherwise. */
export async function applied(api: Api, sensorId: string): Promise<void> {
  await until(
    async () => {
      const { body } = await api('GET', `/sensors/${sensorId}/gate`);
      return getSensorGate.response.parse(body).delivery.state;
    },
    (state) => state === 'applied',
  );
}

/** Asks until the answer is as it should be; the journey's own time limit ends it otherwise. */
export async function until<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

interface Answer {
  readonly status: number;
  readonly header: (name: string) => string | null;
  readonly text: string;
}

/** A request as a program sends it, or (`page`) as a browser goes to a page. Follows nothing. */
export async function ask(
  url: string,
  options: {
    readonly method?: 'GET' | 'HEAD' | 'POST';
    readonly cookie?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly page?: boolean;
    /** PEM of a certificate to believe. */
    readonly ca?: string;
  } = {},
): Promise<Answer> {
  const { method = 'GET', cookie, headers, page = false, ca } = options;
  const dispatcher = new Agent(ca === undefined ? {} : { connect: { ca } });
  const answer = await request(url, {
    method,
    dispatcher,
    headers: {
      ...(cookie === undefined ? {} : { cookie }),
      ...(page ? { accept: 'text/html', 'sec-fetch-mode': 'navigate' } : {}),
      ...(method === 'POST' ? { origin: new URL(url).origin } : {}),
      ...headers,
    },
  });
  const text = await answer.body.text();
  await dispatcher.close();
  return {
    status: answer.statusCode,
    header: (name) => answer.headers[name]?.toString() ?? null,
    text,
  };
}

/** Opens a session as a gate's page does, and resolves to the `Cookie` header of its browser. */
export async function openGateSession(
  entra: EntraAddress,
  who: { readonly gate: string; readonly publicUrl: string; readonly oid: string },
): Promise<string> {
  const { gate, publicUrl, oid } = who;
  const { access_token: token } = await visit(entra).signIn({
    oid,
    clientId: clientIds.plantSensors,
    redirectUri: 'http://localhost:8090/_gatehouse/redirect.html',
  });
  const opened = await fetch(`${gate}/_gatehouse/api/session`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      origin: publicUrl,
    },
    body: '{}',
  });
  if (!opened.ok) throw new Error(`${opened.status}: ${await opened.text()}`);
  return opened.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
}
