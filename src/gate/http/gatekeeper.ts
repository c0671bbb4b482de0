import { sessionOver, type SessionEnd } from '../../domain/session-policy.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { GateContext, InForce } from '../in-force.ts';
import type { LiveConnections } from './live-connections.ts';
import { mayUse } from './may-use.ts';
import { recoveryMinutes, type GateSession } from './session.ts';
import type { SessionCookie } from './session-cookie.ts';
import type { SessionStore } from './session-store.ts';
import { judge, type Standing } from './standing.ts';

/** Somebody who is let in, and as what. */
export interface Admitted {
  readonly session: GateSession;
  readonly standing: Extract<Standing, { readonly given: unknown }>;
}

export interface Gatekeeper {
  /** Who is asking, by their Cookie header; or why they aren't let in. Counts as use of the session. */
  admit(cookies: string | undefined): Admitted | ProblemError;
  /** The same without counting as use. */
  look(cookies: string | undefined): Admitted | ProblemError;
  /** Why the session of this cookie is over; null without a cookie, or while it goes on. */
  endOf(cookies: string | undefined): SessionEnd | 'unknown' | null;
  /** Ends what is over by now, and closes what nobody may use any more. */
  sweep(): void;
}

export interface GatekeeperOptions {
  readonly context: Pick<GateContext, 'inForce'>;
  readonly cookie: SessionCookie;
  readonly sessions: SessionStore;
  readonly live: LiveConnections;
  readonly now: () => number;
  readonly onUsed: () => void;
}

const notSignedIn = () => new ProblemError(401, 'not_signed_in', 'Sign in at this gate first.');

export function createGatekeeper(options: GatekeeperOptions): Gatekeeper {
  const { context, cookie, sessions, live, now, onUsed } = options;
  const judged = new WeakMap<GateSession, { readonly by: InForce; readonly standing: Standing }>();

  /** Judged anew whenever something else is in force; looked up otherwise. */
  function standingOf(session: GateSession, inForce: InForce): Standing {
    const known = judged.get(session);
    if (known?.by.bundle === inForce.bundle && known.by.condition === inForce.condition) {
      return known.standing;
    }
    const standing = judge(session, inForce);
    judged.set(session, { by: inForce, standing });
    return standing;
  }

  /** A clock that was set back ends no session, and makes none last longer: it counts from there on. */
  function anchor(session: GateSession): void {
    const time = now();
    if (session.openedAt > time) session.openedAt = time;
    if (session.lastUsedAt > time) session.lastUsedAt = time;
  }

  function over(session: GateSession, { bundle }: InForce): 'idle' | 'total' | null {
    anchor(session);
    if (session.kind === 'recovery') {
      const policy = { idleMinutes: recoveryMinutes, totalMinutes: recoveryMinutes };
      return sessionOver({ ...session, lastUsedAt: session.openedAt }, policy, now());
    }
    return bundle === null ? null : sessionOver(session, bundle.sessions, now());
  }

  function look(cookies: string | undefined): Admitted | ProblemError {
    const key = cookie.keyOf(cookies);
    const session = key === null ? undefined : sessions.find(key);
    if (session === undefined) return notSignedIn();
    const inForce = context.inForce();
    const end = over(session, inForce);
    if (end !== null) {
      sessions.end(session, end);
      return notSignedIn();
    }
    const standing = standingOf(session, inForce);
    if (standing.role !== null) return { session, standing };
    if (standing.ends !== null) sessions.end(session, standing.ends);
    return standing.refusal;
  }

  return {
    look,
    admit(cookies) {
      const admitted = look(cookies);
      if (!(admitted instanceof ProblemError)) {
        admitted.session.lastUsedAt = now();
        onUsed();
      }
      return admitted;
    },
    endOf(cookies) {
      const key = cookie.keyOf(cookies);
      if (key === null || sessions.find(key) !== undefined) return null;
      return sessions.endOf(key) ?? 'unknown';
    },
    sweep() {
      const inForce = context.inForce();
      for (const session of sessions.all()) {
        const end = over(session, inForce);
        const standing = standingOf(session, inForce);
        if (end !== null) sessions.end(session, end);
        else if (standing.role === null) {
          if (standing.ends === 'revoked') sessions.end(session, 'revoked');
          live.closeAll(session);
        } else {
          for (const connection of live.of(session)) {
            if (!mayUse(standing, connection.method, connection.target)) connection.close();
          }
        }
      }
    },
  };
}
