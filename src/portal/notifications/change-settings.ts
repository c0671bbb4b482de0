import { desc, inArray, isNotNull, sql } from 'drizzle-orm';
import type { NotificationSettings } from '../../contract/notifications.ts';
import { roleAllows } from '../../domain/permissions.ts';
import { staleRevision } from '../../server/problem-error.ts';
import type { Asker } from '../http/asker.ts';
import { stillAllowed } from '../http/current-asker.ts';
import { actorOf } from '../http/principal.ts';
import type { AppendAudit } from '../storage/audit-log.ts';
import type { Database, Drizzle } from '../storage/database.ts';
import { notificationDeliveries, notificationSettings } from '../storage/provider-schema.ts';
import type { SecretBox } from '../storage/secret-box.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import { replaceWebhookSecret } from './webhook-secret.ts';

type Row = typeof notificationSettings.$inferSelect;

/** As this asker may see it: an address can be a secret itself, so only those who may change it see it whole. */
export async function readNotificationSettings(
  db: Pick<Drizzle, 'select'>,
  asker: Pick<Asker, 'portalRole'>,
): Promise<NotificationSettings> {
  const [row] = await db.select().from(notificationSettings);
  const settings = await shown(db, requireRow(row));
  return roleAllows(asker.portalRole, 'security.edit')
    ? settings
    : { ...settings, webhookUrl: withoutPath(settings.webhookUrl) };
}

export interface NotificationChange {
  readonly webhookUrl: string | null;
  readonly newSecret: boolean;
  readonly ifMatch: string | null;
  readonly asker: Asker;
  readonly address: string;
  readonly now: Date;
}

export interface NotificationChangeDependencies {
  readonly database: Pick<Database, 'db'>;
  readonly appendAudit: AppendAudit;
  readonly secrets: SecretBox;
}

/** Sets or removes the webhook. Answers its secret where one was made. Throws 412 for a stale revision (R7). */
export async function changeNotificationSettings(
  { webhookUrl, newSecret, ifMatch, asker, address, now }: NotificationChange,
  { database, appendAudit, secrets }: NotificationChangeDependencies,
): Promise<{ readonly settings: NotificationSettings; readonly secret: string | null }> {
  return database.db.transaction(async (tx) => {
    await stillAllowed(tx, asker, await takeWriteTurn(tx), 'security.edit');
    const [found] = await tx.select().from(notificationSettings).for('update');
    const row = requireRow(found);
    if (String(row.revision) !== ifMatch) throw staleRevision(await shown(tx, row));
    const made =
      webhookUrl !== null && (newSecret || row.sealedSecret === null)
        ? replaceWebhookSecret(row.sealedSecret, secrets, now)
        : null;
    if (made === null && webhookUrl === row.webhookUrl) {
      return { settings: await shown(tx, row), secret: null };
    }
    const [changed] = await tx
      .update(notificationSettings)
      .set({
        webhookUrl,
        sealedSecret: webhookUrl === null ? null : (made?.sealed ?? row.sealedSecret),
        revision: row.revision + 1,
      })
      .returning();
    // What is being sent just now isn't waited for: it finds the change when it is due again.
    const waiting = tx
      .select({ id: notificationDeliveries.id })
      .from(notificationDeliveries)
      .where(isNotNull(notificationDeliveries.nextAttemptAt))
      .for('update', { skipLocked: true });
    const which = inArray(notificationDeliveries.id, waiting);
    if (webhookUrl === null) await tx.delete(notificationDeliveries).where(which);
    // The new address may be what the waiting ones have waited for.
    else await tx.update(notificationDeliveries).set({ nextAttemptAt: now }).where(which);
    await appendAudit(tx, {
      actor: actorOf(asker.principal),
      address,
      action: 'notificationSettings.changed',
      outcome: 'succeeded',
      subject: 'Webhook',
      siteIds: [],
      before: { webhook: withoutPath(row.webhookUrl) },
      after: { webhook: withoutPath(webhookUrl), newSecret: made !== null },
    });
    return { settings: await shown(tx, requireRow(changed)), secret: made?.secret ?? null };
  });
}

/** Paths and queries of receivers' addresses often let in whoever knows them (R20). */
function withoutPath(url: string | null): string | null {
  if (url === null) return null;
  const { origin, pathname, search } = new URL(url);
  return pathname === '/' && search === '' ? origin : `${origin}/…`;
}

async function shown(db: Pick<Drizzle, 'select'>, row: Row): Promise<NotificationSettings> {
  const [last] = await db
    .select()
    .from(notificationDeliveries)
    .orderBy(
      desc(
        sql`coalesce(${notificationDeliveries.lastAttemptAt}, ${notificationDeliveries.createdAt})`,
      ),
      desc(notificationDeliveries.sequence),
    )
    .limit(1);
  return {
    revision: String(row.revision),
    webhookUrl: row.webhookUrl,
    secretSet: row.sealedSecret !== null,
    lastDelivery:
      last === undefined
        ? null
        : {
            at: (last.lastAttemptAt ?? last.createdAt).toISOString(),
            event: last.event,
            state:
              last.deliveredAt !== null
                ? 'delivered'
                : last.nextAttemptAt === null
                  ? 'givenUp'
                  : 'waiting',
            attempts: last.attempts,
            detail: last.detail,
          },
  };
}

function requireRow(row: Row | undefined): Row {
  if (row === undefined) throw new Error('notification_settings has lost its row');
  return row;
}
