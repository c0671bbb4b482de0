import * as oidc from 'openid-client';
import { authorityOf, type Authority } from './authority.ts';
import { CertificateError } from './certificate.ts';
import { fetchKeySet } from './key-set.ts';
import { createSigningKeys } from './signing-keys.ts';
import { askForTokens, type TokenAnswer } from './web-answer.ts';
import { codeOf } from './web-callback.ts';
import {
  signedOutState,
  type WebClient,
  type WebClientOptions,
  type WebPerson,
  type WebTokens,
} from './web-client.ts';
import { clientAuthOf } from './web-credential.ts';
import { validateIdToken, type IdTokenExpectations } from './web-id-token.ts';
import { WebSignInError } from './web-sign-in-error.ts';

/** Milliseconds. */
export interface WebClientLimits {
  /** For one request to the token endpoint. */
  readonly request: number;
  /** For all that a callback or a renewal asks for. */
  readonly whole: number;
}

const usualLimits: WebClientLimits = { request: 10_000, whole: 15_000 };

interface Grant {
  /** Sends the request. */
  readonly run: (configuration: oidc.Configuration) => Promise<unknown>;
  readonly nonce: string | null;
}

/**
 * A web application at Entra, by openid-client. It remembers the tenant's signing keys: make one for
 * each version of a provider, and keep it.
 */
export function createWebClient(
  options: WebClientOptions,
  limits: WebClientLimits = usualLimits,
): WebClient {
  const { loginUrl, credential, redirectUri, now } = options;
  const tenantId = options.tenantId?.toLowerCase() ?? null;
  const clientId = options.clientId.toLowerCase();
  const authority = authorityOf(loginUrl, tenantId ?? 'organizations');
  const fetchKeys = () => fetchKeySet(authority.jwksUrl, authority.issuer);
  const keys = createSigningKeys({ fetchKeys, now });
  const expected: IdTokenExpectations = { loginUrl, tenantId, clientId, keys, now };
  const configure = (authentication: oidc.ClientAuth) =>
    configurationOf(authority, clientId, authentication);
  const publicly = configure(oidc.None());
  let authentication: Promise<oidc.ClientAuth> | undefined;

  /** openid-client asks, and judges once more what was found right before it saw it. */
  async function tokensBy({ run, nonce }: Grant): Promise<WebTokens> {
    authentication ??= clientAuthOf(credential, authority.tokenEndpoint, now);
    const configuration = configure(await authentication.catch(unusable));
    const got: { answer?: TokenAnswer; person?: WebPerson } = {};
    configuration[oidc.customFetch] = async (url, request) => {
      const signal = AbortSignal.timeout(Math.min(limits.request, limits.whole));
      const { method, headers, body } = request;
      const answer = await askForTokens(url, { method, headers, body: body ?? null, signal });
      const context = { accessToken: answer.access_token, nonce };
      got.person = await validateIdToken(answer.id_token, expected, context);
      got.answer = answer;
      // Its issuer is known to openid-client only where a tenant is pinned.
      const { id_token, ...others } = answer;
      return Response.json(tenantId === null ? others : { ...others, id_token });
    };
    await within(limits.whole, run(configuration).catch(rethrow));
    const { answer, person } = got;
    if (answer === undefined || person === undefined) throw new Error('Nothing was asked.');
    return {
      person,
      accessToken: answer.access_token,
      refreshToken: answer.refresh_token ?? null,
      scopes: scopesOf(answer),
    };
  }

  return {
    async authorizationUrl(request) {
      const { prompt, loginHint, claims } = request;
      return oidc.buildAuthorizationUrl(publicly, {
        redirect_uri: redirectUri,
        response_type: 'code',
        response_mode: 'query',
        scope: request.scopes.join(' '),
        state: request.state,
        nonce: request.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(request.codeVerifier),
        code_challenge_method: 'S256',
        ...(prompt === undefined ? {} : { prompt }),
        ...(loginHint === undefined ? {} : { login_hint: loginHint }),
        ...(claims === undefined ? {} : { claims }),
      });
    },
    async redeem(callback, { state, nonce, codeVerifier }) {
      const code = codeOf(callback, state, (issuer) => isIssuer(issuer, loginUrl, tenantId));
      // The address that came in may be another behind a reverse proxy: what was sent counts.
      const current = new URL(redirectUri);
      current.search = new URLSearchParams({ code, state }).toString();
      const checks = {
        expectedState: state,
        pkceCodeVerifier: codeVerifier,
        ...(tenantId === null ? {} : { expectedNonce: nonce }),
      };
      const run = (configuration: oidc.Configuration) =>
        oidc.authorizationCodeGrant(configuration, current, checks);
      return tokensBy({ run, nonce });
    },
    async refresh(refreshToken, person) {
      const run = (configuration: oidc.Configuration) =>
        oidc.refreshTokenGrant(configuration, refreshToken);
      const tokens = await tokensBy({ run, nonce: null });
      const { tenantId, objectId } = tokens.person;
      if (tenantId !== person.tenantId || objectId !== person.objectId) {
        throw new WebSignInError('id_token_invalid', 'The renewed id token is somebody else’s.', {
          ended: true,
        });
      }
      return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
    },
    endSessionUrl: ({ loginHint }) =>
      oidc.buildEndSessionUrl(publicly, {
        post_logout_redirect_uri: redirectUri,
        state: signedOutState,
        ...(loginHint === null ? {} : { logout_hint: loginHint }),
      }),
  };
}

