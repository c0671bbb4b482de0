import type { GateSession } from './session.ts';
import type { SessionCookie } from './session-cookie.ts';
import type { SessionStore } from './session-store.ts';

/** Whose session a Cookie header belongs to. */
export interface SessionLookup {
  find(cookies: string | undefined): GateSession | undefined;
  /** Drops what is remembered: secrets stay in memory no longer than from one look round to the next. */
  forget(): void;
}

const mostHeaders = 1_000;
/** Characters. What is longer is looked up each time. */
const longestHeader = 4_096;

/**
 * Remembers the headers that led to a session lately, whole: making the hash of a secret is a tenth of
 * what a decision takes. Only what opens something is remembered, so nobody without a session displaces
 * anything.
 */
export function createSessionLookup(
  cookie: Pick<SessionCookie, 'keyOf'>,
  sessions: Pick<SessionStore, 'find'>,
): SessionLookup {
  const lately = new Map<string, GateSession>();

  return {
    find(cookies) {
      if (cookies === undefined) return undefined;
      const known = lately.get(cookies);
      // It may have ended meanwhile.
      if (known !== undefined && sessions.find(known.key) === known) return known;
      const key = cookie.keyOf(cookies);
      const session = key === null ? undefined : sessions.find(key);
      if (session === undefined || cookies.length > longestHeader) return session;
      if (lately.size >= mostHeaders) lately.clear();
      lately.set(cookies, session);
      return session;
    },
    forget: () => lately.clear(),
  };
}
