import {
  getNotificationSettings,
  putNotificationSettings,
  testNotification,
} from '../../contract/notifications.ts';
import type { Routes } from '../http/serve.ts';
import type { AppendAudit } from '../storage/audit-log.ts';
import type { Database } from '../storage/database.ts';
import type { SecretBox } from '../storage/secret-box.ts';
import { changeNotificationSettings, readNotificationSettings } from './change-settings.ts';
import { deliverNext } from './deliver.ts';
import { enterEvents, type ExpiringCredential } from './enter-events.ts';
import { sendTest } from './send-test.ts';

const lookEvery = 3_600_000;
const deliverEvery = 30_000;

export interface NotificationOptions {
  readonly database: Pick<Database, 'db'>;
  readonly secrets: SecretBox;
  readonly appendAudit: AppendAudit;
  readonly expiringCredentials: () => Promise<readonly ExpiringCredential[]>;
  readonly publicUrl: string;
  readonly now: () => Date;
  readonly onError: (error: unknown) => void;
}

export interface Notifications {
  readonly routes: Routes;
  /** Enters what is due and sends it, as each hour does. */
  readonly look: () => Promise<void>;
  /** Sends what waits and is due, as each half minute does. */
  readonly deliver: () => Promise<void>;
  /** Ends what is being sent: it stays due, and is sent by the next portal. */
  readonly close: () => Promise<void>;
}

/** Tells the webhook of secrets that expire. Each instance of the portal runs it. */
export function createNotifications(options: NotificationOptions): Notifications {
  const { database, publicUrl, now, onError } = options;
  const ending = new AbortController();
  const unlessEnding = (error: unknown): void => {
    if (!ending.signal.aborted) onError(error);
  };
  const background = (task: () => Promise<void>) => () => void task().catch(unlessEnding);

  let delivering: Promise<void> | null = null;
  /** Something was entered while others were being sent: the last look may have missed it. */
  let more = false;

  function deliver(): Promise<void> {
    more = true;
    return (delivering ??= deliverAll());
  }

  async function deliverAll(): Promise<void> {
    try {
      while (more && !ending.signal.aborted) {
        more = false;
        while (!ending.signal.aborted && (await deliverNext(options, ending.signal)));
      }
    } finally {
      delivering = null;
    }
  }

  async function look(): Promise<void> {
    if (await enterEvents(options)) await deliver();
  }

  const timers = [
    setInterval(background(look), lookEvery).unref(),
    setInterval(background(deliver), deliverEvery).unref(),
  ];
  const first = look().catch(unlessEnding);

  const routes: Routes = (serve) => {
    serve(getNotificationSettings, ({ asker }) => readNotificationSettings(database.db, asker));

    serve(putNotificationSettings, async ({ body, ifMatch, asker, address }) => {
      const change = { ...body, ifMatch, asker, address, now: now() };
      const { settings, secret } = await changeNotificationSettings(change, options);
      background(async () => {
        await look();
        await deliver();
      })();
      return { revision: settings.revision, settings, secret };
    });

    serve(testNotification, () => sendTest(options, publicUrl, ending.signal));
  };

  return {
    routes,
    look,
    deliver,
    async close() {
      for (const timer of timers) clearInterval(timer);
      ending.abort();
      await first;
      await delivering?.catch(unlessEnding);
    },
  };
}
