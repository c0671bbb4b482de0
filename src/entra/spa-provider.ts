import type { SpaProvider } from '../contract/configuration.ts';
import { authorityOf } from './authority.ts';

/** The scope that the portal's API exposes, and that every access token must carry. */
export const apiScopeName = 'access_as_user';

export interface Registration {
  readonly tenantId: string;
  /** Application (client) ID of the page's registration. */
  readonly clientId: string;
  /** Application (client) ID of the API's registration; often the same. */
  readonly apiClientId: string;
}

/**
 * What MSAL is configured with. Its authority string must be https, and the metadata next to it says
 * where the endpoints really are: so the same goes for a login address on http://localhost.
 */
export function spaProviderOf(
  registration: Registration,
  addresses: { readonly loginUrl: string; readonly graphUrl: string },
): SpaProvider {
  const { tenantId, clientId, apiClientId } = registration;
  const { host } = new URL(addresses.loginUrl);
  const authority = authorityOf(addresses.loginUrl, tenantId);
  return {
    tenantId,
    clientId,
    apiClientId,
    authority: `https://${host}/${tenantId}`,
    knownAuthority: host,
    authorityMetadata: JSON.stringify({
      issuer: authority.issuer,
      jwks_uri: authority.jwksUrl,
      authorization_endpoint: authority.authorizationEndpoint,
      token_endpoint: authority.tokenEndpoint,
      end_session_endpoint: authority.endSessionEndpoint,
    }),
    apiScope: `api://${apiClientId}/${apiScopeName}`,
    graphUrl: addresses.graphUrl,
  };
}
