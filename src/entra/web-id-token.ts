import { createHash } from 'node:crypto';
import { compactVerify, decodeProtectedHeader } from 'jose';
import { z } from 'zod';
import { accessTokenOf } from './access-token.ts';
import { authorityOf } from './authority.ts';
import { onlyKeyId } from './key-set.ts';
import type { SigningKeys } from './signing-keys.ts';
import { tokenClaims } from './token-claims.ts';
import { KeysUnavailable, TokenError } from './token-error.ts';
import { maxTokenLength } from './validate-access-token.ts';
import type { WebPerson } from './web-client.ts';
import { WebSignInError } from './web-sign-in-error.ts';

export interface IdTokenExpectations {
  readonly loginUrl: string;
  /** Lower case; null: any organization's. */
  readonly tenantId: string | null;
  /** Lower case. */
  readonly clientId: string;
  readonly keys: SigningKeys;
  /** Milliseconds. */
  readonly now: () => number;
}

/** What came with the token, or went before it. */
export interface IdTokenContext {
  readonly accessToken: string;
  /** Null where none was sent: a renewal. */
  readonly nonce: string | null;
}

const skew = 5 * 60_000;

/** Where personal Microsoft accounts live: anybody's, so nobody's organization. */
const consumerTenant = '9188040d-6c67-4c5b-b112-36a304b66dad';

const idTokenClaims = tokenClaims.extend({
  aud: z.union([z.string(), z.array(z.string()).max(10)]),
  sub: z.string().min(1).max(255),
  oid: z.guid(),
  tid: z.guid(),
  iat: z.number(),
  nonce: z.string().optional(),
  at_hash: z.string().optional(),
});

type IdTokenClaims = z.output<typeof idTokenClaims>;

/**
 * Validates an id token of Entra ID (OpenID Connect Core, section 3.1.3.7), its signature too, and
 * says whose it is. Throws WebSignInError.
 */
export async function validateIdToken(
  token: string,
  expected: IdTokenExpectations,
  context: IdTokenContext,
): Promise<WebPerson> {
  const claims = readClaims(await verifiedPayload(token, expected.keys));
  requireIssuer(claims, expected);
  requireAudience(claims, expected.clientId);
  // A code of another sign-in: the browser brought it, or asked with a nonce of its own.
  if (context.nonce !== null && claims.nonce !== context.nonce) {
    throw invalid('has another nonce', true);
  }
  if (claims.at_hash !== undefined && claims.at_hash !== hashOf(context.accessToken)) {
    throw invalid('belongs to another access token');
  }
  requireTime(claims, expected.now());
  return {
    ...accessTokenOf({ ...claims, aud: expected.clientId }),
    sessionId: claims.sid,
    loginHint: claims.login_hint,
  };
}

async function verifiedPayload(token: string, keys: SigningKeys): Promise<Uint8Array> {
  if (token.length > maxTokenLength) throw invalid(`has more than ${maxTokenLength} characters`);
  const key = await keys.keyOf(keyIdOf(token)).catch((error: unknown) => {
    if (error instanceof TokenError) throw invalid(error.reason);
    if (!(error instanceof KeysUnavailable)) throw error;
    throw new WebSignInError('provider_unreachable', error.message, { cause: error });
  });
  try {
    return (await compactVerify(token, key, { algorithms: ['RS256'] })).payload;
  } catch {
    throw invalid('isn’t signed by its tenant');
  }
}

function keyIdOf(token: string): string {
  let header;
  try {
    header = decodeProtectedHeader(token);
  } catch {
    throw invalid('isn’t a signed token');
  }
  if (header.alg !== 'RS256') throw invalid('isn’t signed with RS256');
  return header.kid ?? onlyKeyId;
}

function readClaims(payload: Uint8Array): IdTokenClaims {
  try {
    return idTokenClaims.parse(JSON.parse(Buffer.from(payload).toString('utf8')));
  } catch (error) {
    const paths = error instanceof z.ZodError ? error.issues.map(({ path }) => path[0]) : [];
    throw invalid(`lacks claims, or has them in a wrong form: ${paths.join(', ')}`);
  }
}

function requireIssuer(claims: IdTokenClaims, { loginUrl, tenantId }: IdTokenExpectations): void {
  const tid = claims.tid.toLowerCase();
  // The issuer of its own tenant first: else `tid` is a mere word, and no tenant stands behind it.
  if (claims.iss !== authorityOf(loginUrl, tid).issuer) throw invalid('is of another issuer');
  if (claims.ver !== '2.0') throw invalid('isn’t of version 2.0');
  if (tid !== (tenantId ?? tid) || tid === consumerTenant) {
    throw new WebSignInError('wrong_tenant', 'The id token is of another tenant.');
  }
}

/** Entra names one audience. More of them would be applications that we don't know. */
function requireAudience({ aud, azp }: IdTokenClaims, clientId: string): void {
  const [audience, ...others] = [aud].flat();
  if (audience?.toLowerCase() !== clientId || others.length > 0) {
    throw invalid('is meant for another application');
  }
  if (azp !== undefined && azp.toLowerCase() !== clientId) {
    throw invalid('was issued to another application');
  }
}

/** OpenID Connect Core, section 3.1.3.6, for RS256. */
function hashOf(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url');
}

/**
 * The token was issued a moment ago: its answer came over this request's connection, and at a
 * sign-in it has our nonce. So where it isn't valid now, one of the clocks is wrong, unless its own
 * times contradict one another.
 */
function requireTime({ iat, nbf, exp }: IdTokenClaims, now: number): void {
  const notYet = Math.max(iat, nbf ?? iat) * 1000 > now + skew;
  const expired = exp * 1000 + skew <= now;
  if (!notYet && !expired) return;
  // Entra dates a token back by five minutes.
  const issuedNow = Math.abs(iat * 1000 - now) <= 2 * skew;
  if (issuedNow && iat * 1000 <= now + skew) throw invalid('isn’t valid at the time it was issued');
  throw new WebSignInError('clock_off', 'The clocks are more than five minutes apart.');
}

function invalid(reason: string, byBrowser = false): WebSignInError {
  return new WebSignInError('id_token_invalid', `The id token ${reason}.`, { byBrowser });
}
