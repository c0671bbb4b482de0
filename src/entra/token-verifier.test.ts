import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  apiClientId,
  clientId,
  startTokenIssuer,
  tenantId,
  type TokenIssuer,
} from '../testing/token-issuer.ts';
import { createTokenVerifier } from './token-verifier.ts';

let issuer: TokenIssuer;
beforeAll(async () => {
  issuer = await startTokenIssuer();
});
afterAll(() => issuer.close());

describe('createTokenVerifier', () => {
  it('verifies a token once, and forgets it when it expires', async () => {
    let now = Date.now();
    let asked = 0;
    const verifier = createTokenVerifier({
      tenantId,
      issuer: issuer.issuer,
      apiClientId,
      clientIds: [clientId],
      now: () => now,
      keys: {
        keyOf: () => {
          asked += 1;
          return Promise.resolve(issuer.pair.publicKey);
        },
      },
    });
    const token = await issuer.token();
    expect(verifier.remembered(token)).toBeUndefined();
    const first = await verifier.verify(token);
    expect(await verifier.verify(token)).toBe(first);
    expect(verifier.remembered(token)).toBe(first);
    expect(verifier.remembered(`${token}x`)).toBeUndefined();
    const connection = {};
    expect(verifier.remembered(token, connection)).toBe(first);
    expect(verifier.remembered(token, connection)).toBe(first);
    expect(verifier.remembered(`${token}x`, connection)).toBeUndefined();
    expect(asked).toBe(1);
    now += 3_700_000;
    expect(verifier.remembered(token)).toBeUndefined();
    expect(verifier.remembered(token, connection)).toBeUndefined();
    await verifier.verify(token);
    now += 300_000;
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'expired' });
  });
});
