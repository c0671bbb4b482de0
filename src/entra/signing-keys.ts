import type { KeySet, SigningKey } from './key-set.ts';
import { KeysUnavailable, TokenError } from './token-error.ts';

export interface SigningKeys {
  /** The key of that id. Throws TokenError `unknown_key`, or KeysUnavailable. */
  keyOf(keyId: string): Promise<SigningKey>;
}

export interface SigningKeysOptions {
  readonly fetchKeys: () => Promise<KeySet>;
  /** Milliseconds. */
  readonly now?: () => number;
  /** Told of each failed fetch. */
  readonly onFailure?: (error: unknown) => void;
}

const hour = 3_600_000;
/** A token can name any key: so that strangers can't make us hammer the provider. */
const unknownKeyPause = 5 * 60_000;
const failurePause = 5_000;

/**
 * Remembers a provider's signing keys: fetched anew each hour, and for an unknown key at most every
 * 5 minutes. When a fetch fails, the last known good set goes on serving (jose's own cache drops it).
 */
export function createSigningKeys(options: SigningKeysOptions): SigningKeys {
  const { fetchKeys, now = Date.now, onFailure = () => undefined } = options;
  let known: KeySet | null = null;
  let fetchedAt = -Infinity;
  let failedAt = -Infinity;
  let soughtUnknownAt = -Infinity;
  let running: Promise<boolean> | null = null;

  /** True when the set is fresh afterwards. All who wait share one fetch. */
  function refresh(): Promise<boolean> {
    if (now() - failedAt < failurePause) return Promise.resolve(false);
    running ??= fetchKeys()
      .then(
        (keys) => {
          known = keys;
          fetchedAt = now();
          return true;
        },
        (error: unknown) => {
          failedAt = now();
          onFailure(error);
          return false;
        },
      )
      .finally(() => {
        running = null;
      });
    return running;
  }

  return {
    async keyOf(keyId) {
      if (now() - fetchedAt >= hour) await refresh();
      if (known === null) throw new KeysUnavailable();
      const key = known.get(keyId);
      if (key !== undefined) return key;
      if (now() - soughtUnknownAt >= unknownKeyPause) {
        // A failed fetch tells nothing about the key: neither does it use up the attempt.
        if (!(await refresh())) throw new KeysUnavailable();
        soughtUnknownAt = now();
        const found = known.get(keyId);
        if (found !== undefined) return found;
      }
      throw new TokenError('unknown_key', 'is signed with a key that the tenant does not publish');
    },
  };
}
