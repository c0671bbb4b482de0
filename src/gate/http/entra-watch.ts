import type { Bundle } from '../../contract/gate-protocol.ts';
import type { AccessToken } from '../../entra/access-token.ts';
import { authorityOf } from '../../entra/authority.ts';
import { fetchKeySet, type KeySet } from '../../entra/key-set.ts';
import { createSigningKeys, type SigningKeys } from '../../entra/signing-keys.ts';
import { validateAccessToken } from '../../entra/validate-access-token.ts';

/** Whether Entra's sign-in address answers, as far as its keys were asked for. */
export interface EntraContact {
  readonly loginUrl: string | null;
  /** Null: not tried yet. */
  readonly reachable: boolean | null;
  readonly unreachableSince: number | null;
  readonly reason: string | null;
}

/** Validates a token. Each is seen once or twice, so none is remembered. */
export type VerifyToken = (token: string) => Promise<AccessToken>;

export interface EntraWatch {
  /** What verifies tokens for the setting in force; null where there is none. */
  readonly verifier: (bundle: Bundle | null) => VerifyToken | null;
  readonly contact: () => EntraContact;
  /**
   * Looks whether Entra answers, unless that was done a while ago only: `pause` milliseconds, or a
   * while that depends on how it was. Never rejects.
   */
  lookIfDue(pause?: number): Promise<void>;
}

interface Watched {
  readonly of: string;
  readonly loginUrl: string;
  readonly verify: VerifyToken;
  readonly keys: SigningKeys;
  readonly fetchKeys: () => Promise<KeySet>;
  /** Fetched by a look, for the next who asks: so that nobody waits at their sign-in. */
  fetched: KeySet | null;
  lookedAt: number;
  reachable: boolean | null;
  unreachableSince: number | null;
  reason: string | null;
}

const pauseWhileReachable = 5 * 60_000;
const pauseWhileNot = 30_000;

/** Entra's keys for the tenant of the setting in force; another setting makes a new set. */
export function createEntraWatch(now: () => number): EntraWatch {
  let watched: Watched | null = null;

  function watch({ setting, entra: { loginUrl } }: Bundle): Watched | null {
    if (setting === null) return null;
    const { tenantId, clientId } = setting;
    const of = `${loginUrl} ${tenantId} ${clientId}`;
    if (watched?.of === of) return watched;
    const { issuer, jwksUrl } = authorityOf(loginUrl, tenantId);
    const fetchKeys = () => fetchKeySet(jwksUrl, issuer).then(answered, failed);
    const keys = createSigningKeys({
      now,
      fetchKeys: () => {
        const { fetched } = current;
        current.fetched = null;
        return fetched === null ? fetchKeys() : Promise.resolve(fetched);
      },
    });
    const client = clientId.toLowerCase();
    const expectations = { tenantId, issuer, apiClientId: client, clientIds: [client], keys, now };
    const current: Watched = {
      of,
      loginUrl,
      keys,
      fetchKeys,
      verify: (token) => validateAccessToken(token, expectations),
      fetched: null,
      lookedAt: -Infinity,
      reachable: null,
      unreachableSince: null,
      reason: null,
    };
    function answered(set: KeySet): KeySet {
      Object.assign(current, { reachable: true, unreachableSince: null, reason: null });
      return set;
    }
    function failed(error: unknown): never {
      current.reachable = false;
      current.unreachableSince ??= now();
      current.reason = reasonOf(error);
      throw error;
    }
    watched = current;
    return current;
  }

  return {
    verifier: (bundle) => (bundle === null ? null : (watch(bundle)?.verify ?? null)),
    contact: () => ({
      loginUrl: watched?.loginUrl ?? null,
      reachable: watched?.reachable ?? null,
      unreachableSince: watched?.unreachableSince ?? null,
      reason: watched?.reason ?? null,
    }),
    async lookIfDue(pause) {
      const current = watched;
      if (current === null) return;
      const usual = current.reachable === true ? pauseWhileReachable : pauseWhileNot;
      if (Math.abs(now() - current.lookedAt) < (pause ?? usual)) return;
      current.lookedAt = now();
      try {
        current.fetched = await current.fetchKeys();
        const [keyId] = current.fetched.keys();
        // Takes over what was fetched, if it has none that is fresh.
        if (keyId !== undefined) await current.keys.keyOf(keyId);
      } catch {
        // Told by contact().
      }
      current.fetched = null;
    },
  };
}

/** The innermost cause that says something: fetch's own message is only "fetch failed". */
function reasonOf(error: unknown): string {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  if (!(inner instanceof Error)) return String(inner).slice(0, 300);
  const code = 'code' in inner && typeof inner.code === 'string' ? inner.code : inner.name;
  return (inner.message || code).slice(0, 300);
}
