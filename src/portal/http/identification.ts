import type { Principal } from './principal.ts';
import type { ProblemError } from '../../server/problem-error.ts';

/** How a request says who sends it. */
export type Credentials =
  | { readonly kind: 'bearer'; readonly token: string; readonly connection: object }
  | { readonly kind: 'recoveryCookie'; readonly value: string }
  | {
      readonly kind: 'sessionCookie';
      readonly value: string;
      readonly connection: object;
      /** The page asks by itself: that is no use of the session (R15). */
      readonly background: boolean;
    };

/** Who sent a request, before any role is asked. */
export interface Identification {
  readonly principal: Principal;
  /** Why they aren't let in whatever their roles (R11, R12); such people are `identified` only. */
  readonly refusal: ProblemError | null;
  /** Tells one sign-in from the next; null for sessions that were recorded when they began. */
  readonly signInKey: string | null;
}

/** Finds out who sent a request. */
export interface Identifier {
  /** Somebody who was identified by the same credentials before; costs next to nothing. */
  readonly remembered: (credentials: Credentials) => Identification | undefined;
  /** Throws ProblemError 401 or 503. */
  readonly identify: (credentials: Credentials) => Promise<Identification>;
}