function configurationOf(
  authority: Authority,
  clientId: string,
  authentication: oidc.ClientAuth,
): oidc.Configuration {
  const server = {
    issuer: authority.issuer,
    authorization_endpoint: authority.authorizationEndpoint,
    token_endpoint: authority.tokenEndpoint,
    jwks_uri: authority.jwksUrl,
    end_session_endpoint: authority.endSessionEndpoint,
  };
  const client = {
    id_token_signed_response_alg: 'RS256',
    // Times are judged before, by our own clock and after the signature: see validateIdToken.
    [oidc.clockTolerance]: Number.MAX_SAFE_INTEGER,
  };
  const configuration = new oidc.Configuration(server, clientId, client, authentication);
  // Requests end by the limits.
  configuration.timeout = 0;
  if (new URL(authority.issuer).protocol === 'http:') oidc.allowInsecureRequests(configuration);
  return configuration;
}

function isIssuer(issuer: string, loginUrl: string, tenantId: string | null): boolean {
  const tenant = tenantId ?? /[0-9a-f-]{36}(?=\/v2\.0$)/u.exec(issuer)?.[0] ?? '';
  return issuer === authorityOf(loginUrl, tenant).issuer;
}

/** Entra may write Graph's scopes as addresses: `https://graph.microsoft.com/User.Read`. */
function scopesOf({ scope = '' }: TokenAnswer): readonly string[] {
  const names = scope.split(' ').filter((each) => each !== '');
  return names.map((each) => each.replace(/^https:\/\/graph\.[^/]+\//u, ''));
}

function unusable(cause: unknown): never {
  if (!(cause instanceof CertificateError)) throw cause;
  const message = `The ${cause.field} that is stored ${cause.message}.`;
  throw new WebSignInError('credential_refused', message, { cause });
}

/** openid-client wraps what its fetch threw. Of its own errors nothing is kept: they hold the tokens. */
function rethrow(error: unknown): never {
  const { cause } = error as Error;
  if (cause instanceof WebSignInError) throw cause;
  const name = (error as { code?: unknown }).code;
  throw new WebSignInError(
    'id_token_invalid',
    `openid-client refuses the answer: ${String(name)}.`,
  );
}

async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_, reject) => {
    const slow = () =>
      reject(new WebSignInError('provider_unreachable', 'The provider answers too slowly.'));
    timer = setTimeout(slow, milliseconds);
  });
  try {
    await Promise.race([work, end]);
  } finally {
    clearTimeout(timer);
  }
}
