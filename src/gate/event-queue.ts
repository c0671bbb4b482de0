import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import { gateEvent, type GateEvent } from '../contract/gate-report.ts';
import { guid } from '../contract/text.ts';
import { readIfThere, writeWholeFile } from '../server/whole-file.ts';
import { openJournal, type JournalLine } from './event-journal.ts';
import type { NewGateEvent } from './in-force.ts';

/**
 * What happened at a gate, until the portal has it: on disk, in order, each with a number that is
 * given once. The portal takes each number once, so that what is sent again after a crash counts once.
 */
export interface EventQueue {
  /** Which queue the numbers belong to. */
  readonly id: string;
  /** Never throws and never waits; what can't be kept is counted. `at`: milliseconds since 1970. */
  readonly record: (event: NewGateEvent, at?: number) => void;
  /** The same for an event that another process left in a file: resolves once it is on the disk. */
  readonly take: (event: NewGateEvent, at: number, source: string) => Promise<boolean>;
  /** The oldest that the portal doesn't have, and that are on the disk. */
  readonly oldest: (most: { lines: number; bytes: number }) => Promise<GateEvent[]>;
  /**
   * The portal has everything up to this number. False where that is nothing new, or can't be noted
   * on the disk: then the same events are sent again, and should be after a while only.
   */
  readonly acknowledge: (sequence: number) => Promise<boolean>;
  /** The portal will never take this one: it gives way to a note of its loss. */
  readonly giveUp: (event: GateEvent, reason: string) => Promise<void>;
  /** How many the portal doesn't have. */
  readonly size: () => number;
  /** What goes wrong on the disk at the moment, in words; null: nothing. */
  readonly trouble: () => string | null;
  /** Resolves when what was recorded so far is on the disk, or can't be. */
  readonly flushed: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface EventQueueOptions {
  readonly folder: string;
  readonly log: Pick<Logger, 'error' | 'info'>;
  readonly now?: () => number;
  /** Told when there is something to send. */
  readonly onKept?: () => void;
  /** Bytes on disk: 64 MB unless given. */
  readonly mostBytes?: number;
  /** Milliseconds between attempts to write on a full disk. */
  readonly retryAfter?: number;
}

const stored = z.object({ queue: guid, acknowledged: z.number().int().min(0) });
export const journalName = 'events.jsonl';
const stateName = 'queue.json';
/** So many wait in memory for a disk that takes nothing. */
const mostWaiting = 1_000;

export async function openEventQueue(options: EventQueueOptions): Promise<EventQueue> {
  const { folder, log, now = Date.now, onKept = () => undefined } = options;
  const { mostBytes = 64_000_000, retryAfter = 5_000 } = options;
  const stateFile = join(folder, stateName);
  const { journal, scan } = await openJournal(join(folder, journalName));
  const found = await readQueueState(folder);
  let state = found ?? { queue: randomUUID(), acknowledged: 0 };
  let stateStored = found !== null;
  const sources = new Set(scan.sources);

  let sequence = Math.max(scan.lastSequence, state.acknowledged);
  let kept = scan.lines - (await journal.drop(state.acknowledged));
  let waiting: JournalLine[] = [];
  let lost = scan.damaged;
  let lossReason = lost > 0 ? 'The disk is damaged.' : '';
  let trouble: string | null = null;
  /** Why an acknowledgement couldn't be noted: what it was of is still there. */
  let stateTrouble: string | null = null;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;
  let scheduled = false;
  /** Everything that touches the files, one after the other. */
  let turn: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  }

  function lose(reason: string, count = 1): void {
    lost += count;
    lossReason = reason;
  }

  function number(event: NewGateEvent, at: number, source?: string): boolean {
    const numbered = { ...event, sequence: sequence + 1, at: new Date(at).toISOString() };
    const parsed = gateEvent.safeParse(numbered);
    if (!parsed.success) {
      log.error({ kind: event.kind, issues: parsed.error.issues }, 'an event has a wrong form');
      lose('An event had a form that portals don’t take.');
      return false;
    }
    sequence += 1;
    waiting.push({ event: parsed.data, ...(source === undefined ? {} : { source }) });
    return true;
  }

