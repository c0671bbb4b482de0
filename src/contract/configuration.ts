import { z } from 'zod';
import { providerTypes } from '../domain/provider.ts';
import { defineEndpoint } from './endpoint.ts';
import { guid } from './text.ts';

/** What MSAL needs of a single-page provider. Nothing here is secret. */
export const spaProvider = z.object({
  tenantId: guid,
  clientId: guid,
  apiClientId: guid,
  /** `https` form of the authority; MSAL takes no other (see `authorityMetadata`). */
  authority: z.string(),
  knownAuthority: z.string(),
  /** JSON of the authority's endpoints, which spares a discovery round trip. */
  authorityMetadata: z.string(),
  apiScope: z.string(),
  graphUrl: z.string(),
});

export type SpaProvider = z.output<typeof spaProvider>;

/** A way in that the sign-in page offers. */
export const signInProvider = z.object({
  id: z.string(),
  type: z.enum(providerTypes),
  name: z.string(),
  /** What MSAL needs; null for a web application, whose sign-in the server does. */
  spa: spaProvider.nullable(),
  /** Where an administrator of Entra agrees, for everybody, to what sign-ins by it need. */
  adminConsentUrl: z.string(),
});

export type SignInProvider = z.output<typeof signInProvider>;

/** What the page is told at load. */
export const pageConfiguration = z.object({
  surface: z.enum(['portal', 'sensor']),
  name: z.string(),
  version: z.string(),
  /** The single-page provider that MSAL signs in with; null where there is none. */
  provider: spaProvider.nullable(),
  /** Every active provider of the portal, the primary one first; none at a gate. */
  providers: z.array(signInProvider),
  /** The sensor whose gate serves the page; null at the portal, and until a gate has its settings. */
  sensor: z
    .object({
      id: z.string(),
      name: z.string(),
      siteName: z.string(),
      zoneName: z.string(),
    })
    .nullable(),
});

export type PageConfiguration = z.output<typeof pageConfiguration>;

/** Id of the script element (a data block) of the page that carries its configuration. */
export const pageConfigurationElement = 'gatehouse-configuration';

export const getConfiguration = defineEndpoint({
  method: 'GET',
  path: '/configuration',
  summary: 'What the page needs before anybody is signed in',
  guard: 'public',
  response: pageConfiguration,
});
