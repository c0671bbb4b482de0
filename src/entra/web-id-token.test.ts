import { createHash, createSecretKey } from 'node:crypto';
import { exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT, type JWK } from 'jose';
import { describe, expect, it } from 'vitest';
import {
  attempt,
  clientSecret,
  type MisbehavingProvider,
  type Misbehaviour,
  useMisbehavingProvider,
} from '../testing/misbehaving-provider.ts';
import { clientId, makePair, personId, tenantId } from '../testing/token-issuer.ts';

const provider = await useMisbehavingProvider();

const other = '0a1b2c3d-0000-4000-8000-0000000000ff';
const person = { tenantId, objectId: personId };
const invalid = { name: 'WebSignInError', code: 'id_token_invalid', ended: false };

/** The relying-party tests of the OpenID Foundation's conformance suite for the code flow, by name. */
describe('an id token', () => {
  it.each(['oidcc-client-test', 'oidcc-client-test-idtoken-sig-rs256'])(
    'that is right is accepted (%s)',
    async () => {
      expect(await provider.admission({})).toMatchObject(person);
    },
  );

  it.each<[string, string, () => Misbehaviour['claims']]>([
    ['of another issuer', 'invalid-iss', () => ({ iss: 'https://login.example.com/v2.0' })],
    [
      'of another tenant’s issuer with our tenant',
      'invalid-iss',
      () => ({ iss: `${provider.loginUrl}/${other}/v2.0` }),
    ],
    ['without a subject', 'missing-sub', () => ({ sub: undefined })],
    ['with an empty subject', 'missing-sub', () => ({ sub: '' })],
    ['for another application', 'invalid-aud', () => ({ aud: other })],
    ['for several applications', 'invalid-aud', () => ({ aud: [clientId, other] })],
    [
      'for several applications, issued to us',
      'invalid-aud',
      () => ({ aud: [clientId, other], azp: clientId }),
    ],
    ['issued to another application', 'invalid-aud', () => ({ azp: other })],
    ['for nobody', 'missing-aud', () => ({ aud: undefined })],
    ['without the time it was issued', 'missing-iat', () => ({ iat: undefined })],
    ['with another nonce', 'nonce-invalid', () => ({ nonce: 'another' })],
    ['without a nonce', 'nonce-invalid', () => ({ nonce: undefined })],
    ['with another access token’s hash', 'invalid-athash', () => ({ at_hash: 'AAAA' })],
  ])('%s is refused (oidcc-client-test-%s)', async (_, __, claims) => {
    expect(await provider.refusal({ claims: claims() ?? {} })).toMatchObject(invalid);
  });

  it('for us alone, said as a list, is accepted (oidcc-client-test)', async () => {
    const claims = { aud: [clientId], azp: clientId };
    expect(await provider.admission({ claims })).toMatchObject(person);
  });

  it('may leave out the access token’s hash (oidcc-client-test-missing-athash)', async () => {
    expect(await provider.admission({ claims: { at_hash: undefined } })).toMatchObject(person);
  });

  it('with the access token’s hash is accepted (oidcc-client-test-invalid-athash)', async () => {
    const hash = createHash('sha256').update('the-token').digest().subarray(0, 16);
    const claims = { at_hash: hash.toString('base64url') };
    const tokens = { access_token: 'the-token' };
    expect(await provider.admission({ claims, tokens })).toMatchObject(person);
  });

  it('that isn’t signed is refused (oidcc-client-test-idtoken-sig-none)', async () => {
    const sign = (claims: Record<string, unknown>) => new UnsecuredJWT(claims).encode();
    expect(await provider.refusal({ sign })).toMatchObject(invalid);
  });

  it.each(['the client’s secret', 'the public key'])(
    'signed by HS256 with %s is refused (oidcc-client-test-invalid-sig-hs256)',
    async (by) => {
      const secret = by === 'the public key' ? await exportSPKI(provider.pair.publicKey) : '';
      const key = createSecretKey(Buffer.from(secret === '' ? clientSecret : secret));
      const sign = (claims: Record<string, unknown>) =>
        new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'key-1' }).sign(key);
      expect(await provider.refusal({ sign })).toMatchObject(invalid);
    },
  );

  it('signed by ES256 is refused (oidcc-client-test-invalid-sig-es256)', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const sign = (claims: Record<string, unknown>) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'key-1' }).sign(privateKey);
    expect(await provider.refusal({ sign })).toMatchObject(invalid);
  });

  it('signed by somebody else’s key of that name is refused (oidcc-client-test-invalid-sig-rs256)', async () => {
    const impostor = await makePair('key-1');
    expect(await provider.refusal({ sign: by(impostor) })).toMatchObject(invalid);
  });

  it('that was changed after it was signed is refused (oidcc-client-test-invalid-sig-rs256)', async () => {
    const sign = async (claims: Record<string, unknown>) => {
      const [header, , signature] = (await by(provider.pair)(claims)).split('.');
      const forged = JSON.stringify({ ...claims, oid: other });
      return `${header}.${Buffer.from(forged).toString('base64url')}.${signature}`;
    };
    expect(await provider.refusal({ sign })).toMatchObject(invalid);
  });

  it.each(['', 'x', 'a.b.c', 'a.b.c.d.e', '{}'])('that reads %j is refused', async (text) => {
    const error = await provider.refusal({ tokens: { id_token: text } });
    const code = text === '' ? 'provider_answer_invalid' : 'id_token_invalid';
    expect(error).toMatchObject({ code });
  });

  it('with 40,000 characters is refused', async () => {
    expect(await provider.refusal({ claims: { name: 'x'.repeat(40_000) } })).toMatchObject(invalid);
  });
});

