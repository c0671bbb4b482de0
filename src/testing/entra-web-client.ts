import * as oidc from 'openid-client';
import { visit, type EntraAddress, type Visitor } from './entra-sign-in.ts';

/** A web application's sign-in by openid-client, at local Entra. */
export interface WebSignInWish {
  clientId: string;
  authentication: oidc.ClientAuth;
  /** Object id of the person. */
  oid: string;
  redirectUri?: string;
  scope?: string;
  /** Further parameters of the authorization request. */
  parameters?: Record<string, string>;
  /** Absent: a new browser. */
  visitor?: Visitor;
}

export interface WebSignIn {
  configuration: oidc.Configuration;
  tokens: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers;
  claims: oidc.IDToken;
}

export const webRedirectUri = 'http://localhost:8080/sign-in/callback';

/**
 * From discovery to validated tokens: code, PKCE, state and nonce. `entra.tenantId` is the tenant that
 * is addressed. Throws what the pages or the endpoints refuse with.
 */
export async function signInByWeb(entra: EntraAddress, wish: WebSignInWish): Promise<WebSignIn> {
  const { clientId, authentication, oid, redirectUri = webRedirectUri, visitor } = wish;
  const issuer = new URL(`${entra.origin}/${entra.tenantId}/v2.0`);
  const options = { execute: [oidc.allowInsecureRequests] };
  const configuration = await oidc.discovery(issuer, clientId, {}, authentication, options);
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [oidc.randomState(), oidc.randomNonce()];
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: wish.scope ?? 'openid profile email offline_access',
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    ...wish.parameters,
  });
  const parameters = { response_mode: 'query', ...Object.fromEntries(url.searchParams) };
  const browser = visitor ?? visit(entra);
  const { answer, page } = await browser.authorize({ oid, clientId, redirectUri, parameters });
  if (answer === undefined) throw new Error(/AADSTS[^<]*/u.exec(page)?.[0] ?? page);
  const current = new URL(`${redirectUri}?${answer.toString()}`);
  const checks = { pkceCodeVerifier, expectedState, expectedNonce };
  const tokens = await oidc.authorizationCodeGrant(configuration, current, checks);
  const claims = tokens.claims();
  if (claims === undefined) throw new Error('There is no id token.');
  return { configuration, tokens, claims };
}
