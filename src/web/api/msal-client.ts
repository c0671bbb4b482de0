import { PublicClientApplication } from '@azure/msal-browser';
import type { SpaProvider } from '../../contract/configuration.ts';
import { remembered } from './browser-memory.ts';
import { spaToUse } from './chosen-provider.ts';
import { configuration, pageBase } from './configuration.ts';

/** The bridge page: the registered redirect URI, and where sign-out ends too. */
export const bridgeAddress = (): string =>
  new URL(`${pageBase}redirect.html`, location.origin).href;

/** An MSAL client for a provider. Its metadata comes from the server: no discovery round trip. */
export function createMsalClient(provider: SpaProvider): PublicClientApplication {
  return new PublicClientApplication({
    auth: {
      clientId: provider.clientId,
      authority: provider.authority,
      knownAuthorities: [provider.knownAuthority],
      authorityMetadata: provider.authorityMetadata,
      redirectUri: bridgeAddress(),
      postLogoutRedirectUri: bridgeAddress(),
      clientCapabilities: ['CP1'],
    },
    cache: { cacheLocation: 'sessionStorage' },
    // A hidden frame that is going to answer does so at once; a blocked one never does.
    // A person needs their time for a window: password, phone, consent.
    system: { iframeBridgeTimeout: 6000, popupBridgeTimeout: 600_000 },
  });
}

/** The single-page provider that the page signs in with; null until one has been set up. */
export const spaProvider: SpaProvider | null = spaToUse(
  configuration.providers,
  remembered('chosenProvider'),
  configuration.provider,
);

/** The page's own client, at module scope. */
export const msalClient: PublicClientApplication | null =
  spaProvider === null ? null : createMsalClient(spaProvider);
