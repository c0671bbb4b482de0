import { z } from 'zod';
import type { SecretBox } from '../storage/secret-box.ts';
import { newWebhookSecret } from './webhook-signature.ts';

const context = 'webhook secret';

/** How long messages are signed with the secret before as well. */
const overlap = 24 * 3_600_000;

const stored = z.object({
  secret: z.string(),
  before: z.object({ secret: z.string(), until: z.string() }).nullable(),
});

/** Makes another secret; the one before signs for a day more. Answers both its value and what to store. */
export function replaceWebhookSecret(
  sealed: string | null,
  secrets: SecretBox,
  now: Date,
): { readonly secret: string; readonly sealed: string } {
  const until = new Date(now.getTime() + overlap).toISOString();
  const before = sealed === null ? null : { secret: open(sealed, secrets).secret, until };
  const secret = newWebhookSecret();
  return { secret, sealed: secrets.seal(JSON.stringify({ secret, before }), context) };
}

/** What messages are signed with now, the newest first. Throws StorageError. */
export function webhookSecrets(sealed: string, secrets: SecretBox, now: Date): string[] {
  const { secret, before } = open(sealed, secrets);
  return before !== null && new Date(before.until) > now ? [secret, before.secret] : [secret];
}

function open(sealed: string, secrets: SecretBox): z.output<typeof stored> {
  return stored.parse(JSON.parse(secrets.unseal(sealed, context)));
}
