import type { AccountInfo, AuthenticationResult } from '@azure/msal-browser';
import type { GateSessionAnswer } from '../../contract/gate-page.ts';
import { remember } from '../api/browser-memory.ts';
import { configuration } from '../api/configuration.ts';
import { openRecovery } from '../api/gate.ts';
import { msalClient } from '../api/msal-client.ts';
import {
  describeSignInFailure,
  isInteractionInProgress,
  needsInteraction,
} from '../api/sign-in-failure.ts';
import { problemOf } from '../outside/problem-of.ts';
import { sensorPaths } from '../paths.ts';
import { forgetTokens } from './forget-tokens.ts';
import { look, sensorStore } from './gate-session.ts';
import { tellOtherTabs } from './other-tabs.ts';
import { keep } from './tab-memory.ts';
import { sessionBy, sessionWithGraph } from './session-by-token.ts';

/** Leads to the provider. A second click while the first is under way does nothing. */
export async function signIn(options: { otherAccount?: boolean } = {}): Promise<void> {
  const { provider } = configuration;
  if (msalClient === null || provider === null || sensorStore.get().kind === 'working') return;
  sensorStore.send({ kind: 'work', work: 'redirecting' });
  keep('signingIn', provider.clientId);
  try {
    await msalClient.loginRedirect({
      scopes: [provider.apiScope],
      ...(options.otherAccount === true ? { prompt: 'select_account' } : {}),
    });
  } catch (error) {
    if (isInteractionInProgress(error)) return;
    const failure = describeSignInFailure(error);
    sensorStore.send({ kind: 'signedOut', reason: { kind: 'failed', failure } });
  }
}

/** Opens a session by what the provider gave. Doesn't throw: the page shows a refusal. */
export async function enterBy({ account, accessToken }: AuthenticationResult): Promise<void> {
  sensorStore.send({ kind: 'work', work: 'opening' });
  msalClient?.setActiveAccount(account);
  await enter(account, () => sessionBy(accessToken));
}

async function enter(
  account: AccountInfo | null,
  open: () => Promise<GateSessionAnswer>,
): Promise<void> {
  try {
    const session = await open();
    remember('signInHint', account?.loginHint ?? null);
    await forgetTokens();
    tellOtherTabs();
    sensorStore.send({ kind: 'signedIn', session });
  } catch (error) {
    const asker =
      account === null
        ? null
        : { name: account.name ?? account.username, userPrincipalName: account.username };
    sensorStore.send({ kind: 'refused', problem: problemOf(error), asker });
  }
  void look('page');
}

/** With the person's help, in a window; false where Graph gave nothing. Other failures are thrown. */
export async function completeGroups(): Promise<boolean> {
  const result = await freshToken({ forceRefresh: false });
  if (result === null) return false;
  const session = await sessionWithGraph(result.accessToken, { interactive: true });
  if (session === null) return false;
  await enter(result.account, async () => session);
  return true;
}

/** Asks the gate again, with a new token: the old one has the groups of its time. */
export async function tryAgain(): Promise<void> {
  if ((msalClient?.getActiveAccount() ?? null) === null)
    return location.assign(sensorPaths.overview());
  sensorStore.send({ kind: 'work', work: 'opening' });
  try {
    const result = await freshToken({ forceRefresh: true });
    if (result !== null) return await enterBy(result);
  } catch (error) {
    if (!needsInteraction(error)) {
      const failure = describeSignInFailure(error);
      return sensorStore.send({ kind: 'signedOut', reason: { kind: 'failed', failure } });
    }
  }
  sensorStore.send({ kind: 'signedOut', reason: { kind: 'none' } });
  await signIn();
}

async function freshToken(options: {
  forceRefresh: boolean;
}): Promise<AuthenticationResult | null> {
  const account = msalClient?.getActiveAccount() ?? null;
  const { provider } = configuration;
  if (msalClient === null || provider === null || account === null) return null;
  return msalClient.acquireTokenSilent({ scopes: [provider.apiScope], account, ...options });
}

/** R17: opens a recovery session by the token of a link. ApiError where it isn't good. */
export async function recover(token: string): Promise<void> {
  const session = await openRecovery(token);
  tellOtherTabs();
  history.replaceState(null, '', sensorPaths.overview());
  sensorStore.send({ kind: 'signedIn', session });
}
