import { asc, eq, lte } from 'drizzle-orm';
import type { Database, Transaction } from '../storage/database.ts';
import { notificationDeliveries, notificationSettings } from '../storage/provider-schema.ts';
import type { SecretBox } from '../storage/secret-box.ts';
import { StorageError } from '../storage/storage-error.ts';
import { nextAttempt } from './next-attempt.ts';
import { postWebhook, type WebhookAnswer } from './post-webhook.ts';
import { webhookSecrets } from './webhook-secret.ts';
import { webhookHeaders } from './webhook-signature.ts';

export interface DeliveryDependencies {
  readonly database: Pick<Database, 'db'>;
  readonly secrets: SecretBox;
  readonly now: () => Date;
}

/** Where to send, and what signs. */
export interface Webhook {
  readonly address: string;
  readonly sealedSecret: string;
}

export async function readWebhook(db: Pick<Transaction, 'select'>): Promise<Webhook | null> {
  const [row] = await db.select().from(notificationSettings);
  const { webhookUrl = null, sealedSecret = null } = row ?? {};
  return webhookUrl === null || sealedSecret === null
    ? null
    : { address: webhookUrl, sealedSecret };
}

/**
 * Sends the message that has waited longest. The row stays locked while it is sent, so that no other
 * instance sends it too; killed meanwhile it is sent again, with the same id. False: none is due.
 */
export async function deliverNext(
  deps: DeliveryDependencies,
  signal: AbortSignal,
): Promise<boolean> {
  return deps.database.db.transaction(async (tx) => {
    const [due] = await tx
      .select()
      .from(notificationDeliveries)
      .where(lte(notificationDeliveries.nextAttemptAt, deps.now()))
      .orderBy(asc(notificationDeliveries.nextAttemptAt))
      .limit(1)
      .for('update', { skipLocked: true });
    if (due === undefined) return false;
    const here = eq(notificationDeliveries.id, due.id);
    const webhook = await readWebhook(tx);
    if (webhook === null) {
      // Removed meanwhile. The next one that is entered is told of the state anew.
      await tx.delete(notificationDeliveries).where(here);
      return true;
    }
    const answer = await sendOnce(deps, webhook, due, signal);
    const now = deps.now();
    const attempts = due.attempts + 1;
    const again = { createdAt: due.createdAt, attempts, now, jitter: Math.random() };
    await tx
      .update(notificationDeliveries)
      .set({
        attempts,
        lastAttemptAt: now,
        detail: answer.detail,
        deliveredAt: answer.delivered ? now : null,
        nextAttemptAt:
          answer.delivered || answer.gone
            ? null
            : nextAttempt({ ...again, retryAfter: answer.retryAfter }),
      })
      .where(here);
    return true;
  });
}

/** Sends a message, signed anew: the time of the attempt is signed as well. */
export async function sendOnce(
  { secrets, now }: DeliveryDependencies,
  { address, sealedSecret }: Webhook,
  message: { readonly id: string; readonly payload: unknown },
  signal: AbortSignal,
): Promise<WebhookAnswer> {
  const at = now();
  let keys: string[];
  try {
    keys = webhookSecrets(sealedSecret, secrets, at);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    const detail = 'The signing secret can’t be read with the portal’s secret key. Make another.';
    return { delivered: false, detail, gone: false, retryAfter: null };
  }
  const body = JSON.stringify(message.payload);
  const headers = webhookHeaders({ id: message.id, at, body }, keys);
  return postWebhook({ address, headers, body, signal }, now);
}
