import type { AccessToken } from './access-token.ts';

/** How a web application proves to be itself at the token endpoint. */
export type WebCredential =
  | { readonly kind: 'secret'; readonly value: string }
  /** private_key_jwt (RFC 7523); both in PEM. */
  | { readonly kind: 'certificate'; readonly certificate: string; readonly privateKey: string };

export interface WebClientOptions {
  /** Origin of the login address, such as `https://login.microsoftonline.com`. */
  readonly loginUrl: string;
  /** Null: any organization's accounts, before a tenant has been pinned. */
  readonly tenantId: string | null;
  readonly clientId: string;
  readonly credential: WebCredential;
  readonly redirectUri: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface AuthorizationRequest {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly scopes: readonly string[];
  readonly prompt?: 'select_account' | 'login' | 'consent';
  readonly loginHint?: string;
  /** JSON of the `claims` parameter (OpenID Connect Core, section 5.5). */
  readonly claims?: string;
}

/** The person of a validated id token. */
export interface WebPerson extends AccessToken {
  /** Entra's session (`sid`), which front-channel logout names. */
  readonly sessionId: string | null;
  /** For `logout_hint` and the next sign-in. */
  readonly loginHint: string | null;
}

export interface WebTokens {
  readonly person: WebPerson;
  /** For Microsoft Graph. */
  readonly accessToken: string;
  readonly refreshToken: string | null;
  /** What was granted: consent may be for less than was asked. */
  readonly scopes: readonly string[];
}

/** The `state` by which the redirect URI tells who comes back from signing out. */
export const signedOutState = 'signedOut';

/** A web application at Entra: authorization code with PKCE, state and nonce, secret on the server only. */
export interface WebClient {
  readonly authorizationUrl: (request: AuthorizationRequest) => Promise<URL>;
  /** Exchanges the code of a callback. Throws WebSignInError. */
  readonly redeem: (
    callback: URL,
    expected: Pick<AuthorizationRequest, 'state' | 'nonce' | 'codeVerifier'>,
  ) => Promise<WebTokens>;
  /**
   * Asks anew for somebody who is signed in: tokens of another person aren't taken (OpenID Connect
   * Core, section 12.2). Throws WebSignInError; `ended` is true where Entra says no. The refresh token
   * it answers is the one to use next.
   */
  readonly refresh: (
    refreshToken: string,
    person: Pick<WebPerson, 'tenantId' | 'objectId'>,
  ) => Promise<WebTokens>;
  /** Leads back to the redirect URI, as Entra takes registered ones only, with `signedOutState`. */
  readonly endSessionUrl: (request: { readonly loginHint: string | null }) => URL;
}
