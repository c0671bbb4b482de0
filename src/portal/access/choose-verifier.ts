import { decodeJwt } from 'jose';
import type { TokenVerifier } from '../../entra/token-verifier.ts';
import { maxTokenLength } from '../../entra/validate-access-token.ts';

/** A single-page provider as far as tokens need it. */
export interface SpaVerifier {
  readonly id: string;
  readonly registration: {
    readonly tenantId: string;
    readonly clientId: string;
    readonly apiClientId: string;
    readonly verifier: TokenVerifier;
  };
}

/**
 * The provider whose verifier is to judge a token: the one that its claims name, which aren't
 * trusted by this in any way. Where none fits, the first: it says best what is wrong.
 */
export function chooseVerifier(
  token: string,
  providers: readonly SpaVerifier[],
): SpaVerifier | undefined {
  const [first, ...others] = providers;
  if (others.length === 0) return first;
  const claims = unverifiedClaims(token);
  const fits = ({ registration }: SpaVerifier): number => {
    const { apiClientId, clientId, tenantId } = registration;
    const audience = claims['aud'] === apiClientId || claims['aud'] === `api://${apiClientId}`;
    return (
      (audience ? 4 : 0) +
      (claims['azp'] === clientId ? 2 : 0) +
      (claims['tid'] === tenantId ? 1 : 0)
    );
  };
  // The first of those that fit equally well: the primary one stands first.
  return providers.toSorted((a, b) => fits(b) - fits(a))[0];
}

function unverifiedClaims(token: string): Record<string, unknown> {
  if (token.length > maxTokenLength) return {};
  try {
    const claims: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(decodeJwt(token))) {
      claims[name] = typeof value === 'string' ? value.toLowerCase() : value;
    }
    return claims;
  } catch {
    return {};
  }
}
