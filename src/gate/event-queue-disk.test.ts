import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ended, everyEvent, sessionIds, useEventQueues } from '../testing/event-queues.ts';

const queues = useEventQueues();
const { open } = queues;

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
    await expect.poll(async () => (await queue.oldest(everyEvent)).length).toBe(1_000);
    await queue.acknowledge(1_001);
    await expect
      .poll(async () => sessionIds(await queue.oldest(everyEvent)))
      .toEqual(['eventsLost']);
    expect(await queue.oldest(everyEvent)).toMatchObject([{ count: 500, sequence: 1_002 }]);
    await queue.acknowledge(1_002);
    queue.record(ended('after'));
    await queue.flushed();
    expect(sessionIds(await queue.oldest(everyEvent))).toEqual(['after']);
  });
});

describe('a disk that takes no state', () => {
  const stateFile = (): string => join(queues.folder, 'queue.json');

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
    expect(await again.oldest(everyEvent)).toMatchObject([{ sequence: 3 }]);
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
    expect(await queue.oldest(everyEvent)).toMatchObject([{ kind: 'recovery', sequence: 2 }]);
    expect(queue.size()).toBe(1);
  });
});
