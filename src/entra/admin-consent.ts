import { authorityOf } from './authority.ts';

/** The `state` of our links: by it the redirect URI tells Entra's answer to a consent from a sign-in's. */
export const adminConsentState = 'adminConsent';

export interface AdminConsentWish {
  /** An origin, such as `https://login.microsoftonline.com`. */
  readonly loginUrl: string;
  /** Null: of the organization of whoever opens the link. */
  readonly tenantId: string | null;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** One that is registered: Entra leads there afterwards. */
  readonly redirectUri: string;
}

/**
 * Where an administrator of Entra agrees for everybody of the organization. What comes back says
 * nothing that could be relied on: anybody can write that address.
 */
export function adminConsentUrl(wish: AdminConsentWish): string {
  const { loginUrl, tenantId, clientId, scopes, redirectUri } = wish;
  const { issuer } = authorityOf(loginUrl, tenantId ?? 'organizations');
  const query = new URLSearchParams({
    client_id: clientId,
    scope: scopes.join(' '),
    redirect_uri: redirectUri,
    state: adminConsentState,
  });
  return `${issuer}/adminconsent?${query.toString()}`;
}
