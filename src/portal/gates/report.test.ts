import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createReporter,
  lostEvents as events,
  signInEvent,
  type Reporter,
} from '../../testing/gate-report.ts';
import { startTestPortal, type TestPortal } from '../../testing/test-portal.ts';

let portal: TestPortal;
let reporter: Reporter;

beforeAll(async () => {
  portal = await startTestPortal();
  reporter = await createReporter(portal);
});
afterAll(() => portal.close());
beforeEach(() => reporter.newGate());

describe('events arrive exactly once and in order', () => {
  it('where a batch is sent again, because its answer was lost', async () => {
    for (let times = 0; times < 3; times += 1) {
      expect(await reporter.acknowledged({ events: events(1, 3) })).toBe(3);
    }
    expect(await reporter.acknowledged({ events: events(2, 5) })).toBe(5);
    expect(await reporter.stored()).toEqual([1, 2, 3, 4, 5]);
  });

  it('where the same batch comes several times at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => reporter.acknowledged({ events: events(1, 20) })),
    );
    expect(answers).toEqual([20, 20, 20, 20]);
    expect(await reporter.stored()).toEqual(events(1, 20).map(({ sequence }) => sequence));
  });

  it('where some are missing: what is behind the gap is sent again from there', async () => {
    expect(await reporter.acknowledged({ events: events(1, 2) })).toBe(2);
    expect(await reporter.acknowledged({ events: events(4, 6) })).toBe(2);
    expect(await reporter.acknowledged({ events: [...events(3, 4), ...events(6, 7)] })).toBe(4);
    expect(await reporter.acknowledged({ events: [] })).toBe(4);
    expect(await reporter.stored()).toEqual([1, 2, 3, 4]);
  });

  it('where some are lost for good, because the gate has none older: that is audited once', async () => {
    await reporter.acknowledged({ events: events(1, 2) });
    const torn = { oldest: 5, events: events(5, 6) };
    const answers = await Promise.all([1, 2, 3].map(() => reporter.acknowledged(torn)));
    expect(answers).toEqual([6, 6, 6]);
    expect(await reporter.stored()).toEqual([1, 2, 5, 6]);
    expect(await reporter.entries('gate.eventsMissing')).toMatchObject([
      { after: { sequences: [3, 4] } },
    ]);
    // What it says it has, but doesn't send, is waited for.
    expect(await reporter.acknowledged({ oldest: 7, events: events(9, 10) })).toBe(6);
  });

  it('where a batch is out of order or names an event twice', async () => {
    const batch = [...events(2, 3), ...events(1, 1), ...events(3, 3)];
    expect(await reporter.acknowledged({ events: batch })).toBe(3);
    expect(await reporter.stored()).toEqual([1, 2, 3]);
  });

  it('where the portal dies in between: all of a batch or nothing', async () => {
    await reporter.acknowledged({ events: events(1, 1) });
    const { pool } = portal.database;
    const blocker = await pool.connect();
    await blocker.query('begin');
    await blocker.query('lock table audit_events in exclusive mode');
    const session = signInEvent(2);
    const batch = { events: [session, ...events(3, 4)] };
    const dying = reporter.post(batch).catch((error: unknown) => error);
    const stuck = async () => {
      const { rows } = await blocker.query<{ pid: number }>(
        `select pid from pg_stat_activity where datname = current_database()
         and wait_event_type = 'Lock' and pid <> pg_backend_pid()`,
      );
      return rows[0]?.pid;
    };
    let pid = await stuck();
    while (pid === undefined) pid = await stuck();
    await blocker.query('select pg_terminate_backend($1)', [pid]);
    expect(await dying).toBeInstanceOf(Error);
    await blocker.query('rollback');
    blocker.release();
    const { rows } = await pool.query('select 1 from gate_sessions where id = $1', [
      session.sessionId,
    ]);
    expect(rows).toEqual([]);
    expect(await reporter.acknowledged(batch)).toBe(4);
    expect(await reporter.stored()).toEqual([1, 3, 4]);
    const signIns = await pool.query('select 1 from sign_ins where sign_in_key like $1', [
      `${reporter.gateId()} %`,
    ]);
    expect(signIns.rowCount).toBe(1);
  });

  it('whatever windows of the queue are posted, in whatever order, also at once', async () => {
    const window = fc.record({ from: fc.integer({ min: 1, max: 12 }), length: fc.nat(6) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(window, { maxLength: 4 }), { maxLength: 5 }),
        async (rounds) => {
          await reporter.newGate();
          await reporter.acknowledged({ events: events(1, 1) });
          for (const round of rounds) {
            await Promise.all(
              round.map(({ from, length }) =>
                reporter.acknowledged({ events: events(from, from + length) }),
              ),
            );
          }
          const numbers = await reporter.stored();
          expect(numbers).toEqual(numbers.map((_, index) => index + 1));
          expect(await reporter.acknowledged({ events: [] })).toBe(numbers.length);
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe('a queue', () => {
  it('that is new begins at its own number, which is audited', async () => {
    await reporter.acknowledged({ events: events(1, 3) });
    expect(await reporter.entries('gate.queueBegun')).toEqual([]);
    const queue = randomUUID();
    expect(await reporter.acknowledged({ queue })).toBe(0);
    expect(await reporter.acknowledged({ queue, events: events(7, 8) })).toBe(8);
    expect(await reporter.stored()).toEqual([1, 2, 3, 7, 8]);
    expect(await reporter.entries('gate.queueBegun')).toMatchObject([
      { before: { sequence: 3 }, after: { queue, sequence: 7 } },
    ]);
  });

  it('is one gate’s own: another with the same numbers has its own count', async () => {
    await reporter.acknowledged({ events: events(1, 2) });
    const first = reporter.gateId();
    await reporter.newGate();
    expect(await reporter.acknowledged({ events: events(1, 2) })).toBe(2);
    expect(await reporter.stored(first)).toEqual([1, 2]);
    expect(await reporter.stored()).toEqual([1, 2]);
  });
});
