import type { PublicClientApplication } from '@azure/msal-browser';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { SpaProvider } from '../../contract/configuration.ts';
import { trySpaProvider, type Verification } from '../../contract/provider-verification.ts';
import type { Provider } from '../../contract/sign-in-providers.ts';
import { groupReadScope } from '../../domain/web-sign-in.ts';
import { call } from '../api/call.ts';
import { createMsalClient } from '../api/msal-client.ts';
import {
  describeSignInFailure,
  isInteractionInProgress,
  isPopupBlocked,
  type SignInFailure,
} from '../api/sign-in-failure.ts';

export type TrialState =
  | { readonly kind: 'idle' }
  /** `blocked`: the browser didn't let the window open. */
  | { readonly kind: 'signingIn' | 'checking' | 'blocked' }
  | { readonly kind: 'signInFailed'; readonly failure: SignInFailure }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'checked'; readonly verification: Verification };

interface ProviderTrial {
  readonly state: TrialState;
  readonly start: () => void;
  readonly startHere: () => void;
}

/**
 * Tries a single-page application with a real sign-in: its own MSAL client, in a window of its own,
 * or in this tab where windows are blocked. The server judges the token that comes out of it.
 */
export function useProviderTrial({ id, revision, draftSignIn: signIn }: Provider): ProviderTrial {
  const queries = useQueryClient();
  const [state, setState] = useState<TrialState>({ kind: 'idle' });
  const client = useRef<Promise<PublicClientApplication> | null>(null);

  const judge = useCallback(
    async (msal: PublicClientApplication, accessToken: string) => {
      setState({ kind: 'checking' });
      const graphAccessToken = await graphToken(msal);
      const { value } = await call(trySpaProvider, {
        params: { providerId: id },
        body: { revision, accessToken, ...(graphAccessToken === null ? {} : { graphAccessToken }) },
      });
      await msal.clearCache();
      setState({ kind: 'checked', verification: value.verification });
      await queries.invalidateQueries();
    },
    [id, revision, queries],
  );

  useEffect(() => {
    if (signIn === null) return;
    // Made ready beforehand, so that the window opens within the click; and back from a redirect.
    const ready = readyClient(signIn);
    client.current = ready;
    ready
      .then(async (msal) => {
        const result = await msal.handleRedirectPromise();
        if (result !== null) await judge(msal, result.accessToken);
      })
      .catch((error: unknown) => setState(failed(error)));
  }, [signIn, judge]);

  async function run(spa: SpaProvider) {
    const msal = await (client.current ?? readyClient(spa));
    setState({ kind: 'signingIn' });
    try {
      const popup = { ...requestOf(spa), overrideInteractionInProgress: true };
      const result = await msal.loginPopup(popup);
      await judge(msal, result.accessToken);
    } catch (error) {
      if (isPopupBlocked(error)) setState({ kind: 'blocked' });
      else if (!isInteractionInProgress(error)) throw error;
    }
  }

  /** Loads the page anew: only for who knows that. */
  async function runHere(spa: SpaProvider) {
    const msal = await (client.current ?? readyClient(spa));
    await msal.loginRedirect(requestOf(spa));
  }

  const attempt = (work: (spa: SpaProvider) => Promise<void>) => {
    if (signIn !== null) void work(signIn).catch((error: unknown) => setState(failed(error)));
  };
  return { state, start: () => attempt(run), startHere: () => attempt(runHere) };
}

function requestOf({ apiScope }: SpaProvider) {
  return { scopes: [apiScope], prompt: 'select_account' };
}

async function readyClient(signIn: SpaProvider): Promise<PublicClientApplication> {
  const client = createMsalClient(signIn);
  await client.initialize();
  return client;
}

/** For people in more than 200 groups. Without it the server says so, where it is needed. */
async function graphToken(client: PublicClientApplication): Promise<string | null> {
  const [account] = client.getAllAccounts();
  if (account === undefined) return null;
  try {
    const scopes = ['User.Read', groupReadScope];
    return (await client.acquireTokenSilent({ scopes, account })).accessToken;
  } catch {
    return null;
  }
}

function failed(error: unknown): TrialState {
  return error instanceof Error && 'errorCode' in error
    ? { kind: 'signInFailed', failure: describeSignInFailure(error) }
    : { kind: 'failed', error };
}