function by({ privateKey, kid }: MisbehavingProvider['pair']) {
  return (claims: Record<string, unknown>) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
}

describe('the key of an id token', () => {
  const unnamed = ({ pair }: MisbehavingProvider): JWK => {
    const { kid: _, ...jwk } = pair.jwk;
    return jwk;
  };

  it('needn’t be named where there is one (oidcc-client-test-kid-absent-single-jwks)', async () => {
    expect(await provider.admission({ header: { kid: undefined } })).toMatchObject(person);
    expect(
      await provider.admission({ header: { kid: undefined }, keys: [unnamed(provider)] }),
    ).toMatchObject(person);
  });

  it('must be named where there are several (oidcc-client-test-kid-absent-multiple-jwks)', async () => {
    const second = await makePair('key-2');
    const { kid: _, ...unnamedSecond } = second.jwk;
    const keys = [provider.pair.jwk, second.jwk];
    expect(await provider.refusal({ header: { kid: undefined }, keys })).toMatchObject(invalid);
    const nameless = [unnamed(provider), unnamedSecond];
    expect(await provider.refusal({ header: { kid: undefined }, keys: nameless })).toMatchObject(
      invalid,
    );
  });

  it('may be a new one (oidcc-client-test-signing-key-rotation)', async () => {
    const client = provider.clientOf();
    expect(await provider.admission({}, client)).toMatchObject(person);
    const next = await makePair('key-2');
    expect(
      await provider.admission({ sign: by(next), keys: [provider.pair.jwk, next.jwk] }, client),
    ).toMatchObject(person);
    const soon = await makePair('key-3');
    const keys = [next.jwk, soon.jwk];
    // Strangers could make us ask for ever: once in five minutes.
    expect(await provider.refusal({ sign: by(soon), keys }, client)).toMatchObject(invalid);
    expect(await provider.admission({ sign: by(next), keys }, client)).toMatchObject(person);
  });

  it('may be new since just before the first token (oidcc-client-test-signing-key-rotation-just-before-signing)', async () => {
    const client = provider.clientOf();
    expect(await provider.admission({}, client)).toMatchObject(person);
    const next = await makePair('key-2');
    const callback = await provider.callbackOf(client);
    provider.misbehave({ sign: by(next), keys: [next.jwk] });
    const redeemed = await client.redeem(callback, attempt);
    expect(redeemed.person).toMatchObject(person);
  });

  it('is found among keys that can’t be used (oidcc-client-test-discovery-jwks-uri-keys)', async () => {
    const { jwk } = provider.pair;
    const keys: JWK[] = [
      { kty: 'AKP', kid: 'later', alg: 'ML-DSA-1', pub: 'AAAA' },
      { kty: 'XYZ', kid: 'made-up' },
      { kty: 'RSA', kid: 'broken', n: '', e: '' },
      { kty: 'EC', kid: 'curve', crv: 'P-0', x: 'AAAA', y: 'AAAA' },
      { ...jwk, kid: 'encryption', use: 'enc' },
    ];
    expect(await provider.admission({ keys: [...keys, jwk] })).toMatchObject(person);
  });

  it('serves on while the keys can’t be had, once they were', async () => {
    const client = provider.clientOf();
    expect(await provider.admission({}, client)).toMatchObject(person);
    expect(await provider.admission({ keys: null }, client)).toMatchObject(person);
    expect(await provider.refusal({ keys: null })).toMatchObject({ code: 'provider_unreachable' });
  });
});
