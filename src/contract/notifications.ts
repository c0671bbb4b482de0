import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { timestamp } from './text.ts';

/** Where the portal tells what happens, in the form of the Standard Webhooks specification. */
export const notificationSettings = z.object({
  revision: z.string(),
  /** Null: none. */
  webhookUrl: z.string().nullable(),
  /** The secret is write-only (R20). */
  secretSet: z.boolean(),
  lastDelivery: z
    .object({
      at: timestamp,
      event: z.string(),
      state: z.enum(['delivered', 'waiting', 'givenUp']),
      attempts: z.number().int(),
      /** The receiver's status, or why none came. */
      detail: z.string(),
    })
    .nullable(),
});

export type NotificationSettings = z.output<typeof notificationSettings>;

export const getNotificationSettings = defineEndpoint({
  method: 'GET',
  path: '/notification-settings',
  summary: 'The webhook that is told of secrets that expire',
  guard: 'security.view',
  response: notificationSettings,
  revision: 'answers',
});

/** Answers the signing secret once, when one is made. */
export const putNotificationSettings = defineEndpoint({
  method: 'PUT',
  path: '/notification-settings',
  summary: 'Set the webhook that is told of secrets that expire',
  guard: 'security.edit',
  stepUp: true,
  body: z.strictObject({
    webhookUrl: z
      .string()
      .trim()
      .max(2000)
      .pipe(z.url({ protocol: /^https?$/u, error: 'must be an https address' }))
      .nullable(),
    /** True: make another signing secret. One is made with the first address. */
    newSecret: z.boolean(),
  }),
  response: z.object({
    revision: z.string(),
    settings: notificationSettings,
    /** `whsec_` and base64; shown once. */
    secret: z.string().nullable(),
  }),
  revision: 'requires',
});

export const testNotification = defineEndpoint({
  method: 'POST',
  path: '/notification-settings/test',
  summary: 'Send a test event to the webhook now',
  guard: 'security.edit',
  response: z.object({ delivered: z.boolean(), detail: z.string() }),
});
