import type { JWK } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makePair, startTokenIssuer, type TokenIssuer } from '../testing/token-issuer.ts';
import { fetchKeySet, onlyKeyId } from './key-set.ts';
import { createSigningKeys, type SigningKeys } from './signing-keys.ts';

const minute = 60_000;
let issuer: TokenIssuer;
let keys: SigningKeys;
let now = 0;
let before = 0;

beforeAll(async () => {
  issuer = await startTokenIssuer();
});
afterAll(() => issuer.close());
beforeEach(() => {
  now = 1_000_000_000;
  before = issuer.fetched();
  issuer.publish([issuer.pair.jwk]);
  keys = createSigningKeys({
    fetchKeys: () => fetchKeySet(issuer.jwksUrl, issuer.issuer),
    now: () => now,
  });
});
const fetches = () => issuer.fetched() - before;

describe('createSigningKeys', () => {
  it('fetches once for all who wait, and then each hour', async () => {
    await Promise.all([keys.keyOf('key-1'), keys.keyOf('key-1'), keys.keyOf('key-1')]);
    now += 59 * minute;
    await keys.keyOf('key-1');
    expect(fetches()).toBe(1);
    now += minute;
    await keys.keyOf('key-1');
    expect(fetches()).toBe(2);
  });

  it('finds a key that was rolled, without waiting for the hour', async () => {
    await keys.keyOf('key-1');
    const rolled = await makePair('key-2');
    issuer.publish([issuer.pair.jwk, rolled.jwk]);
    await expect(keys.keyOf('key-2')).resolves.toBeDefined();
  });

  it('asks for unknown keys at most every 5 minutes', async () => {
    await keys.keyOf('key-1');
    for (const kid of ['a', 'b', 'c']) {
      await expect(keys.keyOf(kid)).rejects.toMatchObject({ code: 'unknown_key' });
    }
    expect(fetches()).toBe(2);
    now += 5 * minute;
    await expect(keys.keyOf('d')).rejects.toMatchObject({ code: 'unknown_key' });
    expect(fetches()).toBe(3);
  });

  it('says that keys are not to be had, and tries again a little later', async () => {
    issuer.publish(null);
    await expect(keys.keyOf('key-1')).rejects.toMatchObject({ code: 'keys_unavailable' });
    await expect(keys.keyOf('key-1')).rejects.toMatchObject({ code: 'keys_unavailable' });
    expect(fetches()).toBe(1);
    issuer.publish([issuer.pair.jwk]);
    now += 5_000;
    await expect(keys.keyOf('key-1')).resolves.toBeDefined();
  });

  it('goes on with the last known good set when a fetch fails', async () => {
    await keys.keyOf('key-1');
    issuer.publish(null);
    now += 24 * 60 * minute;
    await expect(keys.keyOf('key-1')).resolves.toBeDefined();
    await expect(keys.keyOf('key-2')).rejects.toMatchObject({ code: 'keys_unavailable' });
    issuer.publish([]);
    now += minute;
    await expect(keys.keyOf('key-1')).resolves.toBeDefined();
  });

  it('drops a key that is no longer published', async () => {
    await keys.keyOf('key-1');
    const rolled = await makePair('key-2');
    issuer.publish([rolled.jwk]);
    now += 60 * minute;
    await expect(keys.keyOf('key-1')).rejects.toMatchObject({ code: 'unknown_key' });
  });
});

describe('fetchKeySet', () => {
  it('leaves out what is no signing key of this issuer', async () => {
    const { jwk } = issuer.pair;
    // Entra's keys name their issuer, which RFC 7517 doesn't know of.
    const keysOfEntra: (JWK & { issuer?: string })[] = [
      { ...jwk, kid: 'other', issuer: 'https://login.example.com/x/v2.0' },
      { ...jwk, kid: 'encryption', use: 'enc' },
      { kty: 'oct', kid: 'secret', k: 'AAAA' },
      { ...jwk, kid: 'template', issuer: issuer.issuer.replace(/[0-9a-f-]{36}/u, '{tenantid}') },
    ];
    issuer.publish(keysOfEntra);
    const set = await fetchKeySet(issuer.jwksUrl, issuer.issuer);
    expect([...set.keys()]).toEqual(['template', onlyKeyId]);
  });
});
