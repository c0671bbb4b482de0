import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CheckResult, GateReport } from '../contract/gate-report.ts';
import { gateReport } from '../testing/gate-report.ts';
import { openEventQueue, type EventQueue } from './event-queue.ts';
import { PortalRefused } from './portal-client.ts';
import { createReporter } from './reporter.ts';

const check: CheckResult = {
  target: 'portal',
  address: 'gatehouse.example:443',
  step: 'http',
  outcome: 'passed',
  code: null,
  detail: 'It answers.',
  milliseconds: 12,
};

let folder = '';
let queue: EventQueue;
/** What the portal got, and what was awaited in between: each in the order of both. */
let course: (GateReport | { readonly pause: number })[];
let checks: CheckResult[] | undefined;
let facts: Partial<GateReport>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-reporter-'));
  queue = await openEventQueue({ folder, log: pino({ level: 'silent' }) });
  course = [];
  checks = undefined;
  facts = {};
});
afterEach(async () => {
  await queue.close();
  await rm(folder, { recursive: true });
});

/** Queues so many events with the ids from 1 on. */
async function queued(count: number): Promise<void> {
  for (let id = 1; id <= count; id += 1) {
    queue.record({ kind: 'sessionEnded', sessionId: String(id), reason: 'idle' });
  }
  await queue.flushed();
}

/** Runs a reporter until it has paused so often; the portal answers as `answer` says, or takes all. */
async function run(
  pauses: number,
  answer: (report: GateReport) => number | PortalRefused = (report) =>
    report.events.at(-1)?.sequence ?? 0,
): Promise<void> {
  const ending = new AbortController();
  const reporter = createReporter({
    client: {
      clockOffset: () => null,
      async send({ body = '' }) {
        const report = JSON.parse(body) as GateReport;
        course.push(report);
        const acknowledged = answer(report);
        if (typeof acknowledged !== 'number') throw acknowledged;
        const text = JSON.stringify({ acknowledged, now: new Date().toISOString() });
        return { status: 200, header: () => null, text, clockOffset: null };
      },
    },
    queue,
    state() {
      const { events: _events, ...state } = gateReport();
      return { ...state, ...facts, ...(checks === undefined ? {} : { checks }) };
    },
    onAnswer: () => undefined,
    onFailure: () => undefined,
    onSaid(said) {
      if (said.checks !== undefined) checks = undefined;
    },
    random: () => 1,
    async pause(milliseconds) {
      course.push({ pause: milliseconds });
      if (course.filter((each) => 'pause' in each).length >= pauses) ending.abort();
    },
  });
  await reporter.run(ending.signal);
}

const refusal = (status: number, ...paths: string[]) =>
  new PortalRefused(status, 'invalid_request', 'Not right.', null, paths);
const pauses = () => course.flatMap((each) => ('pause' in each ? [each.pause] : []));
const reports = () => course.flatMap((each) => ('pause' in each ? [] : [each]));
const sent = () => reports().map(({ events }) => events.map(({ sequence }) => sequence));

