import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { AccessToken } from './access-token.ts';
import {
  maxTokenLength,
  validateAccessToken,
  type TokenExpectations,
} from './validate-access-token.ts';

export interface TokenVerifier {
  /**
   * A token that was verified before and hasn't expired: the same object each time. `connection` is
   * whatever it came over: the next request over it mostly carries the same token.
   */
  remembered(token: string, connection?: object): AccessToken | undefined;
  verify(token: string): Promise<AccessToken>;
}

const capacity = 10_000;

/**
 * Verifies tokens, and remembers those that passed by their SHA-256 until they expire: checking a
 * signature costs a thousand times what a look-up does. The tokens themselves aren't kept, but for
 * the last one of each open connection, which spares the hash as well.
 */
export function createTokenVerifier(expectations: TokenExpectations): TokenVerifier {
  const verified = new LRUCache<string, AccessToken>({ max: capacity });

  function look(token: string): AccessToken | undefined {
    // Nothing so long was ever remembered: don't hash it.
    if (token.length > maxTokenLength) return undefined;
    const known = verified.get(keyOf(token));
    return known !== undefined && known.expiresAt > expectations.now() ? known : undefined;
  }

  const last = new WeakMap<object, { readonly token: string; readonly known: AccessToken }>();

  return {
    remembered(token, connection) {
      if (connection === undefined) return look(token);
      const before = last.get(connection);
      if (before?.token === token && before.known.expiresAt > expectations.now()) {
        return before.known;
      }
      const known = look(token);
      if (known !== undefined) last.set(connection, { token, known });
      return known;
    },
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
