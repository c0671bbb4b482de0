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

/** The dialog's button: opens the provider's window, or goes there where windows are blocked. */
export async function signInAgain(): Promise<void> {
  if (pending === null) return;
  const { client, scopes, claims, settle } = pending;
  sessionStore.send({ kind: 'renewalStarted' });
  const account = client.getActiveAccount();
  const request = {
    scopes,
    ...(account === null ? {} : { account }),
    ...(claims === null ? {} : { claims }),
  };
  try {
    // Nobody can tell whether the window was closed: asking again opens another in its place.
    settle(await client.acquireTokenPopup({ ...request, overrideInteractionInProgress: true }));
  } catch (error) {
    if (isInteractionInProgress(error)) return;
    if (isPopupBlocked(error)) return client.acquireTokenRedirect(request);
    sessionStore.send({ kind: 'renewalFailed', failure: describeSignInFailure(error) });
  }
}

/** "Not now": what waits fails with SessionEndedError and can be repeated. */
export function declineRenewal(): void {
  pending?.settle(null);
}
