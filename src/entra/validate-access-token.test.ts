import { createSecretKey } from 'node:crypto';
import { exportSPKI, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  apiClientId,
  clientId,
  makePair,
  personClaims,
  personId,
  startTokenIssuer,
  tenantId,
  type TokenIssuer,
} from '../testing/token-issuer.ts';
import { fetchKeySet } from './key-set.ts';
import { createSigningKeys } from './signing-keys.ts';
import { TokenError } from './token-error.ts';
import { validateAccessToken, type TokenExpectations } from './validate-access-token.ts';

let issuer: TokenIssuer;
let expectations: TokenExpectations;

beforeAll(async () => {
  issuer = await startTokenIssuer();
  expectations = {
    tenantId,
    issuer: issuer.issuer,
    apiClientId,
    clientIds: [clientId],
    keys: createSigningKeys({ fetchKeys: () => fetchKeySet(issuer.jwksUrl, issuer.issuer) }),
    now: Date.now,
  };
});
afterAll(() => issuer.close());

async function refusal(
  token: string,
  changed: Partial<TokenExpectations> = {},
): Promise<TokenError> {
  try {
    await validateAccessToken(token, { ...expectations, ...changed });
  } catch (error) {
    if (error instanceof TokenError) return error;
    throw error;
  }
  throw new Error('the token was accepted');
}

const seconds = () => Math.floor(Date.now() / 1000);

