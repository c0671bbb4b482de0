import type { AuthenticationResult, PublicClientApplication } from '@azure/msal-browser';
import { SessionEndedError } from '../failures.ts';
import { sessionStore } from './session-store.ts';
import {
  describeSignInFailure,
  isInteractionInProgress,
  isPopupBlocked,
} from './sign-in-failure.ts';

interface Pending {
  readonly client: PublicClientApplication;
  readonly scopes: string[];
  readonly claims: string | null;
  readonly result: Promise<AuthenticationResult>;
  readonly settle: (result: AuthenticationResult | null) => void;
}

let pending: Pending | null = null;

/**
 * Asks the person to sign in again, in a window of its own, so that nothing typed is lost (R21).
 * Requests that come meanwhile wait for the same answer.
 */
export function requestRenewal(
  client: PublicClientApplication,
  scopes: string[],
  claims: string | null,
): Promise<AuthenticationResult> {
  if (pending === null) {
    let settle: Pending['settle'] = () => {};
    const result = new Promise<AuthenticationResult>((resolve, reject) => {
      settle = (renewed) => {
        pending = null;
        sessionStore.send({ kind: 'renewalDone' });
        if (renewed === null) reject(new SessionEndedError());
        else resolve(renewed);
      };
    });
    pending = { client, scopes, claims, result, settle };
    sessionStore.send({ kind: 'renewalNeeded', claims });
  }
  return pending.result;
}

/** The dialog's button: opens the provider's window. Where the browser blocks it, the dialog says so. */
export async function signInAgain(): Promise<void> {
  if (pending === null) return;
  const { client, settle } = pending;
  sessionStore.send({ kind: 'renewalStarted' });
  try {
    // Nobody can tell whether the window was closed: asking again opens another in its place.
    const request = { ...requestOf(pending), overrideInteractionInProgress: true };
    settle(await client.acquireTokenPopup(request));
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
    await pending.client.acquireTokenRedirect(requestOf(pending));
  } catch (error) {
    sessionStore.send({ kind: 'renewalFailed', failure: describeSignInFailure(error) });
  }
}

function requestOf({ client, scopes, claims }: Pending) {
  const account = client.getActiveAccount();
  return {
    scopes,
    ...(account === null ? {} : { account }),
    ...(claims === null ? {} : { claims }),
  };
}

/** "Not now": what waits fails with SessionEndedError and can be repeated. */
export function declineRenewal(): void {
  pending?.settle(null);
}
