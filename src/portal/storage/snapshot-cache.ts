import { readAccessSnapshot, type AccessSnapshot } from './access-snapshot.ts';
import type { Database } from './database.ts';
import { revisionChannel } from './revisions.ts';
import { stateRevisions } from './schema.ts';

export interface SnapshotCache {
  /** What is in force now; read anew when something has changed. */
  readonly current: () => AccessSnapshot | Promise<AccessSnapshot>;
  /** To be called once a change has been committed: the next request sees it (R15). */
  readonly changed: () => void;
  /** Calls the listener after each change, own or of other instances; returns how to end it. */
  readonly onChange: (listener: () => void) => () => void;
  readonly close: () => void;
}

const pollEvery = 5_000;

/**
 * Keeps the access snapshot in memory. Own changes drop it at once, those of other instances when
 * NOTIFY tells, and where that was missed when the revisions are polled. With the database away
 * nobody could tell what has changed: then it is dropped too, and requests fail.
 */
export async function createSnapshotCache(
  database: Pick<Database, 'db' | 'listen'>,
  ...onChanged: readonly (() => void)[]
): Promise<SnapshotCache> {
  const { db } = database;
  const listeners = new Set(onChanged);
  let snapshot: AccessSnapshot | null = null;
  let generation = 0;
  let reading: { readonly generation: number; readonly answer: Promise<AccessSnapshot> } | null =
    null;

  function changed(): void {
    generation += 1;
    snapshot = null;
    for (const listener of listeners) listener();
  }

  async function read(readGeneration: number): Promise<AccessSnapshot> {
    try {
      const answer = await readAccessSnapshot(db);
      // What changed while it was read may be missing from it: not kept then.
      if (generation === readGeneration) snapshot = answer;
      return answer;
    } finally {
      if (reading?.generation === readGeneration) reading = null;
    }
  }

  async function compare(): Promise<void> {
    // Own changes are told too: what is being read for them needn't be read twice.
    if (snapshot === null) await reading?.answer.catch(() => undefined);
    const compared = snapshot;
    try {
      if (compared !== null && (await readRevision(db)) === compared.revision) return;
    } catch {
      // Away: drop it, and let the next request say so.
    }
    if (snapshot === compared) changed();
  }

  const stopListening = await database.listen(revisionChannel, () => void compare());
  const poll = setInterval(() => void compare(), pollEvery).unref();

  return {
    current() {
      if (snapshot !== null) return snapshot;
      if (reading?.generation !== generation) reading = { generation, answer: read(generation) };
      return reading.answer;
    },
    changed,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      clearInterval(poll);
      stopListening();
    },
  };
}

async function readRevision(db: Database['db']): Promise<string> {
  const rows = await db.select().from(stateRevisions);
  return rows
    .filter((row) => row.name !== 'gates')
    .map((row) => `${row.name}=${row.value}`)
    .sort()
    .join(',');
}
