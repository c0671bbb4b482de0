import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach } from 'vitest';
import type { GateEvent } from '../contract/gate-report.ts';
import { openEventQueue, type EventQueue, type EventQueueOptions } from '../gate/event-queue.ts';

export interface EventQueues {
  /** Of the test that runs. */
  readonly folder: string;
  /** Opens the queue of that folder; it is closed after the test. */
  readonly open: (changes?: Partial<EventQueueOptions>) => Promise<EventQueue>;
}

/** A folder for each test of a file, and queues in it. */
export function useEventQueues(): EventQueues {
  let folder = '';
  let queues: EventQueue[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-queue-'));
    queues = [];
  });
  afterEach(async () => {
    for (const queue of queues) await queue.close().catch(() => undefined);
    await rm(folder, { recursive: true });
  });
  return {
    get folder() {
      return folder;
    },
    async open(changes = {}) {
      const queue = await openEventQueue({ folder, log: pino({ level: 'silent' }), ...changes });
      queues.push(queue);
      return queue;
    },
  };
}

export const everyEvent = { lines: 100_000, bytes: 100_000_000 };

export function ended(sessionId: string | number) {
  return { kind: 'sessionEnded', sessionId: String(sessionId), reason: 'idle' } as const;
}

/** Which sessions ended, by their ids; of other events the kind. */
export function sessionIds(events: readonly GateEvent[]): string[] {
  return events.map((event) => (event.kind === 'sessionEnded' ? event.sessionId : event.kind));
}
