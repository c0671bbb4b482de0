import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { Agent } from 'undici';
import { afterEach, beforeEach } from 'vitest';
import type { GateReport } from '../contract/gate-report.ts';
import { openContext, type OpenContext } from '../gate/context.ts';
import { enrolGate } from '../gate/enrol.ts';
import { requireIdentity } from '../gate/identity.ts';
import { createPortalTransport, type PortalTransport } from '../gate/portal-transport.ts';
import { startPortalStub, type PortalStub } from './portal-stub.ts';

const origin = 'https://sensor.example.com';

export interface EnrolledGate {
  /** The data directory of the test that runs, where a gate is enrolled. */
  readonly dataDir: string;
  /** The portal that it is enrolled at. */
  readonly portal: PortalStub;
  /** Runs the gate of that directory; it is ended after the test. `now`: milliseconds since 1970. */
  readonly start: (now?: () => number) => Promise<OpenContext>;
  /** Ends it within the test. */
  readonly stop: (context: OpenContext) => Promise<void>;
  /** A way of its own to the portal, as commands have it. */
  readonly transport: () => PortalTransport;
  readonly lastReport: () => GateReport | undefined;
}

/** For each test of a file a portal, a gate that is enrolled there, and ways to run it. */
export function useEnrolledGate(): EnrolledGate {
  const dispatcher = new Agent();
  let dataDir = '';
  let portal: PortalStub;
  let open: OpenContext[] = [];
  const transport = () => createPortalTransport(portal.origin, dispatcher, Date.now);
  beforeEach(async () => {
    dataDir = join(await mkdtemp(join(tmpdir(), 'gatehouse-gate-')), 'data');
    portal = await startPortalStub();
    open = [];
    await enrolGate({
      dataDir,
      portalUrl: portal.origin,
      fingerprint: portal.signer.publicKey.kid,
      token: portal.token,
      publicUrl: origin,
      replace: false,
      transport: transport(),
      now: Date.now,
    });
  });
  afterEach(async () => {
    for (const each of open) await each.close();
    await portal.close().catch(() => undefined);
    await rm(join(dataDir, '..'), { recursive: true });
  });
  return {
    get dataDir() {
      return dataDir;
    },
    get portal() {
      return portal;
    },
    async start(now) {
      const context = await openContext({
        config: { dataDir, proxy: { httpProxy: null, httpsProxy: null, noProxy: '' } },
        identity: await requireIdentity(dataDir),
        origin,
        dispatcher,
        log: pino({ level: 'silent' }),
        ...(now === undefined ? {} : { now }),
      });
      open.push(context);
      context.start();
      return context;
    },
    async stop(context) {
      open = open.filter((each) => each !== context);
      await context.close();
    },
    transport,
    lastReport: () => portal.reports.at(-1),
  };
}
