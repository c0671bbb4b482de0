import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { SignJWT, type JWK } from 'jose';
import { afterAll, beforeEach } from 'vitest';
import { createWebClient, type WebClientLimits } from '../entra/create-web-client.ts';
import type { WebClient, WebClientOptions, WebTokens } from '../entra/web-client.ts';
import { webRedirectUri } from './entra-web-client.ts';
import { clientId, makePair, personClaims, tenantId } from './token-issuer.ts';

type Claims = Record<string, unknown>;

/** What a provider does otherwise than it should. Absent: as it should. */
export interface Misbehaviour {
  /** Changed claims of the id token; undefined takes one out. */
  readonly claims?: Claims;
  /** Changed parameters of its header. */
  readonly header?: Claims;
  /** Signs in its own way. */
  readonly sign?: (claims: Claims) => Promise<string> | string;
  /** What the keys are answered with; null: status 500; `never`: nothing comes. */
  readonly keys?: readonly JWK[] | null | 'never';
  /** Changes what comes back at the redirect URI. */
  readonly callback?: (parameters: URLSearchParams) => void;
  /** Changes the answer of the token endpoint. */
  readonly tokens?: Claims;
  /** Answers in the token endpoint's place. */
  readonly answer?: (response: ServerResponse) => void;
}

export interface MisbehavingProvider {
  readonly loginUrl: string;
  readonly pair: Awaited<ReturnType<typeof makePair>>;
  /** From now on, in this way only. */
  readonly misbehave: (how: Misbehaviour) => void;
  readonly clientOf: (options?: Partial<WebClientOptions>, limits?: WebClientLimits) => WebClient;
  /** From the authorization request to what comes back at the redirect URI. */
  readonly callbackOf: (client: WebClient) => Promise<URL>;
  /** The whole sign-in; by a new client unless one is given. */
  readonly signIn: (client?: WebClient) => Promise<WebTokens>;
  /** Who is signed in while the provider misbehaves so. */
  readonly admission: (how: Misbehaviour, client?: WebClient) => Promise<WebTokens['person']>;
  /** What a sign-in fails with while the provider misbehaves so. It holds nothing secret: that is checked. */
  readonly refusal: (how: Misbehaviour, client?: WebClient) => Promise<unknown>;
  /** Paths below the tenant that were asked for, oldest first. */
  readonly requested: string[];
  /** What the token endpoint was sent, oldest first. */
  readonly forms: URLSearchParams[];
  readonly close: () => Promise<void>;
}

export const clientSecret = 'the-secret-of-the-client-with-many-characters';

/** What the browser remembers of its attempt. */
export const attempt = {
  state: 'state-of-the-attempt',
  nonce: 'nonce-of-the-attempt',
  codeVerifier: 'verifier-of-the-attempt-with-enough-characters',
};

interface Asked {
  readonly nonce: string;
  readonly challenge: string;
}

/**
 * A provider like Entra (authorization answers, token endpoint, keys) that does one thing wrong, as
 * the relying-party tests of the OpenID Foundation's conformance suite do.
 */
