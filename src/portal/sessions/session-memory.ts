import { hash } from 'node:crypto';
import { and, inArray, isNotNull } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { Identification } from '../http/identification.ts';
import type { Database } from '../storage/database.ts';
import { portalSessions } from '../storage/provider-schema.ts';
import { sessionChannel } from './session-store.ts';

/** An open session as it is kept in memory. Times in milliseconds since 1970. */
export interface HeldSession {
  readonly id: string;
  readonly openedAt: number;
  /** The same object each time, so that what is known of its principal is found again. */
  readonly identification: Identification;
  lastSeenAt: number;
  /** Also by a page that asks by itself, which is no use. */
  askedAt: number;
  /** From then on Entra is asked, while requests are still answered. */
  readonly confirmAt: number;
  /** From then on requests wait for Entra’s answer. */
  readonly waitAt: number;
  /** It must be read anew: it ended, changed, or was pushed out. */
  dropped: boolean;
}

export interface SessionMemory {
  /** `connection` is whatever it came over: the next request over it mostly has the same cookie. */
  readonly find: (secret: string, connection?: object) => HeldSession | undefined;
  /** Keeps what was read, unless something was dropped since `readAt`: that may be missing from it. */
  readonly keep: (secret: string, held: HeldSession, readAt: number) => void;
  /** To be asked before a session is read. */
  readonly generation: () => number;
  readonly drop: (ids: readonly string[]) => void;
  readonly dropAll: () => void;
  readonly close: () => void;
}

const capacity = 10_000;
const checkEvery = 5_000;
/** With the database away nobody could tell who was signed out: then memory counts no more. */
const trustedFor = 2 * checkEvery;
/** What isn’t asked for so long is forgotten, and read again when it is. */
const unaskedFor = 60_000;

/**
 * Keeps open sessions in memory, by a hash of their secret. Ends here drop them at once, those of
 * other instances when NOTIFY tells; where that was missed, they are compared every five seconds.
 */
export async function createSessionMemory(
  database: Pick<Database, 'db' | 'listen'>,
  now: () => number,
): Promise<SessionMemory> {
  const byId = new Map<string, HeldSession>();
  const bySecret = new LRUCache<string, HeldSession>({
    max: capacity,
    dispose(held) {
      held.dropped = true;
      if (byId.get(held.id) === held) byId.delete(held.id);
    },
  });
  const keys = new WeakMap<HeldSession, string>();
  const last = new WeakMap<object, { readonly secret: string; readonly held: HeldSession }>();
  let generation = 0;
  let trustedUntil = performance.now() + trustedFor;

  function forget(held: HeldSession): void {
    held.dropped = true;
    bySecret.delete(keys.get(held) ?? '');
  }

  function drop(ids: readonly string[]): void {
    if (ids.length === 0) return;
    generation += 1;
    for (const id of ids) {
      const held = byId.get(id);
      if (held !== undefined) forget(held);
    }
  }

  function dropAll(): void {
    generation += 1;
    bySecret.clear();
  }

  async function compare(): Promise<void> {
    const asked = performance.now();
    const oldest = now() - unaskedFor;
    for (const held of byId.values()) if (held.askedAt < oldest) forget(held);
    try {
      const ids = [...byId.keys()];
      if (ids.length > 0) drop(await endedOf(ids, database.db));
      trustedUntil = asked + trustedFor;
    } catch {
      dropAll();
    }
  }

  const stopListening = await database.listen(sessionChannel, (payload) => {
    if (payload === undefined) void compare();
    else if (payload === '*') dropAll();
    else drop(payload.split(' '));
  });
  const poll = setInterval(() => void compare(), checkEvery).unref();

  return {
    find(secret, connection) {
      if (performance.now() > trustedUntil) return undefined;
      const before = connection === undefined ? undefined : last.get(connection);
      if (before?.secret === secret && !before.held.dropped) return before.held;
      const held = bySecret.get(keyOf(secret));
      if (held !== undefined && connection !== undefined) last.set(connection, { secret, held });
      return held;
    },
    keep(secret, held, readAt) {
      if (readAt !== generation) return;
      const key = keyOf(secret);
      const before = byId.get(held.id);
      if (before !== undefined) forget(before);
      bySecret.set(key, held);
      byId.set(held.id, held);
      keys.set(held, key);
    },
    generation: () => generation,
    drop,
    dropAll,
    close() {
      clearInterval(poll);
      stopListening();
    },
  };
}

function keyOf(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

async function endedOf(ids: readonly string[], db: Database['db']): Promise<string[]> {
  const rows = await db
    .select({ id: portalSessions.id })
    .from(portalSessions)
    .where(and(inArray(portalSessions.id, [...ids]), isNotNull(portalSessions.endedAt)));
  return rows.map(({ id }) => id);
}
