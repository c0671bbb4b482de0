import { z } from 'zod';
import { spaProvider } from './configuration.ts';
import { defineEndpoint } from './endpoint.ts';
import { groupMapping } from './group-mapping.ts';
import { guid, timestamp } from './text.ts';

export const provider = z.object({
  /** `environment`: set by GATEHOUSE_ENTRA_*; it can't be changed here. */
  source: z.enum(['environment', 'portal']),
  type: z.literal('spa'),
  issuerUrl: z.string(),
  tenantId: z.string(),
  clientId: z.string(),
  apiClientId: z.string(),
  /** A candidate signs nobody in: it reads `Verify to activate`. */
  status: z.enum(['active', 'candidate']),
  createdAt: timestamp.nullable(),
  verifiedAt: timestamp.nullable(),
});

export type Provider = z.output<typeof provider>;

const candidate = z.object({
  provider,
  /** Portal access that comes into force together with the provider. */
  portalAccess: groupMapping,
  /** What the page needs to try it. */
  signIn: spaProvider,
});

export type ProviderCandidate = z.output<typeof candidate>;

export const listProviders = defineEndpoint({
  method: 'GET',
  path: '/providers',
  summary: 'Providers, and the candidate that waits to be verified',
  guard: 'provider.view',
  response: z.object({ providers: z.array(provider), candidate: candidate.nullable() }),
});

export const putProviderCandidate = defineEndpoint({
  method: 'PUT',
  path: '/providers/candidate',
  summary: 'Enter a provider; it counts once a sign-in through it has succeeded',
  guard: 'provider.edit',
  body: z.strictObject({
    tenantId: guid,
    clientId: guid,
    /** Absent: one registration serves as page and as API. */
    apiClientId: guid.optional(),
    portalAccess: groupMapping.refine((mapping) => mapping.admin.length > 0, {
      path: ['admin'],
      message: 'name at least one group, or nobody could administer the portal',
    }),
  }),
  response: candidate,
});

export const deleteProviderCandidate = defineEndpoint({
  method: 'DELETE',
  path: '/providers/candidate',
  summary: 'Drop the candidate',
  guard: 'provider.edit',
});

const check = z.object({
  name: z.enum(['token', 'profile', 'groups', 'admin']),
  passed: z.boolean(),
  detail: z.string(),
});

export const providerTrial = z.object({
  checks: z.array(check),
  /** True when every check passed: the provider is in force now. */
  activated: z.boolean(),
});

export type ProviderTrial = z.output<typeof providerTrial>;

/** The access token is of the person who tried; it is checked against the candidate and dropped. */
export const tryProviderCandidate = defineEndpoint({
  method: 'POST',
  path: '/providers/candidate/trial',
  summary: 'Verify the candidate with a real sign-in, and activate it',
  guard: 'provider.edit',
  body: z.strictObject({
    accessToken: z.string().min(1).max(32_768),
    graphAccessToken: z.string().min(1).max(32_768).optional(),
  }),
  response: providerTrial,
});
