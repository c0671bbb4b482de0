import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clockTolerance } from '../../domain/clock.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { bumpRevision } from '../storage/revisions.ts';
import { sensors, sites, zones } from '../storage/schema.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import { dropTokens } from './live-gate.ts';
import { keepUp } from './upkeep.ts';

const hour = 3_600_000;
let database: TestDatabase;
let now = Date.parse('2026-03-01T00:00:00Z');
let told = 0;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const run = () =>
  keepUp({ database, bumpRevision, now: () => new Date(now), changed: () => (told += 1) });
async function one<T>(statement: string): Promise<T | undefined> {
  const { rows } = await database.pool.query<{ value: T }>(statement);
  return rows[0]?.value;
}
const renewedAt = async () =>
  (await one<Date>('select bundles_renewed_at as value from security_settings'))?.getTime();
const revision = () => one<string>("select value from state_revisions where name = 'gates'");
const policy = (days: number) =>
  database.pool.query(
    `update security_settings set bundle_days = ${days}, bundles_renewed_at = '${new Date(now).toISOString()}'`,
  );

async function insertSensor(): Promise<string> {
  const { db } = database;
  const [site, zone, sensor] = [randomUUID(), randomUUID(), randomUUID()];
  const named = { name: 'One', nameKey: 'one' };
  const subscription = { subscriptionName: 'One', subscriptionKey: 'one' };
  await db.insert(sites).values({ id: site, ...named, ...subscription });
  await db.insert(zones).values({ id: zone, siteId: site, ...named });
  await db.insert(sensors).values({
    id: sensor,
    siteId: site,
    zoneId: zone,
    subscriptionKey: 'one',
    ...named,
    type: '',
    version: '',
    health: '',
    threatIntelligenceVersion: '',
    threatIntelligenceMode: '',
    threatIntelligenceStatus: '',
  });
  return sensor;
}

describe('keepUp', () => {
  it.each([
    [30, 24],
    [3, 24],
    [2, 16],
    [1, 8],
  ])('renews bundles of %i days after %i hours', async (days, hours) => {
    await policy(days);
    const start = now;
    const before = [await revision(), told];
    now = start + hours * hour - 1000;
    await run();
    expect([await renewedAt(), await revision(), told]).toEqual([start, ...before]);
    now = start + hours * hour + 1000;
    await Promise.all([run(), run(), run()]);
    expect(await renewedAt()).toBe(now);
    expect(Number(await revision())).toBe(Number(before[0]) + 1);
    expect(told).toBe(Number(before[1]) + 1);
  });

  it('forgets revocations that end no session any more, together with a renewal', async () => {
    await policy(30);
    const at = (hours: number) => new Date(now + hours * hour).toISOString();
    await database.pool.query(
      `insert into session_revocations (at, by, session_id)
       values ('${at(0)}', '{}', 'old'), ('${at(10)}', '{}', 'young')`,
    );
    // A gate whose clock is as slow as may be still has such a session for a moment.
    now += 24 * hour + clockTolerance - 1000;
    await run();
    expect(await one('select count(*)::int as value from session_revocations')).toBe(2);
    await policy(1);
    now += 9 * hour;
    await run();
    expect(await one('select session_id as value from session_revocations')).toBe('young');
  });

  it('waits for nobody who has its turn, however old the tokens that they drop', async () => {
    const { db, pool } = database;
    const sensorId = await insertSensor();
    await policy(1);
    const token = [Buffer.from('of old'), sensorId, '{}', new Date(now - 48 * hour)];
    await pool.query(
      'insert into gate_enrolments (token_hash, sensor_id, created_by, expires_at) values ($1, $2, $3, $4)',
      token,
    );
    now += 9 * hour;
    const done = await db.transaction(async (tx) => {
      await takeWriteTurn(tx);
      const running = run();
      let waits = false;
      while (!waits) {
        const { rows } = await pool.query(
          "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        );
        waits = rows.length > 0;
      }
      await dropTokens(tx, sensorId);
      return { running };
    });
    await done.running;
    expect(await renewedAt()).toBe(now);
  });
});
