import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleOf } from '../../testing/gate-client.ts';
import { startGatesPortal, type GatesPortal } from '../../testing/gates-portal.ts';
import { createNumberRaiser } from './raise-number.ts';

let portal: GatesPortal;
beforeAll(async () => {
  portal = await startGatesPortal();
});
afterAll(() => portal.close());

async function number(): Promise<number> {
  const { rows } = await portal.database.pool.query<{ sum: number }>(
    'select sum(value)::int as sum from state_revisions',
  );
  return rows[0]?.sum ?? 0;
}

describe('createNumberRaiser', () => {
  it('goes on above what a gate holds from before a restore, within bounds', async () => {
    let now = Date.now();
    const view = async () => ({ number: await number() }) as never;
    const source = { fresh: view, compare: () => Promise.resolve(), changed: () => undefined };
    const { database } = portal;
    const raise = createNumberRaiser({ database, source, now: () => new Date(now) });
    const start = await number();
    await raise(start);
    await raise(start - 1);
    expect(await number()).toBe(start);
    await raise(start + 1000);
    expect(await number()).toBe(start + 1001);
    // One gate can't do more than this, however it lies.
    await raise(Number.MAX_SAFE_INTEGER);
    expect(await number()).toBe(start + 1001);
    now += 61_000;
    await raise(Number.MAX_SAFE_INTEGER);
    expect(await number()).toBe(start + 1_001_001);
  });

  it('is reached by the report of a gate', async () => {
    const gate = await portal.enrol('ANT-TF-01');
    const held = gate.first.number + 500;
    const report = await gate.ask({
      method: 'POST',
      path: '/gate/v1/reports',
      json: {
        software: '1.0.0',
        origin: 'https://sensor.example.com',
        queue: '6f1c8a52-3b1e-4c3d-9d0e-2a7b51c0f9ee',
        applied: { number: held, tag: 'from-before' },
        failed: null,
        clockOffset: null,
        certificateExpiresAt: null,
        openSessions: 0,
        events: [],
      },
    });
    expect(report.status).toBe(200);
    await expect
      .poll(async () => bundleOf((await gate.bundle()).text).number, { timeout: 10_000 })
      .toBeGreaterThan(held);
  });
});
