import {
  gatePaths,
  reportAnswer,
  type GateEvent,
  type GateReport,
} from '../contract/gate-protocol.ts';
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
  /** Told what the portal has taken. */
  readonly onSent: (report: GateReport) => void;
  /** Milliseconds between reports when nothing happens: a minute unless given. */
  readonly interval?: number;
  /** Milliseconds in which what happens is sent together. */
  readonly gathering?: number;
}

export interface Reporter {
  /** Something is to be told soon. */
  readonly kick: () => void;
  /** The portal answers again: what failed before needn't wait any longer. */
  readonly resume: () => void;
  /** Reports until the signal ends it. */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

const mostEvents = 500;
const mostBytes = 200_000;

export function createReporter(options: ReporterOptions): Reporter {
  const { client, queue, state, onAnswer, onFailure, onSent } = options;
  const { interval = 60_000, gathering = 500 } = options;
  const backOff = createBackOff();
  let lines = mostEvents;
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
    await pause(milliseconds, ended.signal);
    signal.removeEventListener('abort', end);
  }

  /** Ends early when something is to be told. */
  async function rest(signal: AbortSignal): Promise<void> {
    await pauseUntil(interval, signal, (end) => {
      wake = end;
      if (urgent) end();
    });
    if (!signal.aborted && urgent) await pause(gathering, signal);
    urgent = false;
  }

  /** Resolves to whether more events wait. */
  async function report(signal: AbortSignal): Promise<boolean> {
    const events = await queue.oldest({ lines, bytes: mostBytes });
    const oldest = events[0]?.sequence;
    const content: GateReport = { ...state(), ...(oldest === undefined ? {} : { oldest }), events };
    try {
      const answer = await client.send({
        method: 'POST',
        path: gatePaths.reports,
        body: JSON.stringify(content),
        signal,
      });
      onAnswer();
      const { acknowledged } = reportAnswer.parse(jsonOf(answer.text));
      await queue.acknowledge(acknowledged);
    } catch (error) {
      if (error instanceof PortalRefused) onAnswer();
      if (await givesWay(error, events)) return true;
      throw error;
    }
    lines = mostEvents;
    onSent(content);
    return queue.size() > 0 && queue.trouble() === null && events.length > 0;
  }

  /** A report that is refused for its content goes out in smaller pieces: one bad event holds up none. */
  async function givesWay(error: unknown, events: readonly GateEvent[]): Promise<boolean> {
    const [first] = events;
    const refused = error instanceof PortalRefused && [400, 413, 422].includes(error.status);
    if (!refused || first === undefined) return false;
    if (events.length > 1) lines = Math.ceil(events.length / 10);
    else await queue.giveUp(first, `The portal refused an event: ${error.code}.`.slice(0, 200));
    return true;
  }

  return {
    kick,
    resume: () => resume(),
    async run(signal) {
      while (!signal.aborted) {
        try {
          const more = await report(signal);
          backOff.reset();
          if (!more) await rest(signal);
        } catch (error) {
          if (signal.aborted) return;
          onFailure(error);
          const asked = error instanceof PortalRefused ? error.retryAfter : null;
          await pauseUntil(backOff.next(asked), signal, (end) => {
            resume = end;
          });
        }
      }
    },
  };
}
