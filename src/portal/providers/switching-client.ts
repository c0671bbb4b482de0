import { isRefused } from '../../domain/secret-expiry.ts';
import type { WebClient } from '../../entra/web-client.ts';
import { WebSignInError } from '../../entra/web-sign-in-error.ts';
import type { CredentialRow } from './active-providers.ts';

export interface Switching {
  /** The credential to begin with. */
  readonly first: CredentialRow;
  readonly clientOf: (credential: CredentialRow) => WebClient;
  /** Notes that one was refused, and answers which one to go on with; null: there is no other. */
  readonly next: (refused: CredentialRow, error: WebSignInError) => Promise<CredentialRow | null>;
}

/**
 * A client that goes on with another secret or certificate where Microsoft refuses one. The client
 * is authenticated before anything else of the request is looked at (RFC 6749, sections 3.2.1 and
 * 4.1.3), so that neither the code nor the refresh token is used up.
 */
export function createSwitchingClient({ first, clientOf, next }: Switching): WebClient {
  async function trying<T>(ask: (client: WebClient) => Promise<T>): Promise<T> {
    const tried = new Set<string>();
    let credential = first;
    for (;;) {
      tried.add(credential.id);
      try {
        return await ask(clientOf(credential));
      } catch (error) {
        if (!refusesCredential(error)) throw error;
        // It was refused before, and is tried only because nothing else is left.
        const other = isRefused(credential) ? null : await next(credential, error);
        if (other === null || tried.has(other.id)) throw error;
        credential = other;
      }
    }
  }

  const { authorizationUrl, endSessionUrl } = clientOf(first);
  return {
    authorizationUrl,
    endSessionUrl,
    redeem: (...asked) => trying((client) => client.redeem(...asked)),
    refresh: (...asked) => trying((client) => client.refresh(...asked)),
  };
}

/** What a browser brings says nothing of the credential. */
function refusesCredential(error: unknown): error is WebSignInError {
  return error instanceof WebSignInError && error.code === 'credential_refused' && !error.byBrowser;
}