export async function startMisbehavingProvider(): Promise<MisbehavingProvider> {
  const pair = await makePair('key-1');
  const codes = new Map<string, Asked>();
  const requested: string[] = [];
  const forms: URLSearchParams[] = [];
  let how: Misbehaviour = {};

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const loginUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', loginUrl);
    const path = url.pathname.split('/').slice(2).join('/');
    requested.push(path);
    if (path === 'oauth2/v2.0/authorize') return authorize(url.searchParams, response);
    if (path === 'discovery/v2.0/keys') {
      const { keys = [pair.jwk] } = how;
      if (keys === 'never') return;
      return keys === null ? void response.writeHead(500).end() : sendJson(response, 200, { keys });
    }
    if (path !== 'oauth2/v2.0/token') return void response.writeHead(404).end();
    const form = new URLSearchParams(await text(request));
    forms.push(form);
    if (how.answer !== undefined) return how.answer(response);
    const refresh = form.get('grant_type') === 'refresh_token';
    const asked = refresh ? undefined : take(codes, form.get('code') ?? '');
    if (!refresh && asked?.challenge !== hashOf(form.get('code_verifier') ?? '')) {
      const description = 'AADSTS54005: OAuth2 Authorization code was already redeemed.';
      const error = { error: 'invalid_grant', error_description: description };
      return sendJson(response, 400, { ...error, error_codes: [54005] });
    }
    sendJson(response, 200, await tokensFor(asked));
  }

  function authorize(sent: URLSearchParams, response: ServerResponse): void {
    const code = randomUUID();
    const [nonce, challenge] = [sent.get('nonce') ?? '', sent.get('code_challenge') ?? ''];
    codes.set(code, { nonce, challenge });
    const back = new URLSearchParams({ code, state: sent.get('state') ?? '' });
    how.callback?.(back);
    const location = `${sent.get('redirect_uri')}?${back.toString()}`;
    response.writeHead(302, { location }).end();
  }

  async function tokensFor(asked: Asked | undefined): Promise<Claims> {
    const accessToken = `access-token-${randomUUID()}`;
    const claims = defined({
      ...personClaims(`${loginUrl}/${tenantId}/v2.0`),
      aud: clientId,
      azp: undefined,
      scp: undefined,
      sub: 'subject-1',
      nonce: asked?.nonce,
      ...how.claims,
    });
    const header = defined({ alg: 'RS256', typ: 'JWT', kid: pair.kid, ...how.header });
    const byKey = () =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', ...header }).sign(pair.privateKey);
    return defined({
      token_type: 'Bearer',
      scope: 'openid profile email User.Read',
      expires_in: 3600,
      access_token: accessToken,
      refresh_token: 'refresh-token',
      id_token: await (how.sign === undefined ? byKey() : how.sign(claims)),
      ...how.tokens,
    });
  }

  const clientOf: MisbehavingProvider['clientOf'] = (options = {}, limits) =>
    createWebClient(
      {
        loginUrl,
        tenantId,
        clientId,
        credential: { kind: 'secret', value: clientSecret },
        redirectUri: webRedirectUri,
        now: Date.now,
        ...options,
      },
      limits,
    );
  const callbackOf: MisbehavingProvider['callbackOf'] = async (client) => {
    const url = await client.authorizationUrl({ ...attempt, scopes: ['openid', 'User.Read'] });
    const response = await fetch(url, { redirect: 'manual' });
    return new URL(response.headers.get('location') ?? '');
  };

  const signIn: MisbehavingProvider['signIn'] = async (client = clientOf()) =>
    client.redeem(await callbackOf(client), attempt);

  return {
    loginUrl,
    pair,
    misbehave(next) {
      how = next;
    },
    clientOf,
    callbackOf,
    signIn,
    async admission(next, client) {
      how = next;
      return (await signIn(client)).person;
    },
    async refusal(next, client) {
      how = next;
      const error: unknown = await signIn(client).then(
        () => new Error('The sign-in succeeded.'),
        (error: unknown) => error,
      );
      const told = inspect(error, { depth: 10 });
      const { nonce, codeVerifier } = attempt;
      const secrets = [nonce, codeVerifier, clientSecret, 'access-token', 'refresh-token', 'eyJ'];
      const leaked = secrets.find((secret) => told.includes(secret));
      if (leaked !== undefined) throw new Error(`The error holds ${leaked}.`);
      return error;
    },
    requested,
    forms,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A provider for the tests of a file. Each of them finds it doing as it should. */
export async function useMisbehavingProvider(): Promise<MisbehavingProvider> {
  const provider = await startMisbehavingProvider();
  beforeEach(() => provider.misbehave({}));
  afterAll(() => provider.close());
  return provider;
}

function take(codes: Map<string, Asked>, code: string): Asked | undefined {
  const asked = codes.get(code);
  codes.delete(code);
  return asked;
}

function hashOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function defined(values: Claims): Claims {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
