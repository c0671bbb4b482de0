import { sessionOver, type SessionEnd } from '../../domain/session-policy.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { GateContext, InForce } from '../in-force.ts';
import type { LiveConnections } from './live-connections.ts';
import { mayUse } from './may-use.ts';
import { recoveryMinutes, type GateSession } from './session.ts';
import type { SessionCookie } from './session-cookie.ts';
import { createSessionLookup } from './session-lookup.ts';
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

/** By what a session was judged, and what it came to. */
interface Judged {
  readonly by: InForce;
  readonly standing: Standing;
  /** Null: it lets nobody in. */
  readonly admitted: Admitted | null;
}

const notSignedIn = () => new ProblemError(401, 'not_signed_in', 'Sign in at this gate first.');

export function createGatekeeper(options: GatekeeperOptions): Gatekeeper {
  const { context, cookie, sessions, live, now, onUsed } = options;
  const lookup = createSessionLookup(cookie, sessions);
  const judged = new WeakMap<GateSession, Judged>();

  /** Judged anew whenever something else is in force; looked up otherwise. */
  function judgedOf(session: GateSession, inForce: InForce): Judged {
    const known = judged.get(session);
    if (known?.by.bundle === inForce.bundle && known.by.condition === inForce.condition) {
      return known;
    }
    const standing = judge(session, inForce);
    const admitted = standing.role === null ? null : { session, standing };
    const anew = { by: inForce, standing, admitted };
    judged.set(session, anew);
    return anew;
  }

  /** A clock that was set back ends no session, and makes none last longer: it counts from there on. */
  function anchor(session: GateSession, time: number): void {
    if (session.openedAt > time) session.openedAt = time;
    if (session.lastUsedAt > time) session.lastUsedAt = time;
  }

  function over(session: GateSession, { bundle }: InForce): 'idle' | 'total' | null {
    const time = now();
    anchor(session, time);
    if (session.kind === 'recovery') {
      const policy = { idleMinutes: recoveryMinutes, totalMinutes: recoveryMinutes };
      return sessionOver({ ...session, lastUsedAt: session.openedAt }, policy, time);
    }
    return bundle === null ? null : sessionOver(session, bundle.sessions, time);
  }

  function look(cookies: string | undefined): Admitted | ProblemError {
    const session = lookup.find(cookies);
    if (session === undefined) return notSignedIn();
    const inForce = context.inForce();
    const end = over(session, inForce);
    if (end !== null) {
      sessions.end(session, end);
      return notSignedIn();
    }
    const { admitted, standing } = judgedOf(session, inForce);
    if (standing.role !== null) return admitted ?? { session, standing };
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
      lookup.forget();
      const inForce = context.inForce();
      for (const session of sessions.all()) {
        const end = over(session, inForce);
        const { standing } = judgedOf(session, inForce);
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
