import { appendAudit } from '../portal/audit/append.ts';
import {
  createNotifications,
  type NotificationOptions,
  type Notifications,
} from '../portal/notifications/notifications.ts';
import { findExpiringCredentials } from '../portal/providers/expiring-credentials.ts';
import { openDatabase } from '../portal/storage/database.ts';
import { createSecretBox } from '../portal/storage/secret-box.ts';

/** What tells the webhook, as app.ts puts it together. */
export function startNotifier(
  options: Pick<NotificationOptions, 'database' | 'secrets'> & { readonly now?: () => Date },
): Notifications {
  const { database, now = () => new Date() } = options;
  return createNotifications({
    ...options,
    now,
    appendAudit,
    publicUrl: 'https://gatehouse.example',
    expiringCredentials: () => findExpiringCredentials(database.db, now()),
    onError: (error) => console.error(error),
  });
}

/** Looks and delivers in a process of its own, to be killed. */
export async function main([url = '', key = '']: string[]): Promise<void> {
  const database = await openDatabase({ url, dataDir: '/nowhere', poolSize: 2 });
  const secretKey = Buffer.from(key, 'base64');
  const notifier = startNotifier({ database, secrets: createSecretBox(() => [secretKey]) });
  await notifier.look();
  await notifier.deliver();
  process.stdout.write('done\n');
  await notifier.close();
  await database.close();
}
