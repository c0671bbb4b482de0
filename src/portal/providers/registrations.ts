import { LRUCache } from 'lru-cache';
import type { SpaProvider } from '../../contract/configuration.ts';
import { authorityOf } from '../../entra/authority.ts';
import { fetchKeySet } from '../../entra/key-set.ts';
import { createSigningKeys } from '../../entra/signing-keys.ts';
import { spaProviderOf, type Registration } from '../../entra/spa-provider.ts';
import { createTokenVerifier, type TokenVerifier } from '../../entra/token-verifier.ts';

export interface Addresses {
  readonly loginUrl: string;
  readonly graphUrl: string;
}

/** A registration ready for use: what the page signs in with, and what judges the tokens of it. */
export interface ReadyRegistration extends Registration {
  readonly issuerUrl: string;
  readonly signIn: SpaProvider;
  readonly verifier: TokenVerifier;
}

export type PrepareRegistration = (
  providerId: string,
  registration: Registration,
) => ReadyRegistration;

/**
 * Remembers what it made, so that signing keys and verified tokens outlive a look at the database:
 * for each provider by itself, because whose token one is is remembered with the provider.
 */
export function createRegistrations(
  addresses: Addresses,
  now: () => Date,
  onKeysFailure: (error: unknown) => void,
): PrepareRegistration {
  const made = new LRUCache<string, ReadyRegistration>({ max: 64 });
  return (providerId, { tenantId, clientId, apiClientId }) => {
    const key = `${providerId}/${tenantId}/${clientId}/${apiClientId}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const registration = { tenantId, clientId, apiClientId };
    const { issuer, jwksUrl } = authorityOf(addresses.loginUrl, tenantId);
    const milliseconds = () => now().getTime();
    const ready = {
      ...registration,
      issuerUrl: issuer,
      signIn: spaProviderOf(registration, addresses),
      verifier: createTokenVerifier({
        tenantId,
        issuer,
        apiClientId,
        clientIds: [clientId],
        now: milliseconds,
        keys: createSigningKeys({
          fetchKeys: () => fetchKeySet(jwksUrl, issuer),
          now: milliseconds,
          onFailure: onKeysFailure,
        }),
      }),
    };
    made.set(key, ready);
    return ready;
  };
}
