import { nextSessionState, type SessionEvent, type SessionState } from './session-state.ts';

let state: SessionState = { kind: 'working', work: 'starting' };
const listeners = new Set<() => void>();

/** The session's state, in the shape of useSyncExternalStore. */
export const sessionStore = {
  get: (): SessionState => state,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  send: (event: SessionEvent): void => {
    state = nextSessionState(state, event);
    for (const listener of listeners) listener();
  },
};
