import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleGate } from '../testing/bundle-signer.ts';
import { useEnrolledGate } from '../testing/enrolled-gate.ts';
import { gateFolder } from './identity.ts';

const gate = useEnrolledGate();
const { start, stop, lastReport } = gate;

describe('a full disk of a running gate', () => {
  it('is reported where it takes no events, which is no failed delivery', async () => {
    const { portal } = gate;
    const context = await start();
    const blocked = join(gate.dataDir, 'events', 'queue.json');
    await mkdir(blocked);
    context.record({ kind: 'sessionEnded', sessionId: '1', reason: 'idle' });
    portal.setBundle({ number: 2, tag: 'second' });
    await portal.until(() => lastReport()?.trouble !== undefined);
    expect(lastReport()).toMatchObject({ trouble: { code: 'events_not_kept' }, failed: null });
    await rm(blocked, { recursive: true });
    await portal.until(() => portal.events.length === 1 && lastReport()?.trouble === undefined);
  });

  it('is reported where it takes no bundle, which is in force and delivered all the same', async () => {
    const { portal } = gate;
    const context = await start();
    await portal.until(() => portal.polls.some(({ held }) => held === '"tag-1"'));
    const blocked = join(gateFolder(gate.dataDir, sampleGate.gateId), 'bundle.jws');
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
