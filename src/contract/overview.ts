import { z } from 'zod';
import { auditEvent, signIn } from './activity.ts';
import { defineEndpoint } from './endpoint.ts';
import { me } from './me.ts';
import { timestamp } from './text.ts';

const count = z.number().int();

/** Everything that Overview shows, in one answer: it is the first thing people wait for. */
export const overview = z.object({
  me,
  sites: count,
  zones: count,
  sensors: count,
  sensorsByHealth: z.array(z.object({ health: z.string(), sensors: count })),
  sso: z.object({ on: count, off: count, unsupported: count }),
  /** Null where the asker may not see settings. */
  ssoSettings: count.nullable(),
  /** Null where the asker may not see activity. */
  recentSignIns: z.array(signIn).nullable(),
  recentChanges: z.array(auditEvent).nullable(),
  /** Secrets and certificates of providers that expire within 30 days, or have; null where the asker may not see providers. */
  expiringCredentials: z
    .array(
      z.object({
        providerId: z.string(),
        providerName: z.string(),
        credentialId: z.string(),
        kind: z.enum(['secret', 'certificate']),
        expiresAt: timestamp,
        /** Another one that lasts longer has been verified already. */
        replaced: z.boolean(),
      }),
    )
    .nullable(),
});

export type Overview = z.output<typeof overview>;

export const getOverview = defineEndpoint({
  method: 'GET',
  path: '/overview',
  summary:
    'Sites, sensors by health and by SSO coverage, recent sign-ins and changes, one’s own roles',
  guard: 'signedIn',
  response: overview,
});
