import type { PageConfiguration } from '../../contract/configuration.ts';
import type { ProvidersInForce } from './active-providers.ts';

/** What the sign-in page is told of the ways in: nothing here is secret. */
export function pageProviders({
  all,
  spas,
}: ProvidersInForce): Pick<PageConfiguration, 'provider' | 'providers'> {
  return {
    provider: spas[0]?.registration.signIn ?? null,
    providers: all.map((provider) => ({
      id: provider.id,
      type: provider.type,
      name: provider.name,
      spa: provider.type === 'spa' ? provider.registration.signIn : null,
    })),
  };
}
