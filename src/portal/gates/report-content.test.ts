import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  createReporter,
  lostEvent,
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

describe('what a gate says of itself', () => {
  it('is stored, with failures and checks as long as they last', async () => {
    const check = {
      target: 'login' as const,
      address: 'login.example:443',
      step: 'tls' as const,
      outcome: 'failed' as const,
      code: 'tls_inspected',
      detail: 'signed by “Proxy\u202Egnp”',
      milliseconds: 12,
    };
    const failed = { tag: 'a.b.c', code: 'setting_unknown', detail: 'too\u0000 new' };
    const { failure } = await reporter.post({
      software: '1.2.3\u0007',
      origin: 'https://hmi.example',
      clockOffset: -1_760_000_000_000,
      certificateExpiresAt: '2027-01-01T00:00:00Z',
      openSessions: 3,
      checks: [check],
      failed,
    });
    expect(failure).toEqual({ ...failed, detail: 'too[U+0000] new' });
    const row = await reporter.gateRow();
    expect(row).toMatchObject({
      software: '1.2.3[U+0007]',
      origin: 'https://hmi.example',
      clock_offset: '-1760000000000',
      open_sessions: 3,
      checks: [{ ...check, detail: 'signed by “Proxy[U+202E]gnp”' }],
      failure,
    });
    expect(await reporter.entries('gate.originChanged')).toMatchObject([
      { before: { origin: 'https://console.example' }, after: { origin: 'https://hmi.example' } },
    ]);

    expect(
      (await reporter.post({ failed, origin: 'https://hmi.example' })).failure,
    ).toBeUndefined();
    const same = await reporter.gateRow();
    expect(same).toMatchObject({ failed_at: row['failed_at'], checked_at: row['checked_at'] });
    expect((await reporter.post({})).failure).toBeNull();
    expect(await reporter.gateRow()).toMatchObject({
      failure: null,
      failed_at: null,
      clock_offset: '0',
    });
  });

  it('changes no address into what isn’t one of the web', async () => {
    for (const origin of ['javascript:alert(1)', 'http://hmi.example', 'https://hmi.example/a']) {
      await reporter.post({ origin });
      expect(await reporter.gateRow()).toMatchObject({ origin: 'https://console.example' });
    }
  });

  it('counts no more once it was revoked', async () => {
    await portal.database.pool.query('update gates set revoked_at = now() where id = $1', [
      reporter.gateId(),
    ]);
    await expect(reporter.post({ events: events(1, 1) })).rejects.toMatchObject({
      status: 401,
      code: 'gate_revoked',
    });
    expect(await reporter.stored()).toEqual([]);
  });
});

describe('a poisoned event', () => {
  it('keeps its place and leaves an entry that says so: the others are stored', async () => {
    const secret = 'never to be logged';
    const batch = [
      lostEvent(1),
      { sequence: 2, at: 'yesterday', kind: 'somethingNew\u0000', what: secret },
      null,
      { ...signInEvent(4), person: secret },
      lostEvent(5),
    ];
    expect(await reporter.acknowledged({ events: batch })).toBe(5);
    expect(await reporter.stored()).toEqual([1, 5]);
    const kept = await reporter.entries('gate.eventNotStored');
    expect(kept).toMatchObject([
      { after: { sequence: 2, kind: 'somethingNew[U+0000]', occurredAt: null } },
      { after: { sequence: 3, kind: null } },
      { after: { sequence: 4, kind: 'signIn' } },
    ]);
    expect(JSON.stringify(kept)).not.toContain(secret);
  });

  it('that the database refuses doesn’t stand in the way either', async () => {
    const { pool } = portal.database;
    await pool.query(`alter table sign_ins add constraint poison check (name <> 'Poison')`);
    const poison = signInEvent(2, { person: { ...signInEvent(2).person, name: 'Poison' } });
    const good = signInEvent(4);
    expect(
      await reporter.acknowledged({ events: [lostEvent(1), poison, lostEvent(3), good] }),
    ).toBe(4);
    await pool.query('alter table sign_ins drop constraint poison');
    expect(await reporter.stored()).toEqual([1, 3]);
    expect(await reporter.entries('gate.eventNotStored')).toMatchObject([
      { after: { sequence: 2, kind: 'signIn', problems: [expect.stringContaining('23514')] } },
    ]);
    const { rows } = await pool.query('select id from gate_sessions where gate_id = $1', [
      reporter.gateId(),
    ]);
    expect(rows).toEqual([{ id: good.sessionId }]);
  });

  it('still counts where nothing in its batch has a number', async () => {
    expect(await reporter.acknowledged({ events: [lostEvent(1)] })).toBe(1);
    expect(await reporter.acknowledged({ events: ['torn', 'apart'] })).toBe(3);
    expect(await reporter.entries('gate.eventNotStored')).toHaveLength(2);
  });

  it('beyond the numbers that there are is no event', async () => {
    const last = { ...lostEvent(1), sequence: Number.MAX_SAFE_INTEGER };
    const events = [last, { torn: true }, { torn: true }];
    expect(await reporter.acknowledged({ events })).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('of any shape is taken once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 5 }), async (junk) => {
        await reporter.newGate();
        // Without numbers of their own: the one behind them says where they stand.
        const batch = [...junk, lostEvent(junk.length + 1)];
        expect(await reporter.acknowledged({ events: batch })).toBe(batch.length);
        expect(await reporter.acknowledged({ events: batch })).toBe(batch.length);
        expect(await reporter.entries('gate.eventNotStored')).toHaveLength(junk.length);
      }),
      { numRuns: 20 },
    );
  });
});

describe('times', () => {
  it('are taken as they are; those that can’t be right say so', async () => {
    const times = ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '1970-01-02T00:00:00Z'];
    const batch = times.map((at, index) => ({ ...lostEvent(index + 1), at }));
    const signIn = signInEvent(4, { at: times[1] ?? '' });
    const clockOffset = 86_400_000;
    expect(
      await reporter.acknowledged({ clockOffset, events: [...batch, signIn, lostEvent(5)] }),
    ).toBe(5);
    const after = z.object({ occurredAt: z.string(), timeDoubtful: z.boolean().optional() });
    const told = (await reporter.entries('gate.eventsLost')).map((entry) =>
      after.parse(entry.after),
    );
    expect(told.map(({ timeDoubtful }) => timeDoubtful)).toEqual([true, true, true, undefined]);
    expect(told.slice(0, 3).map(({ occurredAt }) => occurredAt)).toEqual(times);
    expect(await reporter.entries('gate.clockDoubtful')).toMatchObject([
      { after: { sequences: [4, 4], events: 1, clockOffset, occurredAt: times[1] } },
    ]);
  });
});
