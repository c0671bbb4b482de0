import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GateEvent } from '../contract/gate-protocol.ts';
import { openEventQueue, type EventQueue, type EventQueueOptions } from './event-queue.ts';

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

async function open(changes: Partial<EventQueueOptions> = {}): Promise<EventQueue> {
  const queue = await openEventQueue({ folder, log: pino({ level: 'silent' }), ...changes });
  queues.push(queue);
  return queue;
}

const all = { lines: 100_000, bytes: 100_000_000 };
const ended = (sessionId: string | number) =>
  ({ kind: 'sessionEnded', sessionId: String(sessionId), reason: 'idle' }) as const;
const ids = (events: readonly GateEvent[]): string[] =>
  events.map((event) => (event.kind === 'sessionEnded' ? event.sessionId : event.kind));

describe('a disk that takes nothing', () => {
  it('stops nobody: what couldn’t be kept is counted, and told in its place', async () => {
    const queue = await open({ mostBytes: 100, retryAfter: 1 });
    queue.record(ended('a'));
    await queue.flushed();
    for (let number = 1; number <= 1_500; number += 1) queue.record(ended(number));
    await queue.flushed();
    expect(queue.trouble()).toContain('100 bytes');
    expect(queue.size()).toBe(1_001);
    // Room again: the portal has taken what was there.
    await queue.acknowledge(1);
    await expect.poll(async () => (await queue.oldest(all)).length).toBe(1_000);
    await queue.acknowledge(1_001);
    await expect.poll(async () => ids(await queue.oldest(all))).toEqual(['eventsLost']);
    expect(await queue.oldest(all)).toMatchObject([{ count: 500, sequence: 1_002 }]);
    await queue.acknowledge(1_002);
    queue.record(ended('after'));
    await queue.flushed();
    expect(ids(await queue.oldest(all))).toEqual(['after']);
  });
});

describe('a disk that takes no state', () => {
  const stateFile = (): string => join(folder, 'queue.json');

  it('has acknowledged nothing until it is noted there, and notes it later', async () => {
    const queue = await open();
    queue.record(ended('a'));
    queue.record(ended('b'));
    await queue.flushed();
    const before = await readFile(stateFile(), 'utf8');
    // No file can take the place of a folder.
    await rm(stateFile());
    await mkdir(stateFile());
    expect(await queue.acknowledge(2)).toBe(false);
    expect(await queue.acknowledge(2)).toBe(false);
    expect(queue.trouble()).toContain('queue.json');
    expect(queue.size()).toBe(2);
    await rm(stateFile(), { recursive: true });
    await writeFile(stateFile(), before);
    expect(await queue.acknowledge(2)).toBe(true);
    expect(queue.trouble()).toBeNull();
    expect(queue.size()).toBe(0);
    await queue.close();
    const again = await open();
    again.record(ended('c'));
    await again.flushed();
    expect(await again.oldest(all)).toMatchObject([{ sequence: 3 }]);
  });

  it('says whether an acknowledgement was of anything', async () => {
    const queue = await open();
    queue.record(ended('a'));
    await queue.flushed();
    expect(await queue.acknowledge(0)).toBe(false);
    expect(await queue.acknowledge(1)).toBe(true);
    expect(await queue.acknowledge(1)).toBe(false);
  });
});

describe('what another process left, on a full disk', () => {
  it('is numbered once, however often it is offered', async () => {
    const event = { kind: 'recovery', step: 'linkMade', address: null } as const;
    const queue = await open({ mostBytes: 1, retryAfter: 1 });
    queue.record(ended('a'));
    await queue.flushed();
    expect(await queue.take(event, 1_000, 'file-1')).toBe(false);
    expect(await queue.take(event, 1_000, 'file-1')).toBe(false);
    await queue.acknowledge(1);
    await expect.poll(() => queue.take(event, 1_000, 'file-1')).toBe(true);
    expect(await queue.take(event, 1_000, 'file-1')).toBe(true);
    expect(await queue.oldest(all)).toMatchObject([{ kind: 'recovery', sequence: 2 }]);
    expect(queue.size()).toBe(1);
  });
});
