import { describe, expect, it } from 'vitest';
import { newSigner, sampleBundle, sampleGate } from '../testing/bundle-signer.ts';
import { useEnrolledGate } from '../testing/enrolled-gate.ts';
import type { OpenContext } from './context.ts';
import { dropEvent } from './dropped-events.ts';
import { loadGateKey, makeGateKey, storeGateKey } from './gate-key.ts';
import { gateFolder, requireIdentity } from './identity.ts';
import { rotateGateKey } from './rotate-key.ts';

const gate = useEnrolledGate();
const { start, stop, lastReport } = gate;

/** Resolves when what is in force is in this condition. */
function condition(context: OpenContext, wanted: string): Promise<void> {
  return new Promise((resolve) => {
    const stop = context.onChange((now) => {
      if (now.condition !== wanted) return;
      stop();
      resolve();
    });
    if (context.inForce().condition === wanted) resolve();
  });
}

describe('a running gate', () => {
  it('has its bundle in force before it has spoken to its portal', async () => {
    const { portal } = gate;
    await portal.close();
    const context = await start();
    expect(context.inForce()).toMatchObject({ condition: 'inForce', bundle: { number: 1 } });
    await expect.poll(() => context.portal().reachable).toBe(false);
    expect(context.portal().unreachableSince).toBeGreaterThan(Date.now() - 60_000);
    await portal.listen();
    await expect.poll(() => context.portal().reachable, { timeout: 10_000 }).toBe(true);
    expect(context.portal().unreachableSince).toBeNull();
  });

  it('applies a change once, and has it in force when its next request names it', async () => {
    const { portal } = gate;
    const context = await start();
    await portal.until(() => portal.polls.some(({ held }) => held === '"tag-1"'));
    const told: unknown[] = [];
    context.onChange(({ bundle }) => told.push(bundle?.number));
    portal.setBundle({ number: 2, tag: 'second' });
    await portal.until(() => portal.polls.some(({ held }) => held === '"second"'));
    expect(context.inForce().bundle?.number).toBe(2);
    expect(told).toEqual([2]);
  });

  it('reports what it has applied, its open sessions and its address', async () => {
    const { portal } = gate;
    const context = await start();
    context.setOpenSessions(3);
    portal.setBundle({ number: 2, tag: 'second' });
    await portal.until(() => lastReport()?.applied?.tag === 'second');
    expect(lastReport()).toMatchObject({
      applied: { number: 2, tag: 'second' },
      failed: null,
      openSessions: 3,
      origin: 'https://sensor.example.com',
    });
  });

  it('keeps what it has when a bundle isn’t good, and says why, once', async () => {
    const { portal } = gate;
    const context = await start();
    await portal.until(() => portal.polls.length > 0);
    const stranger = await newSigner();
    const content = sampleBundle([stranger.publicKey], { iss: portal.origin, number: 9 });
    portal.rawBundle = { jws: await stranger.sign(content), tag: 'forged' };
    portal.setBundle({});
    await portal.until(() => lastReport()?.failed?.code === 'bundle_unknown_key');
    await portal.until(() => portal.polls.length > 2);
    expect(context.inForce().bundle?.number).toBe(1);
    await portal.until(() => portal.events.length > 0);
    expect(portal.events.map(({ kind }) => kind)).toEqual(['bundleRefused']);
    portal.rawBundle = null;
    await portal.until(() => lastReport()?.failed === null);
  });

  it('follows the portal through a rotation of its keys', async () => {
    const { portal } = gate;
    const context = await start();
    const next = await newSigner();
    portal.setBundle({
      number: 2,
      tag: 'announced',
      portalKeys: [portal.signer.publicKey, next.publicKey],
    });
    await portal.until(() => portal.polls.some(({ held }) => held === '"announced"'));
    portal.signer = next;
    portal.setBundle({ number: 3, tag: 'activated', portalKeys: [next.publicKey] });
    await portal.until(() => portal.polls.some(({ held }) => held === '"activated"'));
    await stop(context);
    expect((await start()).inForce().bundle?.number).toBe(3);
  });

  it('changes its own key while it runs', async () => {
    const { portal } = gate;
    const context = await start();
    await portal.until(() => portal.polls.length > 0);
    const first = portal.keys[0]?.kid;
    const next = await rotateGateKey({
      dataDir: gate.dataDir,
      identity: await requireIdentity(gate.dataDir),
      transport: gate.transport(),
      now: Date.now,
    });
    portal.keys = portal.keys.filter(({ kid }) => kid === next);
    portal.setBundle({ number: 2, tag: 'second' });
    await portal.until(() => portal.polls.some(({ kid }) => kid === next));
    expect(next).not.toBe(first);
    expect(context.portal().reachable).toBe(true);
  });

  it.each([true, false])(
    'finds the key that counts after a crash in a rotation (announced: %s)',
    async (announced) => {
      const { portal } = gate;
      const folder = gateFolder(gate.dataDir, sampleGate.gateId);
      const next = await makeGateKey();
      await storeGateKey(folder, 'next-key', next);
      if (announced) portal.keys.push(next.publicKey);
      await start();
      const kid = announced ? next.publicKey.kid : portal.keys[0]?.kid;
      await portal.until(() => portal.polls.some((poll) => poll.kid === kid));
      await expect.poll(async () => (await loadGateKey(folder, 'key'))?.publicKey.kid).toBe(kid);
    },
  );

  it('is revoked for good, also after a restart, until it is enrolled anew', async () => {
    const { portal } = gate;
    portal.refusal = { status: 401, code: 'gate_revoked' };
    const context = await start();
    await condition(context, 'revoked');
    await stop(context);
    await portal.close();
    expect((await start()).inForce()).toMatchObject({
      condition: 'revoked',
      bundle: { number: 1 },
    });
  });

  it('speaks to its portal in spite of a wrong clock, and knows how wrong', async () => {
    const { portal } = gate;
    portal.clockAhead = 3 * 3_600_000;
    const context = await start();
    portal.setBundle({ number: 2, tag: 'second' });
    await portal.until(() => lastReport()?.applied?.tag === 'second');
    const offset = context.portal().clockOffset ?? 0;
    expect(Math.round(offset / 60_000)).toBe(-180);
    expect(lastReport()?.clockOffset).toBe(Math.round(offset));
  });

  it('blames its clock when a fresh bundle looks expired', async () => {
    const { portal } = gate;
    portal.clockAhead = -40 * 86_400_000;
    const exp = Math.floor(Date.now() / 1000) - 10 * 86_400;
    await start();
    portal.setBundle({ number: 2, tag: 'second', exp });
    await portal.until(() => lastReport()?.failed?.code === 'clock_off');
    expect(lastReport()?.failed).toMatchObject({
      tag: 'second',
      detail: expect.stringContaining('40 days fast'),
    });
  });

  it('waits as long as a busy portal asks for', async () => {
    const { portal } = gate;
    portal.refusal = { status: 503, code: 'no_bundle', headers: { 'retry-after': '1' } };
    const context = await start();
    await expect.poll(() => context.portal().reachable).toBe(true);
    portal.refusal = null;
    await portal.until(() => portal.polls.length > 0);
  });

  it('reports its checks', async () => {
    const { portal } = gate;
    await start();
    await portal.until(() => portal.reports.some(({ checks }) => checks !== undefined));
    const checks = portal.reports.flatMap((report) => report.checks ?? []);
    expect(checks).toContainEqual(
      expect.objectContaining({ target: 'portal', step: 'http', outcome: 'passed' }),
    );
  });

  it('queues what happens while the portal is away, and delivers it in order', async () => {
    const { portal } = gate;
    await portal.close();
    const context = await start();
    const ended = (sessionId: string) =>
      context.record({ kind: 'sessionEnded', sessionId, reason: 'idle' });
    ended('1');
    ended('2');
    await dropEvent(gate.dataDir, { kind: 'recovery', step: 'linkMade', address: null }, 1000);
    await stop(context);
    const again = await start();
    again.record({ kind: 'sessionEnded', sessionId: '3', reason: 'idle' });
    await portal.listen();
    await portal.until(() => portal.events.length === 4);
    expect(portal.events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(portal.events.filter(({ kind }) => kind === 'recovery')).toMatchObject([
      { at: '1970-01-01T00:00:01.000Z' },
    ]);
  });
});

describe('a bundle that expires', () => {
  it('is no longer in force from that moment on', async () => {
    const { portal } = gate;
    await portal.close();
    let now = Date.now();
    const context = await start(() => now);
    expect(context.inForce().condition).toBe('inForce');
    now += 31 * 86_400_000;
    expect(context.inForce()).toMatchObject({ condition: 'expired', bundle: { number: 1 } });
  });
});
