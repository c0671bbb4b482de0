import type { AccountInfo, PublicClientApplication } from '@azure/msal-browser';
import type { webSignInPaths } from '../../contract/web-sign-in.ts';
import { returnAddress } from '../../domain/return-address.ts';
import { isLeaving } from './begin-sign-in.ts';
import { remember, remembered, rememberedInTab, rememberInTab } from './browser-memory.ts';
import { configuration } from './configuration.ts';
import { msalClient, spaProvider } from './msal-client.ts';
import { recoveryEndsAt, rememberRecovery } from './recovery-session.ts';
import type { SignedOutReason } from './session-state.ts';
import { sessionStore } from './session-store.ts';
import { describeSignInFailure, needsInteraction } from './sign-in-failure.ts';
import { readFailedSignIn } from './sign-in-report.ts';
import { answerOpener, tellPages } from './sign-in-window.ts';
import {
  endWebSession,
  enterWebSession,
  forgetWebSession,
  listenToSignIns,
} from './web-session.ts';

const completePath: typeof webSignInPaths.complete = '/sign-in/complete';
const failedPath: typeof webSignInPaths.failed = '/sign-in/failed';

const signOuts = new BroadcastChannel('gatehouse.signOut');

function tellOtherTabs(): void {
  // A BroadcastChannel reaches our own origin only; it takes no target.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  signOuts.postMessage('signedOut');
}

/** initialize → handleRedirectPromise → active account; then the page may render what it protects. */
export async function startSession(): Promise<void> {
  listenToOtherTabs();
  listenToSignIns();
  if (location.pathname === completePath) return completeWebSignIn();
  if (location.pathname === failedPath) return failWebSignIn();
  if (msalClient === null) return startWithoutMsal();
  try {
    await msalClient.initialize();
    const result = await msalClient.handleRedirectPromise();
    if (result !== null) return enter(result.account);
    // Somebody who opened a recovery link acts under it, also where they are signed in besides.
    if (recoveryEndsAt() !== null) return sessionStore.send({ kind: 'signedIn', via: 'recovery' });
    if (remembered('webSession') !== null) return enterRemembered();
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

function startWithoutMsal(): void {
  if (recoveryEndsAt() !== null) return sessionStore.send({ kind: 'signedIn', via: 'recovery' });
  if (remembered('webSession') !== null) return enterRemembered();
  const notSetUp = configuration.providers.length === 0;
  sessionStore.send({ kind: 'signedOut', reason: notSetUp ? { kind: 'notSetUp' } : nobody() });
}

/** Nobody is signed in: here for the first time, or back from the provider's page. */
function nobody(): SignedOutReason {
  const wasLeaving = rememberedInTab('signingOut') !== null;
  rememberInTab('signingOut', null);
  return { kind: wasLeaving ? 'signedOut' : 'none' };
}

/** The server says whether the session that this browser had is still there. */
function enterRemembered(): void {
  sessionStore.send({ kind: 'signedIn', via: 'web' });
}

/** The server has opened a session, and sent the browser here. */
function completeWebSignIn(): void {
  const query = new URLSearchParams(location.search);
  const own = query.get('window');
  if (own !== null) {
    sessionStore.send({ kind: 'work', work: 'closing' });
    return answerOpener({ kind: own === 'verification' ? 'verified' : 'signedIn' });
  }
  rememberInTab('returnTo', null);
  history.replaceState(null, '', returnAddress(query.get('to'), '/'));
  // Also begun anew in a window that had failed: the page that waits for it goes on.
  tellPages({ kind: 'signedIn' });
  enterWebSession();
}

function failWebSignIn(): void {
  const { failure, window: own } = readFailedSignIn(location.hash);
  // Shown here too: only windows that a page has opened can be closed by it.
  sessionStore.send({ kind: 'signedOut', reason: { kind: 'failed', failure } });
  if (own !== null) answerOpener({ kind: 'failed', failure });
}

/** A new tab of somebody who is signed in: a hidden frame asks the provider, nobody types anything. */
async function continueSession(client: PublicClientApplication): Promise<void> {
  const loginHint = remembered('signInHint');
  if (loginHint === null) {
    return sessionStore.send({ kind: 'signedOut', reason: nobody() });
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
  rememberInTab('returnTo', null);
  rememberInTab('signingOut', null);
  // One sign-in at a time: a session that nobody sees would stay open.
  if (remembered('webSession') !== null) void endWebSession().catch(forgetWebSession);
  sessionStore.send({ kind: 'signedIn', via: 'entra' });
}

/** Who is signed in at Entra ID, by what the browser was told: to be shown, never to decide by. */
export function activeAccount(): AccountInfo | null {
  return msalClient?.getActiveAccount() ?? null;
}

function apiScopes(): string[] {
  return spaProvider === null ? [] : [spaProvider.apiScope];
}

/** Signs out here, in every other tab, and at the provider. */
export async function signOut(): Promise<void> {
  if (isLeaving()) return;
  const state = sessionStore.get();
  sessionStore.send({ kind: 'work', work: 'signingOut' });
  remember('signInHint', null);
  if (state.kind === 'signedIn' && state.via === 'web') return signOutOfWebSession();
  tellOtherTabs();
  rememberInTab('signingOut', 'yes');
  await msalClient?.logoutRedirect({ account: msalClient.getActiveAccount() });
}

async function signOutOfWebSession(): Promise<void> {
  try {
    const url = await endWebSession();
    tellOtherTabs();
    if (url !== null) {
      rememberInTab('signingOut', 'yes');
      return location.assign(url);
    }
    history.replaceState(null, '', '/');
    sessionStore.send({ kind: 'signedOut', reason: { kind: 'signedOutHere' } });
  } catch {
    sessionStore.send({ kind: 'signedOut', reason: { kind: 'notSignedOut' } });
  }
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
  forgetWebSession();
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
