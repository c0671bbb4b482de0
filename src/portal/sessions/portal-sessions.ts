import { and, eq, lte } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import { sessionOver } from '../../domain/session-policy.ts';
import type { Credentials, Identification } from '../http/identification.ts';
import type { AccessSnapshot } from '../storage/access-snapshot.ts';
import { portalSessions } from '../storage/provider-schema.ts';
import { confirmedFor, confirmSession, type ConfirmDependencies } from './confirm-session.ts';
import { createLastSeen } from './last-seen.ts';
import { isSecret, secretHash } from './recovery-link.ts';
import { sessionEnded } from './session-ended.ts';
import { identifySession, type PersonRules } from './session-identity.ts';
import type { HeldSession, SessionMemory } from './session-memory.ts';
import { keepSessionsUp } from './session-upkeep.ts';
import { endSessions, findSession, type StoredSession } from './session-store.ts';

export interface PortalSessionsDependencies extends ConfirmDependencies, PersonRules {
  readonly memory: SessionMemory;
  readonly snapshot: () => AccessSnapshot | Promise<AccessSnapshot>;
  readonly onError: (error: unknown) => void;
}

type SessionCookie = Extract<Credentials, { readonly kind: 'sessionCookie' }>;

export interface PortalSessions {
  /** Who a cookie is of, where that is known: no query, and nothing to wait for. */
  readonly remembered: (cookie: SessionCookie) => Identification | undefined;
  /** Throws 401 `session_ended` with the reason. */
  readonly identify: (cookie: SessionCookie) => Promise<Identification>;
  readonly close: () => Promise<void>;
}

/** As long as requests are answered while Entra is asked, and not only after. */
const patience = 300_000;
/** Where the groups aren’t known, or Entra didn’t answer. */
const askAgainAfter = 60_000;
const keepUpEvery = 300_000;

/** Sessions of people who came in by a web application (R15). */
export function createPortalSessions(deps: PortalSessionsDependencies): PortalSessions {
  const { database, memory, snapshot, onError } = deps;
  const { db } = database;
  const now = () => deps.now().getTime();
  const lastSeen = createLastSeen(database, onError);
  const confirming = new Map<string, Promise<'confirmed' | 'ended' | 'later'>>();
  const retryAt = new LRUCache<string, number>({ max: 10_000 });

  function held(session: StoredSession): HeldSession {
    const { id, openedAt, confirmedAt, identity, lastSeenAt } = session;
    const incomplete = identity.groups.kind === 'incomplete';
    const again = retryAt.get(id) ?? 0;
    const confirmAt = confirmedAt + (incomplete ? askAgainAfter : confirmedFor);
    return {
      id,
      openedAt,
      lastSeenAt,
      askedAt: now(),
      dropped: false,
      identification: identifySession(session, deps),
      confirmAt: Math.max(confirmAt, again),
      waitAt: Math.max(confirmedAt + confirmedFor + patience, again),
    };
  }

  /** Asks Entra once, however many requests want it. Whatever is found, the session is read anew. */
  function confirm(session: Pick<StoredSession, 'id'>): Promise<'confirmed' | 'ended' | 'later'> {
    const { id } = session;
    const underWay = confirming.get(id);
    if (underWay !== undefined) return underWay;
    const asked = ask(id).finally(() => {
      confirming.delete(id);
      memory.drop([id]);
    });
    confirming.set(id, asked);
    return asked;
  }

  async function ask(id: string): Promise<'confirmed' | 'ended' | 'later'> {
    try {
      const session = await findSession(db, { id });
      const answer = session === null ? 'ended' : await confirmSession(session, deps);
      if (answer === 'later') retryAt.set(id, now() + askAgainAfter);
      else retryAt.delete(id);
      return answer;
    } catch (error) {
      retryAt.set(id, now() + askAgainAfter);
      onError(error);
      return 'later';
    }
  }

  /** The session of a cookie, while it goes on. Throws 401. */
  async function read(hash: Buffer): Promise<StoredSession> {
    const stored = await findSession(db, { secretHash: hash });
    if (stored === null) throw sessionEnded('unknown');
    if (stored.end !== null) throw sessionEnded(stored.end);
    const lastSeenAt = Math.max(stored.lastSeenAt, lastSeen.latest(stored.id) ?? 0);
    const session = { ...stored, lastSeenAt };
    await requireTime(session);
    return session;
  }

  /** R15: ends what has lasted too long, unless another instance saw it used meanwhile. */
  async function requireTime({ id, openedAt, lastSeenAt }: StoredSession): Promise<void> {
    const { sessionPolicy } = await snapshot();
    const over = sessionOver({ openedAt, lastUsedAt: lastSeenAt }, sessionPolicy, now());
    if (over === null) return;
    const asRead =
      over === 'idle' ? lte(portalSessions.lastSeenAt, new Date(lastSeenAt)) : undefined;
    const which = and(eq(portalSessions.id, id), asRead);
    await db.transaction((tx) => endSessions(tx, which, over, deps.now()));
    throw sessionEnded(over);
  }

  function use(session: HeldSession, at: number): void {
    lastSeen.note(session.id, at, session.lastSeenAt);
    session.lastSeenAt = at;
  }

  const upkeep = setInterval(() => void keepSessionsUp(deps).catch(onError), keepUpEvery).unref();

  return {
    remembered({ value: secret, connection, background }) {
      const session = memory.find(secret, connection);
      if (session === undefined) return undefined;
      const current = snapshot();
      if (current instanceof Promise) return undefined;
      const at = now();
      const { openedAt, lastSeenAt } = session;
      const times = { openedAt, lastUsedAt: lastSeenAt };
      if (sessionOver(times, current.sessionPolicy, at) !== null) return undefined;
      if (at >= session.waitAt) return undefined;
      if (at >= session.confirmAt) void confirm(session);
      session.askedAt = at;
      if (!background) use(session, at);
      return session.identification;
    },
    async identify({ value: secret, background }) {
      // What can't be one of ours isn't worth a question to the database.
      if (!isSecret(secret)) throw sessionEnded('unknown');
      const hash = secretHash(secret);
      let generation = memory.generation();
      let session = await read(hash);
      let current = held(session);
      if (now() >= current.waitAt) {
        await confirm(session);
        generation = memory.generation();
        session = await read(hash);
        current = held(session);
      }
      if (!background) use(current, now());
      memory.keep(secret, current, generation);
      return current.identification;
    },
    async close() {
      memory.close();
      clearInterval(upkeep);
      await lastSeen.close();
      await Promise.all(confirming.values());
    },
  };
}
