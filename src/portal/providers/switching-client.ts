import { isRefused } from '../../domain/secret-expiry.ts';
import type { WebClient } from '../../entra/web-client.ts';
import { WebSignInError } from '../../entra/web-sign-in-error.ts';
import type { CredentialRow } from './active-providers.ts';

export interface Switching {
  /** The credential in use, and those to go on with. */
  readonly order: readonly [CredentialRow, ...CredentialRow[]];
  readonly clientOf: (credential: CredentialRow) => WebClient;
  /** Notes that one was refused, and answers what is to be tried from then on. */
  readonly onRefused: (
    credential: CredentialRow,
    error: WebSignInError,
  ) => Promise<readonly CredentialRow[]>;
  /** Notes that one was taken that only stood by, or had been refused. */
  readonly onTaken: (credential: CredentialRow) => Promise<void>;
}

/**
 * A client that goes on with another secret or certificate where Microsoft refuses one. The client
 * is authenticated before anything else of the request is looked at (RFC 6749, sections 3.2.1 and
 * 4.1.3), so that neither the code nor the refresh token is used up.
 */
export function createSwitchingClient(switching: Switching): WebClient {
  const { clientOf, onRefused, onTaken } = switching;

  async function trying<T>(ask: (client: WebClient) => Promise<T>): Promise<T> {
    const tried = new Set<string>();
    let order: readonly CredentialRow[] = switching.order;
    let [credential] = switching.order;
    for (;;) {
      tried.add(credential.id);
      try {
        const answer = await ask(clientOf(credential));
        if (credential.status === 'standby' || isRefused(credential)) await onTaken(credential);
        return answer;
      } catch (error) {
        if (!refusesCredential(error)) throw error;
        // That one is refused still is no news.
        if (!isRefused(credential)) order = await onRefused(credential, error);
        const next = order.find(({ id }) => !tried.has(id));
        if (next === undefined) throw error;
        credential = next;
      }
    }
  }

  const { authorizationUrl, endSessionUrl } = clientOf(switching.order[0]);
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
