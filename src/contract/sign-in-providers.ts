import { z } from 'zod';
import { credentialStatuses, providerStatuses, providerTypes } from '../domain/provider.ts';
import { spaProvider } from './configuration.ts';
import { defineEndpoint } from './endpoint.ts';
import { groupMapping } from './group-mapping.ts';
import { guid, line, timestamp } from './text.ts';

/** A single-page application: single tenant, no secret. */
export const spaRegistration = z.strictObject({
  type: z.literal('spa'),
  /** What the sign-in page calls it. */
  name: line(60),
  tenantId: guid,
  clientId: guid,
  /** The client ID again, where one registration serves as page and as API. */
  apiClientId: guid,
});

/** A web application, which signs in with a secret or a certificate on the server. */
export const webRegistration = z
  .strictObject({
    type: z.literal('web'),
    name: line(60),
    /** Null: multitenant, and not verified yet. The verification pins the tenant. */
    tenantId: guid.nullable(),
    /** Registered for accounts of any organization; the pinned tenant alone gets in all the same. */
    multitenant: z.boolean(),
    clientId: guid,
    /** True: groups give roles as portal access says. False: only portal users have roles by it. */
    usesGroups: z.boolean(),
  })
  .refine(({ tenantId, multitenant }) => tenantId !== null || multitenant, {
    path: ['tenantId'],
    message: 'is required for an application of one tenant',
  });

export const registration = z.discriminatedUnion('type', [spaRegistration, webRegistration]);

export type ProviderRegistration = z.output<typeof registration>;
export type WebRegistration = z.output<typeof webRegistration>;

export const providerCredential = z.object({
  id: z.string(),
  kind: z.enum(['secret', 'certificate']),
  status: z.enum(credentialStatuses),
  /** When it expires in Entra, as far as it is known. */
  expiresAt: timestamp.nullable(),
  /** SHA-1 thumbprint of a certificate, as Entra shows it; the first characters of a secret. */
  hint: z.string(),
  createdAt: timestamp,
  createdBy: z.string(),
  verifiedAt: timestamp.nullable(),
  /** Microsoft refused it, whatever its date, and hasn't taken it since: sign-ins use another one. */
  refused: z.object({ at: timestamp, aadsts: z.number().int().nullable() }).nullable(),
});

export type ProviderCredential = z.output<typeof providerCredential>;

export const provider = z.object({
  /** `environment` for the one that GATEHOUSE_ENTRA_* name, which can't be changed here. */
  id: z.string(),
  revision: z.string(),
  source: z.enum(['environment', 'portal']),
  type: z.enum(providerTypes),
  name: z.string(),
  status: z.enum(providerStatuses),
  /** The one that SSO Sign-in uses; the others stand below it. */
  primary: z.boolean(),
  issuerUrl: z.string(),
  /** What was verified last and serves while the status is active. */
  verified: registration.nullable(),
  /** What was entered since and waits for its verification. */
  draft: registration.nullable(),
  /** Portal access that comes into force with the draft: for the first provider there is. */
  draftPortalAccess: groupMapping.nullable(),
  /** What the page needs to try an SPA draft; null otherwise. */
  draftSignIn: spaProvider.nullable(),
  credentials: z.array(providerCredential),
  createdAt: timestamp.nullable(),
  verifiedAt: timestamp.nullable(),
  verifiedBy: z.string().nullable(),
  /** What last went wrong with sign-ins by it, and hasn't gone right since. */
  failure: z
    .object({
      at: timestamp,
      code: z.string(),
      aadsts: z.number().int().nullable(),
      /** The secret or certificate that was refused, where it was that. */
      credentialId: z.string().nullable(),
    })
    .nullable(),
  /** Did the asker come in by it? */
  yours: z.boolean(),
});

export type Provider = z.output<typeof provider>;

/** Of a path to one provider. */
export const providerPath = z.object({ providerId: z.string().max(100) });

