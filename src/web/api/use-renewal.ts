import { useSyncExternalStore } from 'react';
import type { Renewal } from './session-state.ts';
import { sessionStore } from './session-store.ts';

/** The sign-in that requests wait for, or null. */
export function useRenewal(): Renewal | null {
  const session = useSyncExternalStore(sessionStore.subscribe, sessionStore.get);
  return session.kind === 'signedIn' ? session.renewal : null;
}
