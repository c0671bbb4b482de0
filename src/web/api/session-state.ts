import type { PortalSessionEnd } from '../../contract/sessions.ts';
import type { SignInFailure } from './sign-in-failure.ts';

/** Why nobody is signed in, where there is something to say about it. */
export type SignedOutReason =
  | { readonly kind: 'none' }
  | { readonly kind: 'notSetUp' }
  | { readonly kind: 'failed'; readonly failure: SignInFailure }
  /** A session that began elsewhere couldn't be continued without asking. */
  | { readonly kind: 'notContinued'; readonly failure: SignInFailure | null }
  /** Here and at the provider. */
  | { readonly kind: 'signedOut' }
  | { readonly kind: 'signedOutElsewhere' }
  /** The session that the server keeps is over. */
  | { readonly kind: 'ended'; readonly why: PortalSessionEnd }
  /** Microsoft isn't told: the server doesn't know any more by which provider it was. */
  | { readonly kind: 'signedOutHere' }
  /** The server couldn't be told: the session may still be open. */
  | { readonly kind: 'notSignedOut' }
  | { readonly kind: 'recoveryEnded' };

/**
 * How somebody came in: with tokens of MSAL, by a session that the server keeps (web-application
 * provider), or by a recovery link.
 */
export type SessionVia = 'entra' | 'web' | 'recovery';

/** What is being done at the moment, for the page to say. `closing`: a window that has done its part. */
export type SessionWork = 'starting' | 'continuing' | 'redirecting' | 'signingOut' | 'closing';

export type SessionState =
  | { readonly kind: 'working'; readonly work: SessionWork }
  | { readonly kind: 'signedOut'; readonly reason: SignedOutReason }
  | {
      readonly kind: 'signedIn';
      readonly via: SessionVia;
      readonly renewal: Renewal | null;
    };

/** A request that waits for the person to sign in again. */
export interface Renewal {
  /** Claims of a challenge (step-up), or null when the session just ended. */
  readonly claims: string | null;
  /** Why the session that the server kept is over; null where that isn't known, or it isn't. */
  readonly ended: PortalSessionEnd | null;
  readonly failure: SignInFailure | null;
  /** True while the provider's window is open. */
  readonly busy: boolean;
  /** The browser didn't let the window open. */
  readonly blocked: boolean;
}

export type SessionEvent =
  | { readonly kind: 'work'; readonly work: SessionWork }
  | { readonly kind: 'signedIn'; readonly via: SessionVia }
  | { readonly kind: 'signedOut'; readonly reason: SignedOutReason }
  | {
      readonly kind: 'renewalNeeded';
      readonly claims: string | null;
      readonly ended: PortalSessionEnd | null;
    }
  | { readonly kind: 'renewalStarted' }
  | { readonly kind: 'renewalBlocked' }
  | { readonly kind: 'renewalFailed'; readonly failure: SignInFailure | null }
  | { readonly kind: 'renewalDone' };

/** The session as a state machine: pure, so that every way through it can be tested. */
export function nextSessionState(state: SessionState, event: SessionEvent): SessionState {
  switch (event.kind) {
    case 'work':
      return { kind: 'working', work: event.work };
    case 'signedIn':
      return { kind: 'signedIn', via: event.via, renewal: null };
    case 'signedOut':
      return { kind: 'signedOut', reason: event.reason };
    default:
      return state.kind === 'signedIn'
        ? { ...state, renewal: nextRenewal(state.renewal, event) }
        : state;
  }
}

type RenewalEvent = Extract<SessionEvent, { kind: `renewal${string}` }>;

function nextRenewal(renewal: Renewal | null, event: RenewalEvent): Renewal | null {
  if (event.kind === 'renewalDone') return null;
  // Several requests can end up here at once: one dialog serves them all.
  if (event.kind === 'renewalNeeded') {
    const { claims, ended } = event;
    return renewal ?? { claims, ended, failure: null, busy: false, blocked: false };
  }
  if (renewal === null) return null;
  if (event.kind === 'renewalStarted') return { ...renewal, failure: null, busy: true };
  if (event.kind === 'renewalBlocked') return { ...renewal, busy: false, blocked: true };
  return { ...renewal, failure: event.failure, busy: false };
}