  /** What was lost takes its place after what was kept before, and before what comes next. */
  function noteLoss(): void {
    if (lost === 0 || waiting.length >= mostWaiting) return;
    const note = { kind: 'eventsLost', count: lost, reason: lossReason } as const;
    lost = 0;
    number(note, now());
  }

  async function write(): Promise<void> {
    if (trouble === null) noteLoss();
    if (waiting.length === 0) return;
    // A copy: more may come while these are written.
    const lines = [...waiting];
    if (journal.size >= mostBytes) throw new Error(`it holds ${mostBytes} bytes already`);
    if (!stateStored) await storeState(state);
    await journal.append(lines);
    waiting = waiting.slice(lines.length);
    for (const { source } of lines) if (source !== undefined) sources.add(source);
    kept += lines.length;
  }

  async function storeState(next: typeof state): Promise<void> {
    await writeWholeFile(stateFile, JSON.stringify(next), 0o600);
    state = next;
    stateStored = true;
  }

  async function acknowledge(upTo: number): Promise<boolean> {
    if (upTo <= state.acknowledged) return false;
    try {
      // Before anything is dropped: else its numbers would be given again after a restart.
      await storeState({ ...state, acknowledged: upTo });
      sequence = Math.max(sequence, upTo);
      kept -= await journal.drop(upTo);
      stateTrouble = null;
      return true;
    } catch (error) {
      if (stateTrouble === null) log.error({ err: error }, 'acknowledged events can’t be dropped');
      stateTrouble = reasonOf(error);
      return false;
    }
  }

  async function flush(): Promise<void> {
    scheduled = false;
    try {
      await write();
      const before = trouble;
      trouble = null;
      if (lost > 0) await write();
      if (before !== null) log.info('events are kept again');
      if (kept > 0) onKept();
    } catch (error) {
      if (trouble === null) log.error({ err: error }, 'events can’t be kept on disk');
      trouble = reasonOf(error);
      clearTimeout(retry);
      if (!closed) retry = setTimeout(() => void inTurn(flush), retryAfter).unref();
    }
  }

  function record(event: NewGateEvent, at = now()): void {
    if (lost > 0 && trouble !== null) return lose(lossReason);
    if (waiting.length >= mostWaiting) {
      return lose(`Events couldn’t be kept: ${trouble ?? 'too many at once'}.`);
    }
    // One write for all that come in the same moment.
    if (!number(event, at) || trouble !== null || scheduled) return;
    scheduled = true;
    void inTurn(flush);
  }

  if (lost > 0) void inTurn(flush);

  return {
    id: state.queue,
    record,
    async take(event, at, source) {
      if (sources.has(source)) return true;
      // It has its number, and waits for the disk.
      if (waiting.some((line) => line.source === source)) return false;
      if (trouble !== null || waiting.length >= mostWaiting) return false;
      if (!number(event, at, source)) return true;
      await inTurn(flush);
      return sources.has(source);
    },
    oldest: (most) =>
      inTurn(async () => {
        const lines = await journal.read(most);
        return lines.map(({ event }) => event);
      }),
    acknowledge: (upTo) => inTurn(() => acknowledge(upTo)),
    async giveUp(event, reason) {
      await inTurn(async () => {
        kept -= await journal.drop(event.sequence);
        lose(reason, event.kind === 'eventsLost' ? event.count : 1);
        await flush();
      });
    },
    size: () => kept + waiting.length,
    trouble: () => trouble ?? stateTrouble,
    flushed: () => inTurn(async () => undefined),
    async close() {
      closed = true;
      clearTimeout(retry);
      await inTurn(flush);
      await inTurn(() => journal.close());
    },
  };
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 150);
}

/** Null where there is no queue yet, or its file is damaged: then another one begins. */
export async function readQueueState(folder: string): Promise<z.output<typeof stored> | null> {
  const text = await readIfThere(join(folder, stateName));
  try {
    return text === null ? null : stored.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
