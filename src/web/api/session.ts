import type {
  AccountInfo,
  AuthenticationResult,
  PublicClientApplication,
} from '@azure/msal-browser';
import { SessionEndedError } from '../failures.ts';
import { remember, remembered } from './browser-memory.ts';
import { configuration } from './configuration.ts';
import { msalClient } from './msal-client.ts';
import { recoveryEndsAt, rememberRecovery } from './recovery-session.ts';
import { requestRenewal } from './renewal.ts';
import { sessionStore } from './session-store.ts';
import {
  describeSignInFailure,
  isInteractionInProgress,
  needsInteraction,
} from './sign-in-failure.ts';

const { provider } = configuration;

const signOuts = new BroadcastChannel('gatehouse.signOut');

function tellOtherTabs(): void {
  // A BroadcastChannel reaches our own origin only; it takes no target.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  signOuts.postMessage('signedOut');
}

/** initialize → handleRedirectPromise → active account; then the page may render what it protects. */
export async function startSession(): Promise<void> {
  listenToOtherTabs();
  if (msalClient === null) return startWithoutProvider();
  try {
    await msalClient.initialize();
    const result = await msalClient.handleRedirectPromise();
    if (result !== null) return enter(result.account);
    // Somebody who opened a recovery link acts under it, also where they are signed in besides.
    if (recoveryEndsAt() !== null) return sessionStore.send({ kind: 'signedIn', via: 'recovery' });
    const [account] = msalClient.getAllAccounts();
    if (account !== undefined) return enter(account);
  } catch (error) {
    return sessionStore.send({
      kind: 'signedOut',
      reason: { kind: 'failed', failure: describeSignInFailure(error) },
    });
  }
  await continueSession(msalClient);
}

function startWithoutProvider(): void {
  sessionStore.send(
    recoveryEndsAt() === null
      ? { kind: 'signedOut', reason: { kind: 'notSetUp' } }
      : { kind: 'signedIn', via: 'recovery' },
  );
}

/** A new tab of somebody who is signed in: a hidden frame asks the provider, nobody types anything. */
async function continueSession(client: PublicClientApplication): Promise<void> {
  const loginHint = remembered('signInHint');
  if (loginHint === null) {
    return sessionStore.send({ kind: 'signedOut', reason: { kind: 'none' } });
  }
  sessionStore.send({ kind: 'work', work: 'continuing' });
  try {
    const result = await client.ssoSilent({ scopes: apiScopes(), loginHint });
    enter(result.account);
  } catch (error) {
    remember('signInHint', null);
    const failure = describeSignInFailure(error);
    const kind = needsInteraction(error) ? 'notContinued' : 'failed';
    sessionStore.send({ kind: 'signedOut', reason: { kind, failure } });
  }
}

function enter(account: AccountInfo): void {
  msalClient?.setActiveAccount(account);
  remember('signInHint', account.loginHint ?? account.username);
  sessionStore.send({ kind: 'signedIn', via: 'entra' });
}

/** Who is signed in at Entra ID, by what the browser was told: to be shown, never to decide by. */
export function activeAccount(): AccountInfo | null {
  return msalClient?.getActiveAccount() ?? null;
}

function apiScopes(): string[] {
  return provider === null ? [] : [provider.apiScope];
}

/** Leads to the provider. A second click while the first is under way does nothing. */
export async function signIn(options: { otherAccount?: boolean } = {}): Promise<void> {
  if (msalClient === null || isLeaving()) return;
  sessionStore.send({ kind: 'work', work: 'redirecting' });
  try {
    await msalClient.loginRedirect({
      scopes: apiScopes(),
      ...(options.otherAccount === true ? { prompt: 'select_account' } : {}),
    });
  } catch (error) {
    if (isInteractionInProgress(error)) return;
    const failure = describeSignInFailure(error);
    sessionStore.send({ kind: 'signedOut', reason: { kind: 'failed', failure } });
  }
}

function isLeaving(): boolean {
  const state = sessionStore.get();
  return state.kind === 'working' && (state.work === 'redirecting' || state.work === 'signingOut');
}

/** Signs out here, in every other tab, and at the provider. */
export async function signOut(): Promise<void> {
  if (isLeaving()) return;
  sessionStore.send({ kind: 'work', work: 'signingOut' });
  remember('signInHint', null);
  tellOtherTabs();
  await msalClient?.logoutRedirect({ account: msalClient.getActiveAccount() });
}

function listenToOtherTabs(): void {
  signOuts.addEventListener('message', () => void forgetSession());
  // Back from the provider's page: a page restored from memory would still say that it is leaving.
  addEventListener('pageshow', (event) => {
    if (event.persisted && isLeaving()) location.reload();
  });
}

async function forgetSession(): Promise<void> {
  if (sessionStore.get().kind !== 'signedIn') return;
  sessionStore.send({ kind: 'signedOut', reason: { kind: 'signedOutElsewhere' } });
  await msalClient?.clearCache({ account: msalClient.getActiveAccount() });
}

/** A recovery session counts from now on: its cookie travels by itself. */
export function enterRecovery(endsAt: string): void {
  rememberRecovery(endsAt);
  sessionStore.send({ kind: 'signedIn', via: 'recovery' });
}

/** The recovery session is over, by choice or by time. */
export function leaveRecovery(): void {
  rememberRecovery(null);
  tellOtherTabs();
  sessionStore.send({ kind: 'signedOut', reason: { kind: 'recoveryEnded' } });
}

/**
 * A token for our API, or null in a recovery session. Where MSAL needs the person, the page asks
 * them to sign in again and this waits; SessionEndedError when they'd rather not.
 */
export async function acquireApiToken(
  options: { forceRefresh?: boolean; claims?: string } = {},
): Promise<string | null> {
  const state = sessionStore.get();
  if (state.kind === 'signedIn' && state.via === 'recovery') return null;
  const account = msalClient?.getActiveAccount() ?? null;
  if (msalClient === null || account === null) throw new SessionEndedError();
  if (options.claims !== undefined) return (await renew(options.claims)).accessToken;
  try {
    const result = await msalClient.acquireTokenSilent({
      scopes: apiScopes(),
      account,
      forceRefresh: options.forceRefresh ?? false,
    });
    return result.accessToken;
  } catch (error) {
    if (!needsInteraction(error)) throw error;
    return (await renew(null)).accessToken;
  }
}

async function renew(claims: string | null): Promise<AuthenticationResult> {
  if (msalClient === null) throw new SessionEndedError();
  const result = await requestRenewal(msalClient, apiScopes(), claims);
  msalClient.setActiveAccount(result.account);
  return result;
}

/**
 * A token for Microsoft Graph. Null where consent or the person is needed and `interactive` is
 * false; other failures are thrown. `claims`: what Graph has asked for; such a token is never taken
 * from memory.
 */
export async function acquireGraphToken(
  scopes: string[],
  { interactive, claims = null }: { interactive: boolean; claims?: string | null },
): Promise<string | null> {
  const account = msalClient?.getActiveAccount() ?? null;
  if (msalClient === null || account === null) return null;
  // Scopes without a resource are Microsoft Graph's, in whichever cloud.
  const request = { scopes, account, ...(claims === null ? {} : { claims }) };
  try {
    return (await msalClient.acquireTokenSilent(request)).accessToken;
  } catch (error) {
    if (!needsInteraction(error)) throw error;
    if (!interactive) return null;
    const popup = { ...request, overrideInteractionInProgress: true };
    return (await msalClient.acquireTokenPopup(popup)).accessToken;
  }
}
