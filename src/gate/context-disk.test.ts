import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { Agent } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleGate } from '../testing/bundle-signer.ts';
import { startPortalStub, type PortalStub } from '../testing/portal-stub.ts';
import { openContext, type OpenContext } from './context.ts';
import { enrolGate } from './enrol.ts';
import { gateFolder, requireIdentity } from './identity.ts';
import { createPortalTransport } from './portal-transport.ts';

const noProxy = { httpProxy: null, httpsProxy: null, noProxy: '' };
const dispatcher = new Agent();
let dataDir = '';
let portal: PortalStub;
let open: OpenContext[] = [];

beforeEach(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), 'gatehouse-gate-')), 'data');
  portal = await startPortalStub();
  open = [];
  await enrolGate({
    dataDir,
    portalUrl: portal.origin,
    fingerprint: portal.signer.publicKey.kid,
    token: portal.token,
    publicUrl: 'https://sensor.example.com',
    replace: false,
    transport: createPortalTransport(portal.origin, dispatcher, Date.now),
    now: Date.now,
  });
});
afterEach(async () => {
  for (const each of open) await each.close();
  await portal.close().catch(() => undefined);
  await rm(join(dataDir, '..'), { recursive: true });
});

async function start(): Promise<OpenContext> {
  const context = await openContext({
    config: { dataDir, proxy: noProxy },
    identity: await requireIdentity(dataDir),
    origin: 'https://sensor.example.com',
    dispatcher,
    log: pino({ level: 'silent' }),
  });
  open.push(context);
  context.start();
  return context;
}

async function stop(context: OpenContext): Promise<void> {
  open = open.filter((each) => each !== context);
  await context.close();
}

const lastReport = () => portal.reports.at(-1);

describe('a full disk of a running gate', () => {
  it('is reported where it takes no events, which is no failed delivery', async () => {
    const context = await start();
    const blocked = join(dataDir, 'events', 'queue.json');
    await mkdir(blocked);
    context.record({ kind: 'sessionEnded', sessionId: '1', reason: 'idle' });
    portal.setBundle({ number: 2, tag: 'second' });
    await portal.until(() => lastReport()?.trouble !== undefined);
    expect(lastReport()).toMatchObject({ trouble: { code: 'events_not_kept' }, failed: null });
    await rm(blocked, { recursive: true });
    await portal.until(() => portal.events.length === 1 && lastReport()?.trouble === undefined);
  });

  it('is reported where it takes no bundle, which is in force and delivered all the same', async () => {
    const context = await start();
    await portal.until(() => portal.polls.some(({ held }) => held === '"tag-1"'));
    const blocked = join(gateFolder(dataDir, sampleGate.gateId), 'bundle.jws');
    await rm(blocked);
    await mkdir(blocked);
    portal.setBundle({ number: 2, tag: 'second' });
    await portal.until(() => lastReport()?.trouble !== undefined);
    expect(context.inForce().bundle?.number).toBe(2);
    expect(lastReport()).toMatchObject({
      applied: { number: 2, tag: 'second' },
      failed: null,
      trouble: { code: 'bundle_not_kept' },
    });
    await portal.until(() => portal.polls.some(({ held }) => held === '"second"'));
    portal.setBundle({ number: 3, tag: 'third' });
    await portal.until(() => portal.polls.some(({ held }) => held === '"third"'));
    // It is waited for, and not asked for again and again.
    expect(portal.polls.filter(({ held }) => held === '"second"')).toHaveLength(1);
    expect(portal.events).toEqual([]);
    await rm(blocked, { recursive: true });
    await portal.until(() => lastReport()?.trouble === undefined);
    await stop(context);
    expect((await start()).inForce().bundle?.number).toBe(3);
  });
});
