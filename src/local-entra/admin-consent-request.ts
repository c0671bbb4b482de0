import { readScopes } from './scopes.ts';
import type { AuthorizeRequest, ReturnAddress } from './authorize-request.ts';
import type { Parameters } from './parameters.ts';
import type { People } from './people.ts';

/**
 * A request of `/adminconsent`: a sign-in that ends with an administrator's consent and gives the
 * application no code. Without a `scope` it asks for what the registration has.
 */
export function readAdminConsentRequest(
  people: People,
  address: ReturnAddress,
  sent: Parameters,
  correlationId: string,
): AuthorizeRequest {
  return {
    ...address,
    outcome: 'adminConsent',
    scopes: readScopes(people, address.application, sent.get('scope') ?? '.default', 'first'),
    claims: { contexts: [], idTokenContexts: [], capabilities: [] },
    nonce: undefined,
    prompt: 'admin_consent',
    loginHint: sent.get('login_hint'),
    sid: undefined,
    maxAge: undefined,
    challenge: undefined,
    correlationId,
  };
}
