import { gatePaths } from '../contract/gate-protocol.ts';
import { reportAnswer, type GateReport } from '../contract/gate-report.ts';
import { createBackOff, pause } from './back-off.ts';
import type { EventQueue } from './event-queue.ts';
import { jsonOf, PortalRefused, type PortalClient } from './portal-client.ts';

export interface ReporterOptions {
  readonly client: PortalClient;
  readonly queue: EventQueue;
  /** Everything of a report but its events. */
  readonly state: () => Omit<GateReport, 'events'>;
  readonly onAnswer: () => void;
  readonly onFailure: (error: unknown) => void;
  /** Told of a report that needn't say the same of the gate again: the portal has taken it, or never will. */
  readonly onSaid: (report: GateReport) => void;
  /** Milliseconds after which it is looked whether there is something to tell, at most: a minute unless given. */
  readonly interval?: number;
  /** Milliseconds in which what happens is sent together. */
  readonly gathering?: number;
  /** From 0 up to 1. */
  readonly random?: () => number;
  readonly pause?: typeof pause;
}

export interface Reporter {
  /** Something is to be told soon. */
  readonly kick: () => void;
  /** The portal answers again: what failed before needn't wait any longer. */
  readonly resume: () => void;
  /** Reports until the signal ends it. */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

/** `more`: other events wait. `stuck`: the same would be sent again. */
type Outcome = 'done' | 'more' | 'stuck';

const mostEvents = 500;
const mostBytes = 200_000;
/** So often it is looked in vain at most, and half as often at least: then the same is told once more. */
const mostLooks = 10;
/** Measured anew each time, a clock differs by so many milliseconds and stands still. */
const clockNoise = 2_000;

/**
 * Tells the portal what happens at the gate, and how it is. What bundle it holds, each request for the
 * next one says as well: a change of that alone is no reason for a report. Thousands of gates apply a
 * change in the same second.
 */
export function createReporter(options: ReporterOptions): Reporter {
  const { client, queue, state, onAnswer, onFailure, onSaid } = options;
  const { interval = 60_000, gathering = 500, pause: wait = pause } = options;
  const { random = Math.random } = options;
  const backOff = createBackOff(random);
  let lines = mostEvents;
  let said: GateReport | null = null;
  /** Gates that were started together don't say the same together. */
  const startOfLooks = () => Math.floor((random() * mostLooks) / 2);
  let looks = startOfLooks();
  let urgent = false;
  let wake: () => void = () => undefined;
  let resume: () => void = () => undefined;

  function kick(): void {
    urgent = true;
    wake();
  }

  /** Pauses until the time is over, or `hold` is given a function that was called. */
  async function pauseUntil(
    milliseconds: number,
    signal: AbortSignal,
    hold: (end: () => void) => void,
  ): Promise<void> {
    const ended = new AbortController();
    const end = (): void => ended.abort();
    hold(end);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
    await wait(milliseconds, ended.signal);
    signal.removeEventListener('abort', end);
  }

  /** Ends early when something is to be told. */
  async function rest(signal: AbortSignal): Promise<void> {
    await pauseUntil(Math.round(interval * (0.75 + 0.25 * random())), signal, (end) => {
      wake = end;
      if (urgent) end();
    });
    if (!signal.aborted && urgent) await wait(gathering, signal);
    if (!urgent) looks += 1;
    urgent = false;
  }

  /** Waits longer each time. Ends early when the portal answers something else again. */
  async function retreat(signal: AbortSignal, retryAfter: number | null): Promise<void> {
    await pauseUntil(backOff.next(retryAfter), signal, (end) => {
      resume = end;
    });
  }

  async function report(signal: AbortSignal): Promise<Outcome> {
    const events = await queue.oldest({ lines, bytes: mostBytes });
    const oldest = events[0]?.sequence;
    const content: GateReport = { ...state(), ...(oldest === undefined ? {} : { oldest }), events };
    if (said !== null && looks < mostLooks && isNothingNew(content, said)) return 'done';
    try {
      const answer = await client.send({
        method: 'POST',
        path: gatePaths.reports,
        body: JSON.stringify(content),
        signal,
      });
      onAnswer();
      const { acknowledged } = reportAnswer.parse(jsonOf(answer.text));
      onSaid(content);
      said = content;
      looks = startOfLooks();
      lines = mostEvents;
      const isNew = await queue.acknowledge(acknowledged);
      // The same would be sent again.
      if (events.length > 0 && !isNew) return 'stuck';
      backOff.reset();
      if (events.length === 0) return 'done';
      return queue.size() > 0 ? 'more' : 'done';
    } catch (error) {
      if (!(error instanceof PortalRefused)) throw error;
      onAnswer();
      if (await takesLess(error, content)) return 'more';
      throw error;
    }
  }

  /**
   * What a report that is refused for its content comes to. One bad event holds up none, and only
   * what the portal says is bad is given up. True: a smaller report goes out at once.
   */
  async function takesLess(refused: PortalRefused, content: GateReport): Promise<boolean> {
    const { events } = content;
    const [first] = events;
    const isTooLarge = refused.status === 413;
    if (!isTooLarge && ![400, 422].includes(refused.status)) return false;
    const bad = isTooLarge ? largeEvent(content) : badEvent(refused.paths, events.length);
    if (first === undefined || bad === null) {
      onSaid(content);
      return false;
    }
    if (isTooLarge && events.length > 1) lines = Math.ceil(events.length / 10);
    else if (bad > 0) lines = bad;
    else {
      await queue.giveUp(first, `The portal refused an event: ${refused.code}.`.slice(0, 200));
      return false;
    }
    return true;
  }

  return {
    kick,
    resume: () => resume(),
    async run(signal) {
      while (!signal.aborted) {
        try {
          const outcome = await report(signal);
          if (outcome === 'stuck') await retreat(signal, null);
          if (outcome === 'done') await rest(signal);
        } catch (error) {
          if (signal.aborted) return;
          onFailure(error);
          await retreat(signal, error instanceof PortalRefused ? error.retryAfter : null);
        }
      }
    },
  };
}

/** Whether a report says nothing that the one before didn't, but for the bundle that is held. */
function isNothingNew(report: GateReport, before: GateReport): boolean {
  if (report.events.length > 0 || report.checks !== undefined) return false;
  const [offset, was] = [report.clockOffset, before.clockOffset];
  const sameClock =
    offset === null || was === null ? offset === was : Math.abs(offset - was) < clockNoise;
  return sameClock && lasting(report) === lasting(before);
}

function lasting(report: GateReport): string {
  const passing = { applied: null, clockOffset: null, checks: null, events: null };
  return JSON.stringify({ ...report, oldest: undefined, ...passing });
}

/** The first event that a refusal is about; null: it is about none of them alone. */
function badEvent(paths: readonly string[], count: number): number | null {
  const numbers = paths.map((path) => Number(/^\/events\/(\d+)(?:\/|$)/u.exec(path)?.[1] ?? -1));
  const bad = numbers.filter((number) => number >= 0 && number < count);
  return bad.length === 0 ? null : Math.min(...bad);
}

/** Checks are the first to go, where they and one event are too much. */
function largeEvent({ events, checks }: GateReport): number | null {
  return events.length > 1 || checks === undefined ? 0 : null;
}
