import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bundle } from '../contract/gate-protocol.ts';
import { defaultConsoleRules } from '../domain/console-rules.ts';
import { consoleRulesAnswer } from '../contract/console-rules.ts';
import { createGate, type GateOptions } from '../gate/app.ts';
import type {
  GateContext,
  GateIdentity,
  InForce,
  NewGateEvent,
  PortalContact,
} from '../gate/in-force.ts';
import { ask, raw, type PlainAnswer, type PlainRequest } from './plain-requests.ts';
import { clientId, startTokenIssuer, tenantId, type TokenIssuer } from './token-issuer.ts';

export const gateUrl = 'https://sensor-07.plant.example';

export const adminGroup = '10000000-0000-4000-8000-000000000001';
export const analystGroup = '10000000-0000-4000-8000-000000000002';
export const readerGroup = '10000000-0000-4000-8000-000000000003';

export const gateIdentity: GateIdentity = {
  gateId: '0a1b2c3d-0000-4000-8000-0000000000aa',
  sensorId: '0a1b2c3d-0000-4000-8000-0000000000bb',
  portalUrl: 'https://portal.example',
};

/** A bundle as a portal would sign it, for a setting with one group for each role. */
export function sampleBundle(loginUrl: string, changes: Partial<Bundle> = {}): Bundle {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: gateIdentity.portalUrl,
    aud: gateIdentity.gateId,
    sub: gateIdentity.sensorId,
    iat: now,
    exp: now + 30 * 86_400,
    number: 1,
    tag: 'tag-1',
    sensor: {
      id: gateIdentity.sensorId,
      name: 'sensor-07',
      siteName: 'Plant A',
      zoneName: 'Line 1',
      subscriptionName: 'Production',
      version: '24.1.4',
    },
    setting: {
      id: '0a1b2c3d-0000-4000-8000-0000000000cc',
      name: 'Plant A operators',
      version: 3,
      level: 'site',
      tenantId,
      clientId,
      permissions: {
        admin: [{ id: adminGroup, displayName: 'OT admins' }],
        securityAnalyst: [{ id: analystGroup, displayName: 'OT analysts' }],
        readOnly: [{ id: readerGroup, displayName: 'OT readers' }],
      },
      consoleRules: consoleRulesAnswer(defaultConsoleRules),
    },
    entra: { loginUrl, graphUrl: loginUrl },
    sessions: { idleMinutes: 30, totalMinutes: 480 },
    revocations: [],
    portalKeys: [{ kty: 'OKP', crv: 'Ed25519', x: 'x'.repeat(43), kid: 'k'.repeat(43) }],
    ...changes,
  };
}

export interface TestGate {
  readonly port: number;
  readonly issuer: TokenIssuer;
  readonly dataDir: string;
  /** What was recorded for the portal, in order. */
  readonly events: readonly NewGateEvent[];
  readonly bundle: () => Bundle;
  /** Puts something else in force, and tells the gate. */
  readonly put: (now: InForce) => void;
  /** The same setting with changes, as the next bundle. */
  readonly change: (changes: Partial<NonNullable<Bundle['setting']>>) => void;
  readonly setPortal: (contact: PortalContact) => void;
  readonly ask: (path: string, request?: PlainRequest) => Promise<PlainAnswer>;
  /** Sends bytes over a connection of their own, and reads until it ends. */
  readonly raw: (bytes: string) => Promise<string>;
  /** What the page asks for a session with: an access token of these claims, or this one. */
  readonly open: (claims?: Record<string, unknown>) => Promise<PlainAnswer>;
  readonly openBy: (
    token: string,
    request?: { readonly cookie?: string; readonly body?: object },
  ) => Promise<PlainAnswer>;
  /** The Cookie header of somebody in these groups who signed in. */
  readonly cookieOf: (...groups: readonly string[]) => Promise<string>;
  /** Ends the gate and starts it again on the same folder. */
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function startTestGate(
  options: Partial<Omit<GateOptions, 'context' | 'dataDir'>> & {
    readonly gateId?: string;
    /** What the gate sees as the address of everybody who connects; absent: loopback. */
    readonly peer?: string;
  } = {},
): Promise<TestGate> {
  const { gateId = gateIdentity.gateId, peer, ...others } = options;
  const issuer = await startTokenIssuer();
  const dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-gate-'));
  const events: NewGateEvent[] = [];
  const listeners = new Set<(now: InForce) => void>();
  let current: InForce = { bundle: sampleBundle(issuer.loginUrl), condition: 'inForce' };
  let portal: PortalContact = { reachable: true, unreachableSince: null, clockOffset: 0 };
  const context: GateContext = {
    identity: { ...gateIdentity, gateId },
    inForce: () => current,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    portal: () => portal,
    record: (event) => void events.push(event),
    setOpenSessions: () => undefined,
  };
  const start = async () => {
    const gate = await createGate({
      context,
      upstream: null,
      publicUrl: gateUrl,
      trustedProxies: [],
      tls: null,
      assertions: false,
      dataDir,
      ...others,
    });
    if (peer !== undefined) {
      gate.server.prependListener('connection', (socket) => {
        Object.defineProperty(socket, 'remoteAddress', { value: peer });
      });
    }
    return { gate, port: await gate.listen({ host: '127.0.0.1', port: 0 }) };
  };
  let running = await start();

  function put(now: InForce): void {
    current = now;
    for (const listener of listeners) listener(now);
  }
  function bundle(): Bundle {
    if (current.bundle === null) throw new Error('there is no bundle');
    return current.bundle;
  }
  const openBy: TestGate['openBy'] = (token, { cookie, body = {} } = {}) =>
    ask(running.port, '/_gatehouse/api/session', {
      method: 'POST',
      headers: {
        origin: gateUrl,
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(cookie === undefined ? {} : { cookie }),
      },
      body: JSON.stringify(body),
    });
  const open: TestGate['open'] = async (claims) =>
    openBy(await issuer.token({ aud: clientId, ...claims }));

  return {
    get port() {
      return running.port;
    },
    issuer,
    dataDir,
    events,
    bundle,
    put,
    change(changes) {
      const before = bundle();
      if (before.setting === null) throw new Error('there is no setting');
      const next = {
        ...before,
        number: before.number + 1,
        setting: { ...before.setting, ...changes },
      };
      put({ bundle: next, condition: 'inForce' });
    },
    setPortal(contact) {
      portal = contact;
    },
    ask: (path, request) => ask(running.port, path, request),
    raw: (bytes) => raw(running.port, bytes),
    open,
    openBy,
    async cookieOf(...groups) {
      return cookieIn(await open({ groups, sid: `session of ${groups.join()}` }));
    },
    async restart() {
      await running.gate.close();
      running = await start();
    },
    async close() {
      await running.gate.close();
      await issuer.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

/** The Cookie header for what an answer has set. */
export function cookieIn(answer: PlainAnswer): string {
  const [cookie] = answer.headers['set-cookie'] ?? [];
  if (cookie === undefined) throw new Error(`no cookie came with ${answer.status}: ${answer.body}`);
  return cookie.split(';')[0] ?? '';
}

/** The code of a problem document. */
export function codeIn({ body }: PlainAnswer): unknown {
  return (JSON.parse(body) as { code?: unknown }).code;
}

export const navigation = { accept: 'text/html', 'sec-fetch-mode': 'navigate' };
