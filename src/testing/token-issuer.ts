import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

export const tenantId = '0a1b2c3d-0000-4000-8000-00000000000a';
export const clientId = '0a1b2c3d-0000-4000-8000-00000000000b';
export const apiClientId = '0a1b2c3d-0000-4000-8000-00000000000c';
export const personId = '0a1b2c3d-0000-4000-8000-00000000000d';

interface SigningPair {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

/** Signs what it is asked to, right or wrong, and publishes its keys as Entra does. */
export interface TokenIssuer {
  readonly loginUrl: string;
  readonly issuer: string;
  readonly jwksUrl: string;
  readonly pair: SigningPair;
  /** How often the keys were fetched. */
  readonly fetched: () => number;
  /** What the keys are answered with from now on; null: status 500. */
  readonly publish: (keys: readonly JWK[] | null) => void;
  readonly token: (
    claims?: Record<string, unknown>,
    header?: Record<string, unknown>,
    pair?: SigningPair,
  ) => Promise<string>;
  readonly close: () => Promise<void>;
}

export async function makePair(kid: string): Promise<SigningPair> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, use: 'sig' };
  return { kid, privateKey, publicKey, jwk };
}

export async function startTokenIssuer(): Promise<TokenIssuer> {
  const pair = await makePair('key-1');
  let published: readonly JWK[] | null = [pair.jwk];
  let fetched = 0;
  const server = createServer((_request, response) => {
    fetched += 1;
    response.statusCode = published === null ? 500 : 200;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys: published ?? [] }));
  });
  const loginUrl = await listen(server);
  const issuer = `${loginUrl}/${tenantId}/v2.0`;
  return {
    loginUrl,
    issuer,
    jwksUrl: `${loginUrl}/${tenantId}/discovery/v2.0/keys`,
    pair,
    fetched: () => fetched,
    publish(keys) {
      published = keys;
    },
    token: (claims = {}, header = {}, by = pair) =>
      new SignJWT(withoutUndefined({ ...personClaims(issuer), ...claims }))
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: by.kid, ...header })
        .sign(by.privateKey),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The claims of somebody who has all that is asked for, valid for an hour from now. */
export function personClaims(issuer: string): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: issuer,
    aud: apiClientId,
    tid: tenantId,
    oid: personId,
    ver: '2.0',
    azp: clientId,
    scp: 'access_as_user',
    iat: now,
    nbf: now,
    exp: now + 3600,
    name: 'Ada Admin',
    given_name: 'Ada',
    family_name: 'Admin',
    upn: 'ada@example.com',
    sid: 'session-1',
    uti: 'token-1',
    groups: [],
  };
}

function withoutUndefined(claims: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
