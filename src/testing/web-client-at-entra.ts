import { afterAll } from 'vitest';
import { clientIds, demoDirectory, personIds } from '../demo/directory.ts';
import { createWebClient } from '../entra/create-web-client.ts';
import type {
  AuthorizationRequest,
  WebClient,
  WebClientOptions,
  WebTokens,
} from '../entra/web-client.ts';
import { startLocalEntra, type LocalEntra } from '../local-entra/app.ts';
import { visit } from './entra-sign-in.ts';
import { webRedirectUri } from './entra-web-client.ts';

const clientId = clientIds.organizationSignIn;

export const webScopes = 'openid profile email offline_access User.Read GroupMember.Read.All'.split(
  ' ',
);

/** What the browser remembers of its attempt. */
export const webAttempt: AuthorizationRequest = {
  state: 'the-state',
  nonce: 'the-nonce',
  codeVerifier: 'the-verifier-of-forty-three-characters-or-more',
  scopes: webScopes,
};

/** Our web application as the demo's directory has it registered, at local Entra. */
export interface WebClientAtEntra {
  readonly entra: LocalEntra;
  readonly clientBy: (changes?: Partial<WebClientOptions>) => WebClient;
  /** Through the sign-in pages to the address that the browser is sent back to. Throws the page it ends on. */
  readonly callbackOf: (
    client: WebClient,
    oid?: string,
    scopes?: readonly string[],
  ) => Promise<URL>;
  /** The whole sign-in; Bram's unless somebody else is named. */
  readonly signIn: (
    client: WebClient,
    oid?: string,
    scopes?: readonly string[],
  ) => Promise<WebTokens>;
}

/** For the tests of a file. */
export async function useWebClientAtEntra(): Promise<WebClientAtEntra> {
  const entra = await startLocalEntra({ port: 0, directory: demoDirectory() });
  afterAll(() => entra.close());
  const clientBy: WebClientAtEntra['clientBy'] = (changes = {}) =>
    createWebClient({
      loginUrl: entra.origin,
      tenantId: entra.tenantId,
      clientId,
      credential: { kind: 'secret', value: 'local-entra-secret-that-is-valid' },
      redirectUri: webRedirectUri,
      now: Date.now,
      ...changes,
    });
  const callbackOf: WebClientAtEntra['callbackOf'] = async (
    client,
    oid = personIds.bram,
    scopes = webScopes,
  ) => {
    const url = await client.authorizationUrl({ ...webAttempt, scopes });
    const [, addressed = ''] = url.pathname.split('/');
    const browser = visit({ origin: entra.origin, tenantId: addressed });
    const parameters = Object.fromEntries(url.searchParams);
    const wish = { oid, clientId, redirectUri: webRedirectUri, parameters };
    const { answer, page } = await browser.authorize(wish);
    if (answer === undefined) throw new Error(page);
    return new URL(`${webRedirectUri}?${answer.toString()}`);
  };
  return {
    entra,
    clientBy,
    callbackOf,
    signIn: async (client, oid, scopes) =>
      client.redeem(await callbackOf(client, oid, scopes), webAttempt),
  };
}
