import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { AccessToken } from './access-token.ts';
import {
  maxTokenLength,
  validateAccessToken,
  type TokenExpectations,
} from './validate-access-token.ts';

export interface TokenVerifier {
  /** A token that was verified before and hasn't expired: the same object each time. */
  remembered(token: string): AccessToken | undefined;
  verify(token: string): Promise<AccessToken>;
}

const capacity = 10_000;

/**
 * Verifies tokens, and remembers those that passed by their SHA-256 until they expire: checking a
 * signature costs a thousand times what a look-up does. The tokens themselves aren't kept.
 */
export function createTokenVerifier(expectations: TokenExpectations): TokenVerifier {
  const verified = new LRUCache<string, AccessToken>({ max: capacity });

  function look(token: string): AccessToken | undefined {
    // Nothing so long was ever remembered: don't hash it.
    if (token.length > maxTokenLength) return undefined;
    const known = verified.get(keyOf(token));
    return known !== undefined && known.expiresAt > expectations.now() ? known : undefined;
  }

  return {
    remembered: look,
    async verify(token) {
      const known = look(token);
      if (known !== undefined) return known;
      const accessToken = await validateAccessToken(token, expectations);
      if (accessToken.expiresAt > expectations.now()) verified.set(keyOf(token), accessToken);
      return accessToken;
    },
  };
}

function keyOf(token: string): string {
  return hash('sha256', token, 'base64url');
}
