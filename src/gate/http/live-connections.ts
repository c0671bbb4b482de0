import type { GateSession } from './session.ts';

/** An answer or a WebSocket that goes on, and what it was let in for. */
export interface LiveConnection {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  close(): void;
}

/** What is open in the name of a session: it must not outlive the right to it (R15). */
export interface LiveConnections {
  add(session: GateSession, connection: LiveConnection): void;
  remove(session: GateSession, connection: LiveConnection): void;
  of(session: GateSession): readonly LiveConnection[];
  closeAll(session: GateSession): void;
  /** Ends every one, at the end of the process. */
  close(): void;
}

export function createLiveConnections(): LiveConnections {
  const live = new Map<GateSession, Set<LiveConnection>>();
  const of = (session: GateSession) => [...(live.get(session) ?? [])];

  return {
    of,
    add(session, connection) {
      const known = live.get(session);
      if (known === undefined) live.set(session, new Set([connection]));
      else known.add(connection);
    },
    remove(session, connection) {
      const known = live.get(session);
      if (known?.delete(connection) === true && known.size === 0) live.delete(session);
    },
    closeAll(session) {
      for (const connection of of(session)) connection.close();
    },
    close() {
      for (const session of live.keys()) {
        for (const connection of of(session)) connection.close();
      }
    },
  };
}
