import { SessionEndedError } from '../failures.ts';
import { msalClient, spaProvider } from './msal-client.ts';
import { requestRenewal, type RenewalWay } from './renewal.ts';
import { sessionStore } from './session-store.ts';
import { needsInteraction } from './sign-in-failure.ts';

function apiScopes(): string[] {
  return spaProvider === null ? [] : [spaProvider.apiScope];
}

/**
 * A token for our API, or null where a cookie takes its place. Where MSAL needs the person, the page asks
 * them to sign in again and this waits; SessionEndedError when they'd rather not.
 */
export async function acquireApiToken(
  options: { forceRefresh?: boolean; claims?: string } = {},
): Promise<string | null> {
  if (byCookie()) return null;
  const account = msalClient?.getActiveAccount() ?? null;
  if (msalClient === null || account === null) throw new SessionEndedError();
  if (options.claims !== undefined) return requestRenewal(msalRenewal, options.claims, null);
  try {
    const result = await msalClient.acquireTokenSilent({
      scopes: apiScopes(),
      account,
      forceRefresh: options.forceRefresh ?? false,
    });
    return result.accessToken;
  } catch (error) {
    if (!needsInteraction(error)) throw error;
    return requestRenewal(msalRenewal, null, null);
  }
}

const msalRenewal: RenewalWay = {
  async inWindow(claims) {
    if (msalClient === null) throw new SessionEndedError();
    // Nobody can tell whether the window was closed: asking again opens another in its place.
    const request = { ...renewalRequest(claims), overrideInteractionInProgress: true };
    const result = await msalClient.acquireTokenPopup(request);
    msalClient.setActiveAccount(result.account);
    return result.accessToken;
  },
  async here(claims) {
    await msalClient?.acquireTokenRedirect(renewalRequest(claims));
  },
};

function renewalRequest(claims: string | null) {
  const account = msalClient?.getActiveAccount() ?? null;
  return {
    scopes: apiScopes(),
    ...(account === null ? {} : { account }),
    ...(claims === null ? {} : { claims }),
  };
}

function byCookie(): boolean {
  const state = sessionStore.get();
  return state.kind === 'signedIn' && state.via !== 'entra';
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
  if (msalClient === null || account === null || byCookie()) return null;
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
