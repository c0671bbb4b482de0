import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getGateKeys } from '../../contract/gates.ts';
import { problem } from '../../contract/problem.ts';
import { bundleOf, type TestGate } from '../../testing/gate-client.ts';
import { startGatesPortal, type GatesPortal } from '../../testing/gates-portal.ts';
import { bumpRevision } from '../storage/revisions.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import { makeSigningKey } from './signing-keys.ts';

let portal: GatesPortal;
let gate: TestGate;
beforeAll(async () => {
  portal = await startGatesPortal();
  gate = await portal.enrol('ANT-TF-01');
});
afterAll(() => portal.close());

/** Until the gate says that it holds what it should. */
async function hold(): Promise<void> {
  for (;;) {
    const { tag } = bundleOf((await gate.bundle()).text);
    if ((await gate.bundle(tag)).status === 304) return;
  }
}

const rotate = (step: string, more = {}) =>
  portal.admin('POST', '/gate-keys', { body: { step, ...more } });

/** What another instance commits, before this one has heard of it. */
async function announceElsewhere(): Promise<void> {
  const { db } = portal.database;
  await db.transaction(async (tx) => {
    await makeSigningKey(tx, 'next', portal.portalOptions.secrets);
    await tx.execute("update state_revisions set value = value + 1 where name = 'gates'");
  });
}

describe('a signing key that another instance has just announced', () => {
  beforeEach(async () => {
    await portal.database.db.transaction(async (tx) => {
      await tx.execute("delete from gate_signing_keys where status = 'next'");
      await bumpRevision(tx, 'gates');
    });
    await hold();
    await announceElsewhere();
  });

  async function getKeys() {
    return getGateKeys.response.parse((await portal.admin('GET', '/gate-keys')).body);
  }

  it('is known to no gate', async () => {
    expect(await getKeys()).toMatchObject({ gatesToInform: 1 });
  });

  it('isn’t put in force before gates know it', async () => {
    const refused = await rotate('activate');
    expect(refused.status).toBe(409);
    expect(problem.parse(refused.body)).toMatchObject({
      code: 'gates_not_informed',
      details: { gates: 1 },
    });
    await hold();
    expect((await getKeys()).gatesToInform).toBe(0);
    expect((await rotate('activate')).status).toBe(200);
  });

  it('isn’t put in force while gates change that it was counted without', async () => {
    await getKeys();
    await hold();
    const { pool, db } = portal.database;
    const activating = await db.transaction(async (tx) => {
      await takeWriteTurn(tx);
      const answer = { later: rotate('activate') };
      const waiting =
        "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
      while ((await pool.query(waiting)).rowCount === 0) await new Promise(setImmediate);
      await bumpRevision(tx, 'gates');
      return answer;
    });
    const refused = await activating.later;
    expect([refused.status, problem.parse(refused.body).code]).toEqual([409, 'gates_changed']);
    await hold();
    expect((await rotate('activate')).status).toBe(200);
  });
});
