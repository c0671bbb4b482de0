import { z } from 'zod';
import { sessionPolicyBounds } from '../domain/session-policy.ts';
import { defineEndpoint } from './endpoint.ts';

const within = ({ least, most }: { least: number; most: number }, unit: string) =>
  z
    .number(`must be a number of ${unit}`)
    .int(`must be a whole number of ${unit}`)
    .min(least, `must be at least ${least} ${unit}`)
    .max(most, `must be at most ${most} ${unit}`);

/** How long sessions at gates last, and how long a gate goes on without the portal (R15, R16). */
export const sessionPolicy = z
  .strictObject({
    idleMinutes: within(sessionPolicyBounds.idleMinutes, 'minutes'),
    totalMinutes: within(sessionPolicyBounds.totalMinutes, 'minutes'),
    bundleDays: within(sessionPolicyBounds.bundleDays, 'days'),
  })
  .superRefine(({ idleMinutes, totalMinutes }, context) => {
    if (idleMinutes <= totalMinutes) return;
    const message = 'must not be longer than the session as a whole';
    context.addIssue({ code: 'custom', path: ['idleMinutes'], message });
  });

/** An authentication context of Entra's Conditional Access, `c1` to `c99`. */
export const authenticationContext = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^c[1-9][0-9]?$/u, 'must be c1 to c99');

export const securitySettings = z.object({
  revision: z.string(),
  sessionPolicy,
  /** What changes ask for (R19); null: nothing. */
  stepUpContext: authenticationContext.nullable(),
});

export type SecuritySettings = z.output<typeof securitySettings>;

export const getSecuritySettings = defineEndpoint({
  method: 'GET',
  path: '/security-settings',
  summary: 'How long sessions at gates last, and how long gates go on without the portal',
  guard: 'security.view',
  response: securitySettings,
  revision: 'answers',
});

export const putSecuritySettings = defineEndpoint({
  method: 'PUT',
  path: '/security-settings',
  summary: 'Change how long sessions at gates last, and how long gates go on without the portal',
  guard: 'security.edit',
  stepUp: true,
  /** Absent: the context stays as it is. Whoever sets a context must have come through it: the request is challenged for the new one. */
  body: z.strictObject({
    sessionPolicy,
    stepUpContext: authenticationContext.nullable().optional(),
  }),
  response: securitySettings,
  revision: 'requires',
});
