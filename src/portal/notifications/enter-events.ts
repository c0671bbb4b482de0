import { inArray, sql } from 'drizzle-orm';
import { daysLeft, type ExpiryState } from '../../domain/secret-expiry.ts';
import type { Database, Drizzle } from '../storage/database.ts';
import { notificationDeliveries, providerCredentials } from '../storage/provider-schema.ts';
import { readWebhook } from './deliver.ts';

/** What the providers tell of a secret or a certificate that expires within 30 days, or has. */
export interface ExpiringCredential {
  readonly providerId: string;
  readonly providerName: string;
  readonly credentialId: string;
  readonly kind: 'secret' | 'certificate';
  readonly expiresAt: string;
  /** Another one that lasts longer has been verified already. */
  readonly replaced: boolean;
  readonly state: Exclude<ExpiryState, 'fine'>;
}

export interface EventDependencies {
  readonly database: Pick<Database, 'db'>;
  readonly expiringCredentials: () => Promise<readonly ExpiringCredential[]>;
  readonly publicUrl: string;
  readonly now: () => Date;
}

/**
 * Enters what the webhook is to be told now: each state of each credential once, whichever instance
 * looks first. States that nobody looked at meanwhile aren't told afterwards. True: something is new.
 */
export async function enterEvents(deps: EventDependencies): Promise<boolean> {
  const { database, expiringCredentials, now } = deps;
  await forgetDeleted(database.db);
  if ((await readWebhook(database.db)) === null) return false;
  const expiring = (await expiringCredentials()).filter(({ replaced }) => !replaced);
  if (expiring.length === 0) return false;
  const hints = await readHints(
    database.db,
    expiring.map(({ credentialId }) => credentialId),
  );
  const at = now();
  const entered = await database.db
    .insert(notificationDeliveries)
    .values(
      expiring.map((credential) => {
        const event = credential.state === 'expired' ? 'credential.expired' : 'credential.expiring';
        const hint = hints.get(credential.credentialId) ?? '';
        return {
          onceKey: `credential ${credential.credentialId} ${credential.state}`,
          event,
          payload: payloadOf(event, credential, hint, deps.publicUrl, at),
          createdAt: at,
          nextAttemptAt: at,
        };
      }),
    )
    .onConflictDoNothing()
    .returning({ id: notificationDeliveries.id });
  return entered.length > 0;
}

/** The form of Standard Webhooks: `type`, `timestamp`, `data`. No secret is in it (R20). */
function payloadOf(
  type: string,
  credential: ExpiringCredential,
  hint: string,
  publicUrl: string,
  at: Date,
): unknown {
  const { providerId, providerName, credentialId, kind, expiresAt } = credential;
  return {
    type,
    timestamp: at.toISOString(),
    data: {
      provider: { id: providerId, name: providerName },
      credential: { id: credentialId, kind, hint },
      expiresAt,
      daysLeft: daysLeft(new Date(expiresAt), at),
      link: `${publicUrl}/single-sign-on/${encodeURIComponent(providerId)}`,
    },
  };
}

async function readHints(
  db: Pick<Drizzle, 'select'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .select({ id: providerCredentials.id, hint: providerCredentials.hint })
    .from(providerCredentials)
    .where(inArray(providerCredentials.id, [...ids]));
  return new Map(rows.map(({ id, hint }) => [id, hint]));
}

/** Those of credentials that are no more, and tests, a month after they were sent or given up. */
async function forgetDeleted(db: Pick<Drizzle, 'execute'>): Promise<void> {
  await db.execute(sql`
    delete from notification_deliveries
     where next_attempt_at is null and created_at < now() - interval '30 days'
       and not exists (select 1 from provider_credentials
                        where id::text = payload #>> '{data,credential,id}')`);
}
