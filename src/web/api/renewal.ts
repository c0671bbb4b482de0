import type { PortalSessionEnd } from '../../contract/sessions.ts';
import { SessionEndedError } from '../failures.ts';
import { sessionStore } from './session-store.ts';
import {
  describeSignInFailure,
  isInteractionInProgress,
  isPopupBlocked,
} from './sign-in-failure.ts';

/** How somebody signs in again: by MSAL, which has a token then, or by the server, which has a session. */
export interface RenewalWay {
  /** In a window of its own. Answers the token; null where a cookie takes its place. */
  readonly inWindow: (claims: string | null) => Promise<string | null>;
  /** In this tab, which leaves the page. */
  readonly here: (claims: string | null) => Promise<void>;
}

interface Pending {
  readonly way: RenewalWay;
  readonly claims: string | null;
  readonly result: Promise<string | null>;
  readonly resolve: (token: string | null) => void;
  readonly reject: (error: Error) => void;
}

let pending: Pending | null = null;

/**
 * Asks the person to sign in again, in a window of its own, so that nothing typed is lost (R21).
 * Requests that come meanwhile wait for the same answer. `ended`: why the session is over, where
 * the server has said so.
 */
export function requestRenewal(
  way: RenewalWay,
  claims: string | null,
  ended: PortalSessionEnd | null,
): Promise<string | null> {
  if (pending === null) {
    let resolve: Pending['resolve'] = () => {};
    let reject: Pending['reject'] = () => {};
    const result = new Promise<string | null>((whenDone, whenDeclined) => {
      resolve = whenDone;
      reject = whenDeclined;
    });
    pending = { way, claims, result, resolve, reject };
    sessionStore.send({ kind: 'renewalNeeded', claims, ended });
  }
  return pending.result;
}

/** The dialog's button: opens the provider's window. Where the browser blocks it, the dialog says so. */
export async function signInAgain(): Promise<void> {
  if (pending === null) return;
  const { way, claims } = pending;
  sessionStore.send({ kind: 'renewalStarted' });
  try {
    settleRenewal(await way.inWindow(claims));
  } catch (error) {
    if (isInteractionInProgress(error)) return;
    sessionStore.send(
      isPopupBlocked(error)
        ? { kind: 'renewalBlocked' }
        : { kind: 'renewalFailed', failure: describeSignInFailure(error) },
    );
  }
}

/** Goes to the provider in this tab, which loads the page anew: only for who knows what that loses. */
export async function signInAgainHere(): Promise<void> {
  if (pending === null) return;
  sessionStore.send({ kind: 'renewalStarted' });
  try {
    await pending.way.here(pending.claims);
  } catch (error) {
    sessionStore.send({ kind: 'renewalFailed', failure: describeSignInFailure(error) });
  }
}

/** What waits goes on. */
export function settleRenewal(token: string | null): void {
  end()?.resolve(token);
}

/** "Not now": what waits fails with SessionEndedError and can be repeated. */
export function declineRenewal(): void {
  end()?.reject(new SessionEndedError());
}

function end(): Pending | null {
  const ended = pending;
  pending = null;
  sessionStore.send({ kind: 'renewalDone' });
  return ended;
}
