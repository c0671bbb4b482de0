import { CompactSign, generateKeyPair } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Bundle } from '../contract/gate-protocol.ts';
import {
  newSigner,
  sampleBundle,
  sampleGate,
  type BundleSigner,
} from '../testing/bundle-signer.ts';
import { checkExpiry, checkProgress, verifyBundle } from './verify-bundle.ts';

let signer: BundleSigner;
beforeAll(async () => {
  signer = await newSigner();
});

const verify = (jws: string) => verifyBundle(jws, { ...sampleGate, keys: [signer.publicKey] });
const content = (changes: Partial<Bundle> = {}): Bundle =>
  sampleBundle([signer.publicKey], changes);

describe('verifyBundle', () => {
  it('takes what the portal signed for this gate', async () => {
    const { bundle, signer: by } = await verify(await signer.sign(content()));
    expect(bundle).toEqual(content({ iat: bundle.iat, exp: bundle.exp }));
    expect(by).toEqual(signer.publicKey);
  });

  it.each([
    ['another portal', { iss: 'https://elsewhere.example.com' }, 'bundle_portal'],
    ['another gate', { aud: 'somebody-else' }, 'bundle_gate'],
    ['another sensor', { sub: 'another' }, 'bundle_sensor'],
  ])('refuses one for %s', async (_what, changes, code) => {
    await expect(verify(await signer.sign(content(changes)))).rejects.toMatchObject({
      code,
      tag: 'tag-1',
    });
  });

  it('refuses one that names another sensor than it shows', async () => {
    const { sensor } = content();
    const jws = await signer.sign(content({ sensor: { ...sensor, id: 'another' } }));
    await expect(verify(jws)).rejects.toMatchObject({ code: 'bundle_sensor' });
  });

  it('refuses one that was changed', async () => {
    const [header, , signature] = (await signer.sign(content())).split('.');
    const payload = Buffer.from(JSON.stringify(content({ number: 99 }))).toString('base64url');
    await expect(verify(`${header}.${payload}.${signature}`)).rejects.toMatchObject({
      code: 'bundle_signature',
      tag: null,
    });
  });

  it('refuses a key that isn’t pinned, and one that only says that it is', async () => {
    const stranger = await newSigner();
    await expect(verify(await stranger.sign(content()))).rejects.toMatchObject({
      code: 'bundle_unknown_key',
    });
    const posing = stranger.sign(content(), { kid: signer.publicKey.kid });
    await expect(verify(await posing)).rejects.toMatchObject({ code: 'bundle_signature' });
  });

  it('refuses other types, other algorithms, and what is no JWS', async () => {
    const { kid } = signer.publicKey;
    const { privateKey } = await generateKeyPair('ES256');
    const es256 = await new CompactSign(Buffer.from('{}'))
      .setProtectedHeader({ alg: 'ES256', typ: 'gatehouse-bundle+jwt', kid })
      .sign(privateKey);
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`;
    const typed = await signer.sign(content(), { typ: 'gatehouse-gate+jwt' });
    for (const jws of [es256, none, typed, 'x', '', 'a.b.c', '..']) {
      await expect(verify(jws)).rejects.toMatchObject({ code: 'bundle_malformed' });
    }
  });

  it('refuses a content that it doesn’t understand', async () => {
    const { exp: _exp, ...rest } = content();
    await expect(verify(await signer.sign(rest))).rejects.toMatchObject({
      code: 'bundle_malformed',
      message: expect.stringContaining('update'),
    });
  });
});

describe('checkProgress', () => {
  const reached = { number: 5, iat: 1000 };

  it('lets numbers rise, and the same number be signed again', () => {
    expect(() => checkProgress(content({ number: 1 }), null)).not.toThrow();
    expect(() => checkProgress(content({ number: 6, iat: 1 }), reached)).not.toThrow();
    expect(() => checkProgress(content({ number: 5, iat: 1000 }), reached)).not.toThrow();
  });

  it('refuses what is older', () => {
    expect(() => checkProgress(content({ number: 4 }), reached)).toThrow(/number is 4/);
    expect(() => checkProgress(content({ number: 5, iat: 999 }), reached)).toThrow(/5 already/);
  });
});

describe('checkExpiry', () => {
  const until = Date.UTC(2026, 11, 1);
  const bundle = (): Bundle => content({ exp: until / 1000 });

  it('counts to the millisecond', () => {
    expect(() => checkExpiry(bundle(), until - 1, null)).not.toThrow();
    expect(() => checkExpiry(bundle(), until, null)).toThrow(/2026-12-01T00:00:00.000Z/);
  });

  it('blames a clock that is known to be fast', () => {
    expect(() => checkExpiry(bundle(), until, 40 * 86_400_000)).toThrow(
      expect.objectContaining({
        code: 'clock_off',
        message: expect.stringContaining('40 days fast'),
      }),
    );
    expect(() => checkExpiry(bundle(), until, 1000)).toThrow(
      expect.objectContaining({ code: 'bundle_expired' }),
    );
  });
});
