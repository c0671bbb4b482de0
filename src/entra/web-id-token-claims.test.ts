import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { type Misbehaviour, useMisbehavingProvider } from '../testing/misbehaving-provider.ts';
import { makePair, personId, tenantId } from '../testing/token-issuer.ts';

const provider = await useMisbehavingProvider();

const seconds = () => Math.floor(Date.now() / 1000);
const other = '0a1b2c3d-0000-4000-8000-0000000000ff';
const person = { tenantId, objectId: personId };
const invalid = { name: 'WebSignInError', code: 'id_token_invalid', ended: false };

describe('the times of an id token', () => {
  const hour = 3600;
  it.each<[string, string, () => Misbehaviour['claims']]>([
    ['has expired', 'clock_off', () => ({ iat: seconds() - hour, exp: seconds() - 301 })],
    ['isn’t valid yet', 'clock_off', () => ({ iat: seconds() + 400, nbf: seconds() + 400 })],
    ['is issued in the future', 'clock_off', () => ({ iat: seconds() + 400 })],
    ['expired as it was issued', 'id_token_invalid', () => ({ exp: seconds() - 400 })],
    ['is issued for later', 'id_token_invalid', () => ({ nbf: seconds() + 400 })],
    ['expires at no time', 'id_token_invalid', () => ({ exp: undefined })],
  ])('where it %s: %s', async (_, code, claims) => {
    expect(await provider.refusal({ claims: claims() ?? {} })).toMatchObject({ code });
  });

  it('may be up to five minutes off', async () => {
    expect(await provider.admission({ claims: { exp: seconds() - 200 } })).toMatchObject(person);
    expect(
      await provider.admission({ claims: { iat: seconds() + 200, nbf: seconds() + 200 } }),
    ).toMatchObject(person);
  });

  it('of a stranger’s token say nothing of the clocks', async () => {
    const expired = { iat: seconds() - hour, exp: seconds() - 301 };
    const impostor = await makePair('key-1');
    const sign = (claims: Record<string, unknown>) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
        .sign(impostor.privateKey);
    expect(await provider.refusal({ claims: expired, sign })).toMatchObject(invalid);
    expect(await provider.refusal({ claims: { ...expired, nonce: 'another' } })).toMatchObject(
      invalid,
    );
  });
});

describe('the tenant of an id token', () => {
  const of = (tid: string) => ({ tid, iss: `${provider.loginUrl}/${tid}/v2.0` });

  it('is the pinned one', async () => {
    expect(await provider.refusal({ claims: of(other) })).toMatchObject({ code: 'wrong_tenant' });
    expect(await provider.refusal({ claims: { tid: other } })).toMatchObject(invalid);
    expect(await provider.refusal({ claims: { tid: undefined } })).toMatchObject(invalid);
    const client = provider.clientOf({ tenantId: tenantId.toUpperCase() });
    expect(await provider.admission({}, client)).toMatchObject(person);
  });

  it('is any organization’s while none is pinned, and its issuer its own', async () => {
    const client = provider.clientOf({ tenantId: null });
    provider.misbehave({ claims: of(other) });
    expect((await provider.signIn(client)).person.tenantId).toBe(other);
    expect(await provider.refusal({ claims: { tid: other } }, client)).toMatchObject(invalid);
    expect(await provider.refusal({ claims: of('organizations') }, client)).toMatchObject(invalid);
    const consumers = '9188040d-6c67-4c5b-b112-36a304b66dad';
    const error = await provider.refusal({ claims: of(consumers) }, client);
    expect(error).toMatchObject({ code: 'wrong_tenant' });
  });

  it('of another sign-in says nothing of the provider: the browser brought its code', async () => {
    for (const tenant of [tenantId, null]) {
      const client = provider.clientOf({ tenantId: tenant });
      const nonce = await provider.refusal({ claims: { nonce: 'another' } }, client);
      expect(nonce).toMatchObject({ ...invalid, byBrowser: true });
      const audience = await provider.refusal({ claims: { aud: other } }, client);
      expect(audience).toMatchObject({ ...invalid, byBrowser: false });
    }
  });

  it.each([
    ['no object id', { oid: undefined }],
    ['an object id that is none', { oid: 'me' }],
    ['version 1', { ver: '1.0' }],
    ['no version', { ver: undefined }],
  ])('is of no use with %s', async (_, claims) => {
    expect(await provider.refusal({ claims })).toMatchObject(invalid);
  });
});
