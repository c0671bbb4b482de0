import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from 'undici';
import { expect, it } from 'vitest';
import { buildSource } from '../testing/built-source.ts';
import { startPortalStub } from '../testing/portal-stub.ts';
import { enrolGate } from './enrol.ts';
import { createPortalTransport } from './portal-transport.ts';

it('delivers each event once and in order to a portal, though gate and line die all the time', async () => {
  const built = await buildSource(new URL('../testing/recording-gate.ts', import.meta.url));
  const dataDir = join(await mkdtemp(join(tmpdir(), 'gatehouse-once-')), 'data');
  const portal = await startPortalStub();
  try {
    await enrolGate({
      dataDir,
      portalUrl: portal.origin,
      fingerprint: portal.signer.publicKey.kid,
      token: portal.token,
      publicUrl: 'https://sensor.example.com',
      replace: false,
      transport: createPortalTransport(portal.origin, new Agent(), Date.now),
      now: Date.now,
    });
    // Every third answer is lost on its way: the gate sends the same again.
    portal.beforeAnswer = () => portal.reports.length % 3 === 0;
    let printed = 0;
    for (let round = 0; round < 5; round += 1) {
      const before = portal.events.length;
      const child = spawn(process.execPath, [built.script, dataDir, String(printed + 1)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const closed = once(child, 'close');
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        printed = Number(text.trim().split('\n').at(-1));
      });
      const enough = portal.until(() => portal.events.length > before + 20 * (round % 3));
      await Promise.race([enough, closed]);
      child.kill('SIGKILL');
      await closed;
    }
    const numbers = portal.events.map((event) =>
      event.kind === 'sessionEnded' ? Number(event.sessionId) : 0,
    );
    expect(portal.events.map(({ sequence }) => sequence)).toEqual(numbers.map((_n, i) => i + 1));
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(new Set(portal.reports.map(({ queue }) => queue)).size).toBe(1);
  } finally {
    await portal.close();
    await rm(built.folder, { recursive: true });
    await rm(join(dataDir, '..'), { recursive: true });
  }
}, 180_000);
