import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readIfThere, syncFolder, writeWholeFile } from '../server/whole-file.ts';
import type { EventQueue } from './event-queue.ts';
import type { NewGateEvent } from './in-force.ts';

/** What commands may leave: they run beside the gate, which alone owns the queue. */
const droppedEvent = z.object({
  at: z.number(),
  event: z.object({
    kind: z.literal('recovery'),
    step: z.enum(['linkMade', 'sessionOpened', 'sessionClosed']),
    address: z.string().nullable(),
  }),
});

function folderOf(dataDir: string): string {
  return join(dataDir, 'dropped-events');
}

/** Leaves an event for the gate, which may be running or not. `at`: milliseconds since 1970. */
export async function dropEvent(
  dataDir: string,
  event: Extract<NewGateEvent, { kind: 'recovery' }>,
  at: number,
): Promise<void> {
  await mkdir(folderOf(dataDir), { recursive: true, mode: 0o700 });
  // Names sort by time.
  const name = `${String(at).padStart(15, '0')}-${randomUUID()}.json`;
  await writeWholeFile(join(folderOf(dataDir), name), JSON.stringify({ at, event }), 0o600);
}

/** Takes what was left into the queue, each once: a file goes when its event is on the disk. */
export async function collectDroppedEvents(dataDir: string, queue: EventQueue): Promise<void> {
  const names = await readdir(folderOf(dataDir)).catch(() => []);
  for (const name of names.filter((each) => each.endsWith('.json')).sort()) {
    const file = join(folderOf(dataDir), name);
    const dropped = parse(await readIfThere(file));
    const taken = dropped === null || (await queue.take(dropped.event, dropped.at, name));
    if (!taken) return;
    await rm(file, { force: true });
    await syncFolder(folderOf(dataDir));
  }
}

function parse(text: string | null): z.output<typeof droppedEvent> | null {
  try {
    return text === null ? null : droppedEvent.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