describe('validateAccessToken', () => {
  it('takes a right token, and says who it is', async () => {
    const token = await validateAccessToken(await issuer.token({ acct: 1 }), expectations);
    expect(token).toMatchObject({
      tenantId,
      objectId: personId,
      name: 'Ada Admin',
      userPrincipalName: 'ada@example.com',
      guest: true,
      groups: { kind: 'complete', ids: [] },
      signInId: expect.stringContaining('session-1') as unknown,
    });
  });

  it('takes api:// as audience, several scopes, and ids in any case', async () => {
    const token = await issuer.token({
      aud: `api://${apiClientId.toUpperCase()}`,
      scp: 'other access_as_user',
      azp: clientId.toUpperCase(),
    });
    await expect(validateAccessToken(token, expectations)).resolves.toBeDefined();
  });

  it.each([
    ['expired', { exp: seconds() - 301 }],
    ['not_yet_valid', { nbf: seconds() + 400 }],
    ['wrong_issuer', { iss: 'https://login.example.com/v2.0' }],
    ['wrong_audience', { aud: personId }],
    ['wrong_audience', { aud: `api://${apiClientId}/x` }],
    ['wrong_tenant', { tid: personId }],
    ['wrong_tenant', { tid: undefined }],
    ['wrong_version', { ver: '1.0', iss: `https://sts.windows.net/${tenantId}/` }],
    ['wrong_client', { azp: personId }],
    ['wrong_client', { azp: undefined }],
    ['missing_scope', { scp: 'access_as_user_not' }],
    ['missing_scope', { scp: undefined }],
    ['is_id_token', { scp: undefined, azp: undefined, nonce: 'n' }],
    ['app_only', { idtyp: 'app', scp: undefined }],
    ['malformed', { oid: undefined }],
    ['malformed', { exp: 'tomorrow' }],
    ['malformed', { groups: 'all' }],
  ])('refuses as %s: %o', async (code, claims) => {
    expect((await refusal(await issuer.token(claims))).code).toBe(code);
  });

  it('allows 5 minutes between the clocks', async () => {
    const token = await issuer.token({ exp: seconds() - 200, nbf: seconds() + 200 });
    await expect(validateAccessToken(token, expectations)).resolves.toBeDefined();
  });

  it('names the manifest entry that makes tokens of version 2', async () => {
    const error = await refusal(await issuer.token({ ver: '1.0' }));
    expect(error.reason).toContain('"requestedAccessTokenVersion" to 2');
  });

  it('refuses a token without a signature', async () => {
    const token = new UnsecuredJWT(personClaims(issuer.issuer)).encode();
    expect((await refusal(token)).code).toBe('unsupported_algorithm');
  });

  it('refuses HS256 with the public key as the secret', async () => {
    const secret = createSecretKey(Buffer.from(await exportSPKI(issuer.pair.publicKey)));
    const token = await new SignJWT(personClaims(issuer.issuer))
      .setProtectedHeader({ alg: 'HS256', kid: issuer.pair.kid })
      .sign(secret);
    expect((await refusal(token)).code).toBe('unsupported_algorithm');
  });

  it('refuses keys that are not the tenant’s', async () => {
    const stranger = await makePair('stranger');
    expect((await refusal(await issuer.token({}, {}, stranger))).code).toBe('unknown_key');
    const impostor = await makePair(issuer.pair.kid);
    expect((await refusal(await issuer.token({}, {}, impostor))).code).toBe('bad_signature');
    expect((await refusal(await issuer.token({}, { kid: undefined }))).code).toBe('unknown_key');
  });

  it('refuses a token that was changed', async () => {
    const [header, payload, signature] = (await issuer.token()).split('.');
    const claims = { ...personClaims(issuer.issuer), oid: clientId };
    const forged = Buffer.from(JSON.stringify(claims)).toString('base64url');
    expect((await refusal(`${header}.${forged}.${signature}`)).code).toBe('bad_signature');
    expect((await refusal(`${header}.${payload}.`)).code).toBe('bad_signature');
  });

  it.each(['', 'x', 'a.b', 'a.b.c', '..', 'eyJhbGciOiJSUzI1NiJ9', '€.€.€'])(
    'refuses %j as malformed',
    async (text) => {
      expect((await refusal(text)).code).toBe('malformed');
    },
  );

  it('refuses what is too long before reading it', async () => {
    const keys = { keyOf: () => Promise.reject(new Error('was asked')) };
    expect((await refusal('x'.repeat(32_769), { keys })).code).toBe('oversized');
  });

  it('tells an incomplete group list from an empty one', async () => {
    const groupsOf = async (claims: Record<string, unknown>) =>
      (await validateAccessToken(await issuer.token(claims), expectations)).groups;
    const elsewhere = { groups: 'src1' };
    expect(await groupsOf({ groups: undefined, _claim_names: elsewhere })).toEqual({
      kind: 'overage',
    });
    expect(await groupsOf({ groups: undefined, hasgroups: true })).toEqual({ kind: 'overage' });
    expect(await groupsOf({ groups: undefined })).toEqual({ kind: 'complete', ids: [] });
    expect(await groupsOf({ groups: [clientId] })).toEqual({ kind: 'complete', ids: [clientId] });
  });

  it('quotes nothing of the token in its errors', async () => {
    const error = await refusal(await issuer.token({ upn: 'secret@example.com', aud: personId }));
    expect(`${error.message} ${error.reason}`).not.toContain('secret@example.com');
  });
});

describe('the id of a sign-in', () => {
  const hour = 3600;
  const provedAt = seconds() - 30 * hour;
  const idOf = async (claims: Record<string, unknown>) => {
    const token = await issuer.token({ auth_time: provedAt, ...claims });
    return (await validateAccessToken(token, expectations)).signInId;
  };

  it('stays while tokens are renewed', async () => {
    const one = await idOf({ iat: provedAt + 25 * hour, uti: 'a' });
    expect(await idOf({ iat: provedAt + 34 * hour, uti: 'b' })).toBe(one);
  });

  it('changes from one day to the next, with another session, and with every proof', async () => {
    const ids = await Promise.all([
      idOf({ iat: provedAt }),
      idOf({ iat: provedAt + 24 * hour }),
      idOf({ iat: provedAt, sid: 'session-2' }),
      idOf({ iat: provedAt + 60, auth_time: provedAt + 60 }),
      idOf({ iat: provedAt, sid: undefined }),
      idOf({ sid: undefined, auth_time: undefined, uti: 'a' }),
      idOf({ sid: undefined, auth_time: undefined, uti: 'b' }),
    ]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
