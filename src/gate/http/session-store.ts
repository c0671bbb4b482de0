import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { SessionEnd } from '../../domain/session-policy.ts';
import type { GateSession } from './session.ts';

/** The sessions of a gate, in memory. */
export interface SessionStore {
  /** By the hash of its cookie's secret. */
  find(key: string): GateSession | undefined;
  /** Why a session is over, as long as that is remembered. */
  endOf(key: string): SessionEnd | undefined;
  open(session: Omit<GateSession, 'id' | 'lastUsedAt'>): GateSession;
  end(session: GateSession, reason: SessionEnd): void;
  readonly all: () => readonly GateSession[];
  readonly size: number;
}

export interface SessionStoreOptions {
  readonly sessions: readonly GateSession[];
  readonly onOpened: (session: GateSession) => void;
  readonly onEnded: (session: GateSession, reason: SessionEnd) => void;
  /** The most that are kept: 10,000. */
  readonly most?: number;
}

export function createSessionStore(options: SessionStoreOptions): SessionStore {
  const { onOpened, onEnded, most = 10_000 } = options;
  const sessions = new Map(options.sessions.map((session) => [session.key, session]));
  const ends = new LRUCache<string, SessionEnd>({ max: 1_000 });

  function end(session: GateSession, reason: SessionEnd): void {
    if (!sessions.delete(session.key)) return;
    ends.set(session.key, reason);
    onEnded(session, reason);
  }

  /** Only people with a good token get here: whoever hasn't been seen for longest makes room. */
  function makeRoom(): void {
    let unused: GateSession | undefined;
    for (const session of sessions.values()) {
      if (unused === undefined || session.lastUsedAt < unused.lastUsedAt) unused = session;
    }
    if (unused !== undefined) end(unused, 'idle');
  }

  return {
    find: (key) => sessions.get(key),
    endOf: (key) => ends.get(key),
    open(fields) {
      if (sessions.size >= most) makeRoom();
      const session = { ...fields, id: randomUUID(), lastUsedAt: fields.openedAt };
      sessions.set(session.key, session);
      onOpened(session);
      return session;
    },
    end,
    all: () => [...sessions.values()],
    get size() {
      return sessions.size;
    },
  };
}
