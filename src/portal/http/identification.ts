import type { Principal } from './principal.ts';
import type { ProblemError } from './problem-error.ts';

/** How a request says who sends it. */
export type Credentials =
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'recoveryCookie'; readonly value: string };

/** Who sent a request, before any role is asked. */
export interface Identification {
  readonly principal: Principal;
  /** Why they aren't let in whatever their roles (R11, R12); such people are `identified` only. */
  readonly refusal: ProblemError | null;
  /** Tells one sign-in from the next; null for sessions that were recorded when they began. */
  readonly signInKey: string | null;
}

/** Throws ProblemError 401 or 503. Answers at once for somebody whom it remembers. */
export type Identify = (credentials: Credentials) => Identification | Promise<Identification>;
