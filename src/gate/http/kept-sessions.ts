import type { GateContext } from '../in-force.ts';
import type { GateEvents } from './gate-events.ts';
import type { LiveConnections } from './live-connections.ts';
import { createSessionFile, readSessions } from './session-file.ts';
import { createSessionStore, type SessionStore } from './session-store.ts';

export interface KeptSessions {
  readonly store: SessionStore;
  /** Somebody used their session: that reaches the disk, too, if not at once. */
  readonly used: () => void;
  /** Resolves when the disk has what there is now. */
  readonly flush: () => Promise<void>;
}

export interface KeptSessionsOptions {
  readonly context: Pick<GateContext, 'identity' | 'setOpenSessions'>;
  readonly dataDir: string;
  readonly events: Pick<GateEvents, 'sessionEnded'>;
  readonly live: Pick<LiveConnections, 'closeAll'>;
  readonly onError: (error: unknown) => void;
}

/**
 * The sessions of a gate, which outlive a restart: what is left of them on disk, and whatever else
 * has to know of each that opens or ends.
 */
export async function openKeptSessions(options: KeptSessionsOptions): Promise<KeptSessions> {
  const { context, dataDir, events, live, onError } = options;
  const { gateId } = context.identity;
  const store = createSessionStore({
    sessions: await readSessions({ dataDir, gateId }, onError),
    onOpened: changed,
    onEnded(session, reason) {
      live.closeAll(session);
      events.sessionEnded(session, reason);
      changed();
    },
  });
  const file = createSessionFile({ dataDir, gateId, sessions: store.all, onError });
  function changed(): void {
    context.setOpenSessions(store.size);
    file.changed('set');
  }
  context.setOpenSessions(store.size);
  return { store, used: () => file.changed('used'), flush: () => file.flush() };
}