describe('a report that is refused', () => {
  it.each([[['/checks/0/detail']], [[]]])(
    'for what it says of the gate (%o) loses no event: it goes without checks, after a pause',
    async (paths) => {
      await queued(3);
      checks = [check];
      await run(2, (report) => (report.checks === undefined ? 3 : refusal(400, ...paths)));
      expect(sent()).toEqual([
        [1, 2, 3],
        [1, 2, 3],
      ]);
      expect(pauses()).toEqual([1_000, 60_000]);
      expect(queue.size()).toBe(0);
    },
  );

  it('whatever it says keeps its events, and is sent less and less often', async () => {
    await queued(2);
    checks = [check];
    await run(8, () => refusal(400, '/queue'));
    expect(pauses()).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    expect(reports()).toHaveLength(8);
    expect(queue.size()).toBe(2);
  });

  it('for one event goes past that one alone, with a note of it', async () => {
    await queued(5);
    await run(2, ({ events }) => {
      const at = events.findIndex((event) => event.kind === 'sessionEnded' && event.sequence === 3);
      return at < 0 ? (events.at(-1)?.sequence ?? 0) : refusal(400, `/events/${at}/reason`);
    });
    expect(sent()).toEqual([
      [1, 2, 3, 4, 5],
      [1, 2],
      [3, 4, 5],
      [4, 5, 6],
    ]);
    expect(reports().at(-1)?.events.at(-1)).toMatchObject({ kind: 'eventsLost', count: 1 });
    expect(pauses()[0]).toBe(1_000);
  });

  it('for each event doesn’t become a storm of reports', async () => {
    await queued(3);
    await run(6, ({ events }) => (events.length === 0 ? 0 : refusal(400, '/events/0')));
    expect(pauses()).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000]);
    expect(reports()).toHaveLength(6);
    const left = await queue.oldest({ lines: 9, bytes: 9_999 });
    const counts = left.map((event) => (event.kind === 'eventsLost' ? event.count : 0));
    expect(counts.reduce((sum, count) => sum + count)).toBe(3);
  });

  it('for its size goes out in pieces, without one that is too large by itself', async () => {
    await queued(30);
    const large = (report: GateReport) =>
      report.events.length > 3 ||
      report.events.some((event) => event.kind === 'sessionEnded' && event.sequence === 1);
    await run(3, (report) =>
      large(report) ? refusal(413) : (report.events.at(-1)?.sequence ?? 0),
    );
    expect(sent().slice(0, 4)).toEqual([
      Array.from({ length: 30 }, (_, index) => index + 1),
      [1, 2, 3],
      [1],
      [2],
    ]);
    expect(pauses()).toEqual([1_000, 60_000, 60_000]);
    expect(queue.size()).toBe(0);
  });
});

describe('a portal that answers', () => {
  it('but takes nothing isn’t asked again at once', async () => {
    await queued(2);
    await run(4, () => 0);
    expect(pauses()).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(reports()).toHaveLength(4);
  });

  it('isn’t asked again at once where what it took can’t be noted on the disk', async () => {
    await queued(2);
    await rm(join(folder, 'queue.json'));
    await mkdir(join(folder, 'queue.json'));
    await run(4);
    expect(pauses()).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(reports()).toHaveLength(4);
    await rm(join(folder, 'queue.json'), { recursive: true });
    await run(6);
    expect(queue.size()).toBe(0);
  });

  it('gets all that waits, and then nothing until there is something to tell', async () => {
    await queued(900);
    await run(4);
    expect(sent().map((numbers) => numbers.length)).toEqual([500, 400]);
    expect(pauses()).toEqual([60_000, 60_000, 60_000, 60_000]);
  });

  it('hears the same again after some looks, and not of a bundle alone', async () => {
    await run(11, () => {
      facts = { applied: { number: reports().length, tag: `tag-${reports().length}` } };
      return 0;
    });
    expect(reports().map(({ applied }) => applied?.number)).toEqual([undefined, 1, 2]);
    expect(course.findIndex((each, at) => at > 0 && !('pause' in each))).toBe(6);
  });

  it.each<[string, Partial<GateReport>]>([
    ['a failure', { failed: { tag: null, code: 'disk_full', detail: 'Full.' } }],
    ['its open sessions', { openSessions: 12 }],
    ['its clock', { clockOffset: 90_000 }],
    ['its certificate', { certificateExpiresAt: '2031-01-01T00:00:00.000Z' }],
    ['its software', { software: '9.9.9' }],
  ])('hears at the next look of %s', async (_what, changed) => {
    await run(3, () => {
      facts = changed;
      return 0;
    });
    expect(reports()).toHaveLength(2);
    expect(reports()[1]).toMatchObject(changed);
  });

  it('is asked again when it wants to be', async () => {
    const busy = new PortalRefused(503, 'portal_busy', 'Busy.', 7_000);
    await run(2, () => busy);
    // With a second between the first and the last of those that were told the same.
    expect(pauses()).toEqual([8_000, 8_000]);
  });
});
