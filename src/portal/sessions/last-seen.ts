import { sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { Database } from '../storage/database.ts';

export interface LastSeen {
  /** Notes a use of a session; `before` is when the one before it came. */
  readonly note: (sessionId: string, at: number, before: number) => void;
  /** When this instance saw it last, as far as it remembers. */
  readonly latest: (sessionId: string) => number | undefined;
  /** Writes what still waits. */
  readonly close: () => Promise<void>;
}

const writeEvery = 30_000;

/**
 * When sessions were last used, written for many at a time. A session that was quiet for longer is
 * written at once: another instance could take it for idle.
 */
export function createLastSeen(
  { db }: Pick<Database, 'db'>,
  onError: (error: unknown) => void,
): LastSeen {
  let pending = new Map<string, number>();
  // Also what is written already: a row that was read meanwhile may not have it yet.
  const written = new LRUCache<string, number>({ max: 10_000 });
  let writing: Promise<void> = Promise.resolve();
  let soon: NodeJS.Immediate | null = null;

  async function write(): Promise<void> {
    if (pending.size === 0) return;
    const noted = pending;
    pending = new Map();
    for (const [id, at] of noted) written.set(id, at);
    try {
      const rows = JSON.stringify(
        [...noted].map(([id, at]) => ({ id, at: new Date(at).toISOString() })),
      );
      // Locked in the order in which others lock them who end several.
      await db.execute(sql`
        with seen as (
          select session.id, noted.at
            from portal_sessions as session
            join jsonb_to_recordset(${rows}::jsonb) as noted(id uuid, at timestamptz)
              on session.id = noted.id
           where session.ended_at is null
           order by session.id for update of session)
        update portal_sessions as session
           set last_seen_at = greatest(session.last_seen_at, seen.at)
          from seen where session.id = seen.id`);
    } catch (error) {
      for (const [id, at] of noted) pending.set(id, Math.max(at, pending.get(id) ?? 0));
      onError(error);
    }
  }

  const writeNow = (): Promise<void> => (writing = writing.then(write));
  const timer = setInterval(() => void writeNow(), writeEvery).unref();

  return {
    note(sessionId, at, before) {
      pending.set(sessionId, at);
      if (at - before < writeEvery || soon !== null) return;
      soon = setImmediate(() => {
        soon = null;
        void writeNow();
      });
    },
    latest: (sessionId) => pending.get(sessionId) ?? written.get(sessionId),
    async close() {
      clearInterval(timer);
      if (soon !== null) clearImmediate(soon);
      await writeNow();
    },
  };
}