export const listProviders = defineEndpoint({
  method: 'GET',
  path: '/providers',
  summary: 'Sign-in providers, the primary one first',
  guard: 'provider.view',
  response: z.object({
    providers: z.array(provider),
    /** Every value to enter in Entra. */
    redirectUris: z.object({ spa: z.string(), web: z.string(), frontChannelLogout: z.string() }),
  }),
});

export const getProvider = defineEndpoint({
  method: 'GET',
  path: '/providers/:providerId',
  summary: 'A sign-in provider',
  guard: 'provider.view',
  params: providerPath,
  response: provider,
  revision: 'answers',
});

/** A secret's value, as pasted: spaces and line ends around it are taken off. */
const secretValue = z
  .string()
  .trim()
  .min(1, 'is required')
  .max(1000, 'must have at most 1000 characters');

export const credentialInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('secret'), value: secretValue, expiresAt: timestamp }),
  z.strictObject({
    kind: z.literal('certificate'),
    /** PEM of the certificate; its end is its expiry. */
    certificate: z.string().trim().min(1, 'is required').max(20_000),
    /** PEM (PKCS #8) of its private key. */
    privateKey: z.string().trim().min(1, 'is required').max(20_000),
  }),
]);

export type CredentialInput = z.output<typeof credentialInput>;

const portalAccessWithAdmin = groupMapping.refine((mapping) => mapping.admin.length > 0, {
  path: ['admin'],
  message: 'must name at least one group, or nobody could administer the portal',
});

/** Enters a provider. It signs nobody in until it has been verified. */
export const createProvider = defineEndpoint({
  method: 'POST',
  path: '/providers',
  summary: 'Enter a sign-in provider; it counts once it has been verified',
  guard: 'provider.edit',
  stepUp: true,
  body: z.strictObject({
    registration,
    /** Needed for `web`. */
    credential: credentialInput.optional(),
    /** Portal access that comes into force with it: asked for while no group or user gives Admin. */
    portalAccess: portalAccessWithAdmin.optional(),
  }),
  response: provider,
  revision: 'answers',
});

/** Edits what waits to be verified; the verified version goes on serving. The name counts at once. */
export const changeProvider = defineEndpoint({
  method: 'PUT',
  path: '/providers/:providerId',
  summary: 'Edit a sign-in provider; what was verified serves until the edit has been, too',
  guard: 'provider.edit',
  stepUp: true,
  params: providerPath,
  body: z.strictObject({ registration, portalAccess: portalAccessWithAdmin.optional() }),
  response: provider,
  revision: 'requires',
});

export const dropProviderDraft = defineEndpoint({
  method: 'DELETE',
  path: '/providers/:providerId/draft',
  summary: 'Drop what was entered and not verified, where a verified version serves',
  guard: 'provider.edit',
  stepUp: true,
  params: providerPath,
  response: provider,
  revision: 'requires',
});

export const promoteProvider = defineEndpoint({
  method: 'POST',
  path: '/providers/:providerId/promotion',
  summary: 'Make an active provider the one that SSO Sign-in uses',
  guard: 'provider.edit',
  stepUp: true,
  params: providerPath,
  response: provider,
});

export const addCredential = defineEndpoint({
  method: 'POST',
  path: '/providers/:providerId/credentials',
  summary: 'Add a second secret or certificate; it counts once it has been verified and promoted',
  guard: 'provider.edit',
  stepUp: true,
  params: providerPath,
  body: credentialInput,
  response: provider,
});

const credentialPath = z.object({
  providerId: z.string().max(100),
  credentialId: z.string().max(100),
});

export const promoteCredential = defineEndpoint({
  method: 'POST',
  path: '/providers/:providerId/credentials/:credentialId/promotion',
  summary: 'Use a verified secret or certificate from now on; the one before stands by',
  guard: 'provider.edit',
  stepUp: true,
  params: credentialPath,
  response: provider,
});

export const retireCredential = defineEndpoint({
  method: 'DELETE',
  path: '/providers/:providerId/credentials/:credentialId',
  summary: 'Forget a secret or certificate that isn’t the current one',
  guard: 'provider.edit',
  stepUp: true,
  params: credentialPath,
  response: provider,
});
