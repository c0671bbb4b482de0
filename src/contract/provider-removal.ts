import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { provider, providerPath } from './sign-in-providers.ts';

/** What a retirement or deletion would leave (R9). */
export const providerRemoval = z.object({
  /** False: nobody could come in as Admin any more; it is refused. */
  allowed: z.boolean(),
  /** The asker came in by it. */
  yours: z.boolean(),
  /** Sessions that end with it; people with tokens of an SPA are not counted. */
  openSessions: z.number().int(),
  /** The one that SSO Sign-in uses afterwards, where it used this one and another is left; null otherwise. */
  nextPrimary: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Who can still come in as Admin afterwards, by each provider that is left. */
  left: z.array(
    z.object({
      providerId: z.string(),
      providerName: z.string(),
      adminGroups: z.array(z.string()),
      adminUsers: z.array(z.string()),
    }),
  ),
});

export type ProviderRemoval = z.output<typeof providerRemoval>;

export const reviewProviderRemoval = defineEndpoint({
  method: 'GET',
  path: '/providers/:providerId/removal',
  summary: 'What retiring or deleting a provider would leave',
  guard: 'provider.edit',
  params: providerPath,
  response: providerRemoval,
});

const removal = z.strictObject({
  /** True where `yours` was shown: one signs oneself out with it. */
  acknowledged: z.boolean(),
});

export const retireProvider = defineEndpoint({
  method: 'POST',
  path: '/providers/:providerId/retirement',
  summary: 'Let a provider sign nobody in any more; verifying it again brings it back',
  guard: 'provider.edit',
  stepUp: true,
  params: providerPath,
  body: removal,
  response: provider,
  revision: 'requires',
});

export const deleteProvider = defineEndpoint({
  method: 'POST',
  path: '/providers/:providerId/deletion',
  summary: 'Delete a provider with its secrets',
  guard: 'provider.edit',
  stepUp: true,
  params: providerPath,
  body: removal,
  response: z.object({ deleted: z.literal(true), revision: z.string() }),
  revision: 'requires',
});
