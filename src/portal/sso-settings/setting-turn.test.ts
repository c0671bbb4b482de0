import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importRows, readSites, sampleRows } from '../../testing/sample-inventory.ts';
import { create, created, settingBody } from '../../testing/sample-setting.ts';
import {
  portalGroups,
  startTestPortal,
  type Api,
  type TestPortal,
} from '../../testing/test-portal.ts';
import { readAccessSnapshot } from '../storage/access-snapshot.ts';
import { bumpRevision } from '../storage/revisions.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import { isCurrent } from '../http/current-asker.ts';

let portal: TestPortal;
let admin: Api;

beforeAll(async () => {
  portal = await startTestPortal();
  admin = await portal.as(portalGroups.admin);
  await importRows(admin, sampleRows);
});
afterAll(() => portal.close());

describe('R7: a turn to write', () => {
  it('knows a current snapshot from one that something has changed since', async () => {
    const { db } = portal.database;
    const snapshot = await readAccessSnapshot(db);
    expect(isCurrent(snapshot, await db.transaction(takeWriteTurn))).toBe(true);
    for (const name of ['access', 'inventory', 'provider'] as const) {
      const before = await readAccessSnapshot(db);
      await db.transaction((tx) => bumpRevision(tx, name));
      expect(isCurrent(before, await db.transaction(takeWriteTurn))).toBe(false);
    }
  });

  it('is waited for by whoever changes access without one', async () => {
    const { db, pool } = portal.database;
    const order: string[] = [];
    let bumped: Promise<unknown> = Promise.resolve();
    await db.transaction(async (tx) => {
      await takeWriteTurn(tx);
      bumped = db
        .transaction((other) => bumpRevision(other, 'access'))
        .then(() => order.push('bump'));
      await waitsForLock(pool);
      order.push('turn');
    });
    await bumped;
    expect(order).toEqual(['turn', 'bump']);
  });
});

describe('R4: a writer that takes no turn', () => {
  it('runs into the constraint, and the loser is told what is there now', async () => {
    const sites = await readSites(admin);
    const antwerp = { kind: 'site' as const, id: sites.site('Antwerp').id };
    const ghent = { kind: 'site' as const, id: sites.site('Ghent').id };
    const holder = await created(admin, settingBody({ name: 'Holder', targets: [ghent] }));
    const { pool } = portal.database;
    const client = await pool.connect();
    await client.query('begin');
    await client.query('insert into sso_setting_targets (setting_id, site_id) values ($1, $2)', [
      holder.id,
      antwerp.id,
    ]);
    const losing = create(admin, settingBody({ name: 'Late', targets: [antwerp] }));
    await waitsForLock(pool);
    await client.query('commit');
    client.release();
    expect(await losing).toMatchObject({
      status: 409,
      body: {
        code: 'replacement_mismatch',
        details: { replacements: [{ target: { name: 'Antwerp' }, settingId: holder.id }] },
      },
    });
  });
});

/** Until some statement of this database waits for another one. */
async function waitsForLock(pool: TestPortal['database']['pool']): Promise<void> {
  for (;;) {
    const { rowCount } = await pool.query(
      `select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rowCount !== 0) return;
  }
}
