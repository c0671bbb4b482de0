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

export const securitySettings = z.object({ revision: z.string(), sessionPolicy });

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
  body: z.strictObject({ sessionPolicy }),
  response: securitySettings,
  revision: 'requires',
});
