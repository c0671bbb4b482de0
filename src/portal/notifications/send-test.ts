import { randomUUID } from 'node:crypto';
import { ProblemError } from '../../server/problem-error.ts';
import { notificationDeliveries } from '../storage/provider-schema.ts';
import { readWebhook, sendOnce, type DeliveryDependencies } from './deliver.ts';

/** Sends a message that says nothing, once and now. Throws 409 where there is no webhook. */
export async function sendTest(
  deps: DeliveryDependencies,
  publicUrl: string,
  signal: AbortSignal,
): Promise<{ readonly delivered: boolean; readonly detail: string }> {
  const { database, now } = deps;
  const webhook = await readWebhook(database.db);
  if (webhook === null) {
    throw new ProblemError(409, 'no_webhook', 'There is no webhook yet. Enter its address first.');
  }
  const id = randomUUID();
  const at = now();
  const payload = {
    type: 'webhook.test',
    timestamp: at.toISOString(),
    data: { link: `${publicUrl}/single-sign-on` },
  };
  const { delivered, detail } = await sendOnce(deps, webhook, { id, payload }, signal);
  await database.db.insert(notificationDeliveries).values({
    id,
    onceKey: `test ${id}`,
    event: 'webhook.test',
    payload,
    attempts: 1,
    createdAt: at,
    lastAttemptAt: now(),
    deliveredAt: delivered ? now() : null,
    detail,
  });
  return { delivered, detail };
}
