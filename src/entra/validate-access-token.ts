import { compactVerify, decodeProtectedHeader, errors } from 'jose';
import { accessTokenOf, type AccessToken } from './access-token.ts';
import type { SigningKeys } from './signing-keys.ts';
import { apiScopeName } from './spa-provider.ts';
import { tokenClaims, type TokenClaims } from './token-claims.ts';
import { TokenError } from './token-error.ts';

export interface TokenExpectations {
  readonly tenantId: string;
  readonly issuer: string;
  /** Application (client) ID of the API, in lower case. */
  readonly apiClientId: string;
  /** The clients whose tokens are taken (`azp`), in lower case. */
  readonly clientIds: readonly string[];
  readonly keys: SigningKeys;
  /** Milliseconds. */
  readonly now: () => number;
}

/** With 200 groups a token has about 11,000 characters. */
export const maxTokenLength = 32_768;
const skew = 5 * 60_000;

/**
 * Validates a version 2 access token of Entra ID (RFC 9068 in spirit; Microsoft identity platform,
 * "Access tokens"). Throws TokenError, or KeysUnavailable where the keys can't be had.
 */
export async function validateAccessToken(
  token: string,
  expectations: TokenExpectations,
): Promise<AccessToken> {
  if (token.length > maxTokenLength) {
    throw new TokenError('oversized', `has more than ${maxTokenLength} characters`);
  }
  const keyId = requireHeader(token);
  const key = await expectations.keys.keyOf(keyId);
  const payload = await compactVerify(token, key, { algorithms: ['RS256'] }).then(
    (verified) => verified.payload,
    (error: unknown) => {
      if (error instanceof errors.JWSSignatureVerificationFailed) {
        throw new TokenError('bad_signature', 'was changed after it was signed', { cause: error });
      }
      throw new TokenError('malformed', 'is not a signed token', { cause: error });
    },
  );
  return requireClaims(parseClaims(payload), expectations);
}

function requireHeader(token: string): string {
  let header;
  try {
    header = decodeProtectedHeader(token);
  } catch (error) {
    throw new TokenError('malformed', 'is not a signed token', { cause: error });
  }
  if (header.alg !== 'RS256') {
    throw new TokenError('unsupported_algorithm', 'is not signed with RS256');
  }
  if (typeof header.kid !== 'string' || header.kid === '') {
    throw new TokenError('unknown_key', 'does not name the key that it is signed with');
  }
  return header.kid;
}

function parseClaims(payload: Uint8Array): TokenClaims {
  try {
    return tokenClaims.parse(JSON.parse(Buffer.from(payload).toString('utf8')));
  } catch (error) {
    throw new TokenError('malformed', 'has claims of a wrong form', { cause: error });
  }
}

function requireClaims(claims: TokenClaims, expected: TokenExpectations): AccessToken {
  const { tid, oid } = claims;
  if (claims.ver !== '2.0') {
    throw new TokenError(
      'wrong_version',
      'is not of version 2: set "requestedAccessTokenVersion" to 2 in the manifest of the API’s app registration',
    );
  }
  if (claims.iss !== expected.issuer) {
    throw new TokenError('wrong_issuer', `is not issued by ${expected.issuer}`);
  }
  if (tid === undefined || tid.toLowerCase() !== expected.tenantId.toLowerCase()) {
    throw new TokenError('wrong_tenant', `is not of the tenant ${expected.tenantId}`);
  }
  // With one registration for page and API, an id token has the right issuer and audience.
  if (claims.scp === undefined && claims.azp === undefined && claims.idtyp !== 'app') {
    throw new TokenError('is_id_token', 'is an id token; send the access token for the API');
  }
  if (!isAudience(claims.aud, expected.apiClientId)) {
    throw new TokenError('wrong_audience', `is not meant for the API ${expected.apiClientId}`);
  }
  requireTime(claims, expected.now());
  if (claims.idtyp === 'app') {
    throw new TokenError('app_only', 'is of an application, not of a person');
  }
  if (!expected.clientIds.includes(claims.azp?.toLowerCase() ?? '')) {
    throw new TokenError('wrong_client', 'was issued to an application that is not ours');
  }
  if (!(claims.scp ?? '').split(' ').includes(apiScopeName)) {
    throw new TokenError('missing_scope', `lacks the scope ${apiScopeName}`);
  }
  if (oid === undefined || oid === '') {
    throw new TokenError('malformed', 'has no object id (oid)');
  }
  return accessTokenOf({ ...claims, tid, oid });
}

function isAudience(audience: string, apiClientId: string): boolean {
  const lower = audience.toLowerCase();
  return lower === apiClientId || lower === `api://${apiClientId}`;
}

function requireTime(claims: TokenClaims, now: number): void {
  if (claims.exp * 1000 + skew <= now) throw new TokenError('expired', 'has expired');
  if (claims.nbf !== undefined && claims.nbf * 1000 - skew > now) {
    throw new TokenError('not_yet_valid', 'is not valid yet: compare the clocks of the machines');
  }
}
