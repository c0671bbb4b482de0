import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gateSessionAnswer, gateStatus } from '../src/contract/gate-page.ts';
import { personIds, tenantId } from '../src/demo/directory.ts';
import { ask, openGateSession } from './gate-world.ts';
import { freeDemoPort, startProgram, type Program } from './program.ts';

const link = /https?:\S+#token=\S+/;

/** What `npm start` shows a newcomer: one person, two gates, two roles. */
describe('the demo’s gates', () => {
  let dataDir: string;
  let port: number;
  let program: Program;
  const start = async (): Promise<void> => {
    program = startProgram(['demo'], {
      env: { GATEHOUSE_DATA_DIR: dataDir, GATEHOUSE_PORT: String(port) },
    });
    await program.printed(link);
  };
  const stop = async (): Promise<void> => {
    program.interrupt();
    expect(await program.ended).toMatchObject({ code: 0 });
  };
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-demo-'));
    port = await freeDemoPort();
    await start();
  });
  afterAll(async () => {
    await stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const gateAt = (offset: number) => `http://localhost:${port + offset}`;
  const sessionOf = async (gate: string) => {
    const entra = { origin: gateAt(1), tenantId };
    const cookie = await openGateSession(entra, { gate, publicUrl: gate, oid: personIds.dries });
    const { text } = await ask(`${gate}/_gatehouse/api/session`, { cookie });
    const { session } = JSON.parse(text) as { session: unknown };
    return { cookie, role: gateSessionAnswer.parse(session).role };
  };
  const acknowledge = (gate: string, cookie: string) =>
    ask(`${gate}/api/alerts/1/acknowledge`, { method: 'POST', cookie });

  it('give the same person two roles, and let both act by them', async () => {
    const site = await sessionOf(gateAt(10));
    const zone = await sessionOf(gateAt(11));
    expect([site.role, zone.role]).toEqual(['admin', 'readOnly']);
    for (const [gate, { cookie }] of [
      [gateAt(10), site],
      [gateAt(11), zone],
    ] as const) {
      const page = await ask(`${gate}/`, { cookie, page: true });
      expect(page.text).toContain('Dries Janssens');
    }
    expect((await acknowledge(gateAt(10), site.cookie)).status).toBe(204);
    expect((await acknowledge(gateAt(11), zone.cookie)).status).toBe(403);
    // A session belongs to one gate, though cookies don't tell ports apart.
    expect((await ask(`${gateAt(11)}/`, { cookie: site.cookie })).status).toBe(401);
  });

  it('are found enrolled by the next start', async () => {
    const identity = () => readFile(join(dataDir, 'gates/ANT-TF-01/gate.json'), 'utf8');
    const before = await identity();
    await stop();
    await start();
    expect(await identity()).toBe(before);
    const { text } = await ask(`${gateAt(11)}/_gatehouse/api/status`);
    expect(gateStatus.parse(JSON.parse(text))).toMatchObject({
      refusal: null,
      sensor: { name: 'ANT-TF-01', zoneName: 'Tank farm' },
    });
  });
});
