import type { PageConfiguration } from '../../contract/configuration.ts';
import { webSignInPaths } from '../../contract/web-sign-in.ts';
import { groupReadScope, webSignInScopes } from '../../domain/web-sign-in.ts';
import { adminConsentUrl } from '../../entra/admin-consent.ts';
import type { ActiveProvider, ProvidersInForce } from './active-providers.ts';

interface PageAddresses {
  readonly loginUrl: string;
  readonly publicUrl: string;
}

/** What the sign-in page is told of the ways in: nothing here is secret. */
export function pageProviders(
  { all, spas }: ProvidersInForce,
  addresses: PageAddresses,
): Pick<PageConfiguration, 'provider' | 'providers'> {
  return {
    provider: spas[0]?.registration.signIn ?? null,
    providers: all.map((provider) => ({
      id: provider.id,
      type: provider.type,
      name: provider.name,
      spa: provider.type === 'spa' ? provider.registration.signIn : null,
      adminConsentUrl: consentUrlOf(provider, addresses),
    })),
  };
}

/** Names of groups are read with `groupReadScope`, which only an administrator can agree to. */
function consentUrlOf(provider: ActiveProvider, { loginUrl, publicUrl }: PageAddresses): string {
  const { tenantId, clientId } = provider.registration;
  const common = { loginUrl, tenantId, clientId };
  if (provider.type === 'spa') {
    const scopes = [...webSignInScopes, groupReadScope, provider.registration.signIn.apiScope];
    return adminConsentUrl({ ...common, scopes, redirectUri: `${publicUrl}/redirect.html` });
  }
  const groups = provider.registration.usesGroups ? [groupReadScope] : [];
  const redirectUri = `${publicUrl}${webSignInPaths.callback}`;
  return adminConsentUrl({ ...common, scopes: [...webSignInScopes, ...groups], redirectUri });
}
