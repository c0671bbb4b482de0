import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { timestamp } from './text.ts';

const longest = 2000;
const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u;

/** What is wrong with a webhook's address, to be read after its name ("must be …"); null: nothing. */
export function webhookAddressProblem(text: string): string | null {
  if (text.length > longest) return `must have at most ${longest} characters`;
  // Parsers of addresses take such characters out in silence; the database can't store all of them.
  if (/[\s\p{Cc}\p{Cf}\p{Surrogate}]/u.test(text))
    return 'must have no spaces or invisible characters';
  const { data: href = '' } = z.url({ normalize: true }).safeParse(text);
  const [, scheme, user, authority = '', rest = ''] =
    /^(https?):\/\/([^/?#]*@)?([^/?#]+)(.*)$/u.exec(href) ?? [];
  if (scheme === undefined) {
    return 'must begin with https://, such as https://alerts.example.com/gatehouse';
  }
  if (user !== undefined) return 'must name no user and no password';
  if (rest.includes('#')) return 'must have nothing after a #';
  if (scheme === 'http' && !loopback.test(authority.replace(/:\d+$/u, ''))) {
    return 'must be https, except for localhost';
  }
  if (/^(?:169\.254\.|\[fe[89ab])/u.test(authority)) return 'must not be a link-local address';
  return null;
}

const webhookAddress = z
  .string()
  .trim()
  .superRefine((text, context) => {
    const message = webhookAddressProblem(text);
    if (message !== null) context.addIssue({ code: 'custom', message });
  });

/** Where the portal tells what happens, in the form of the Standard Webhooks specification. */
export const notificationSettings = z.object({
  revision: z.string(),
  /** Null: none. Whoever may not change it sees it without its path. */
  webhookUrl: z.string().nullable(),
  /** The secret is write-only (R20). */
  secretSet: z.boolean(),
  lastDelivery: z
    .object({
      at: timestamp,
      event: z.string(),
      state: z.enum(['delivered', 'waiting', 'givenUp']),
      attempts: z.number().int(),
      /** A sentence: the receiver's status, or why none came. */
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
    webhookUrl: webhookAddress.nullable(),
    /**
     * True: make another signing secret; the one before signs for a day more. One is made with the
     * first address.
     */
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
