import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GateEvent } from '../contract/gate-report.ts';
import { buildSource } from '../testing/built-source.ts';
import { ended, everyEvent, sessionIds, useEventQueues } from '../testing/event-queues.ts';

const queues = useEventQueues();
const { open } = queues;
const journal = (): string => join(queues.folder, 'events.jsonl');

describe('openEventQueue', () => {
  it('keeps events in order, with numbers and the time they happened', async () => {
    const queue = await open({ now: () => 5_000 });
    queue.record(ended('a'));
    queue.record(ended('b'), 1_000);
    await queue.flushed();
    expect(await queue.oldest(everyEvent)).toEqual([
      { ...ended('a'), sequence: 1, at: '1970-01-01T00:00:05.000Z' },
      { ...ended('b'), sequence: 2, at: '1970-01-01T00:00:01.000Z' },
    ]);
    expect((await stat(journal())).mode & 0o777).toBe(0o600);
  });

  it('keeps what comes while others are being written', async () => {
    const queue = await open();
    for (let number = 1; number <= 300; number += 1) {
      queue.record(ended(number));
      if (number % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await queue.flushed();
    expect(sessionIds(await queue.oldest(everyEvent))).toEqual(
      Array.from({ length: 300 }, (_, index) => String(index + 1)),
    );
  });

  it('goes on after a restart, with the same name and the next number', async () => {
    const first = await open();
    first.record(ended('a'));
    first.record(ended('b'));
    await first.flushed();
    await first.acknowledge(1);
    await first.close();
    const again = await open();
    expect(again.id).toBe(first.id);
    expect(again.size()).toBe(1);
    again.record(ended('c'));
    await again.flushed();
    const events = await again.oldest(everyEvent);
    expect(sessionIds(events)).toEqual(['b', 'c']);
    expect(events.at(-1)?.sequence).toBe(3);
  });

  it('gives no number twice, also where all before were acknowledged', async () => {
    const first = await open();
    first.record(ended('a'));
    await first.flushed();
    await first.acknowledge(1);
    expect((await stat(journal())).size).toBe(0);
    await first.close();
    const again = await open();
    again.record(ended('b'));
    await again.flushed();
    expect(await again.oldest(everyEvent)).toMatchObject([{ sequence: 2 }]);
  });

  it('drops the torn end of a write that the power cut short', async () => {
    const first = await open();
    first.record(ended('a'));
    await first.close();
    await appendFile(journal(), '{"event":{"kind":"sessionEn');
    const again = await open();
    again.record(ended('b'));
    await again.flushed();
    expect(sessionIds(await again.oldest(everyEvent))).toEqual(['a', 'b']);
  });

  it('counts lines that a disk has damaged, once', async () => {
    const first = await open();
    for (const name of ['a', 'b', 'c']) first.record(ended(name));
    await first.close();
    const text = await readFile(journal(), 'utf8');
    await writeFile(journal(), text.replace('"sessionId":"b"', '\0\0\0'));
    const again = await open();
    await again.flushed();
    const events = await again.oldest(everyEvent);
    expect(sessionIds(events)).toEqual(['a', 'c', 'eventsLost']);
    expect(events.at(-1)).toMatchObject({ count: 1, reason: 'The disk is damaged.' });
    await again.close();
    const third = await open();
    expect(sessionIds(await third.oldest(everyEvent))).toEqual(['a', 'c', 'eventsLost']);
  });

  it('gives what it is asked for at most, and one in any case', async () => {
    const queue = await open();
    for (let number = 1; number <= 5; number += 1) queue.record(ended(number));
    await queue.flushed();
    expect(sessionIds(await queue.oldest({ lines: 2, bytes: 10_000 }))).toEqual(['1', '2']);
    expect(sessionIds(await queue.oldest({ lines: 5, bytes: 1 }))).toEqual(['1']);
  });

  it('takes what another process left once, also where that stays there', async () => {
    const event = { kind: 'recovery', step: 'linkMade', address: null } as const;
    const first = await open();
    expect(await first.take(event, 1_000, 'file-1')).toBe(true);
    expect(await first.take(event, 1_000, 'file-1')).toBe(true);
    await first.close();
    const again = await open();
    expect(await again.take(event, 1_000, 'file-1')).toBe(true);
    expect(await again.oldest(everyEvent)).toHaveLength(1);
  });

  it('goes past an event that the portal will never take, with a note of it', async () => {
    const queue = await open();
    queue.record(ended('a'));
    queue.record(ended('b'));
    await queue.flushed();
    const [first] = await queue.oldest(everyEvent);
    if (first === undefined) throw new Error('no event');
    await queue.giveUp(first, 'The portal refused an event: x.');
    expect(sessionIds(await queue.oldest(everyEvent))).toEqual(['b', 'eventsLost']);
    expect(queue.size()).toBe(2);
  });

  it('counts all that a refused note of a loss stood for', async () => {
    const queue = await open();
    queue.record({ kind: 'eventsLost', count: 7, reason: 'The disk is damaged.' });
    await queue.flushed();
    const [first] = await queue.oldest(everyEvent);
    if (first === undefined) throw new Error('no event');
    await queue.giveUp(first, 'The portal refused an event: x.');
    expect(await queue.oldest(everyEvent)).toMatchObject([{ kind: 'eventsLost', count: 7 }]);
  });

  it('takes no event that portals refuse, and counts it', async () => {
    const queue = await open();
    queue.record(ended('x'.repeat(500)));
    queue.record(ended('a'));
    await queue.flushed();
    expect(sessionIds(await queue.oldest(everyEvent)).sort()).toEqual(['a', 'eventsLost']);
  });
});

describe('kill -9 while events are written', () => {
  it('loses none that was kept, and numbers each once', async () => {
    const built = await buildSource(new URL('../testing/queue-writer.ts', import.meta.url));
    const received: GateEvent[] = [];
    let acknowledged = 0;
    let printed = 0;
    try {
      for (let round = 0; round < 20; round += 1) {
        const child = spawn(process.execPath, [built.script, queues.folder, String(printed + 1)], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        const least = printed + 20 + round;
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          printed = Number(text.trim().split('\n').at(-1));
          if (printed >= least) child.kill('SIGKILL');
        });
        await once(child, 'close');
        // The portal takes each number once; the gate doesn't always hear of it.
        const queue = await open();
        for (const event of await queue.oldest(everyEvent)) {
          if (event.sequence <= acknowledged) continue;
          received.push(event);
          acknowledged = event.sequence;
        }
        if (round % 2 === 0) await queue.acknowledge(acknowledged);
        await queue.close();
        // One may be on the disk that wasn't printed any more.
        printed = Math.max(printed, Number(sessionIds(received).at(-1)));
      }
    } finally {
      await rm(built.folder, { recursive: true });
    }
    expect(received.map(({ sequence }) => sequence)).toEqual(received.map((_event, i) => i + 1));
    expect(sessionIds(received)).toEqual(received.map((_event, i) => String(i + 1)));
    expect(received.length).toBeGreaterThanOrEqual(printed);
  }, 180_000);
});
