import type { NotificationSettings } from '../../contract/notifications.ts';

type Delivery = NonNullable<NotificationSettings['lastDelivery']>;

const states: Readonly<Record<Delivery['state'], string>> = {
  delivered: 'Delivered',
  waiting: 'Not taken yet, is tried again; entered',
  givenUp: 'Given up; entered',
};

/** How the last message fared. */
export function deliveryWords({ state }: Pick<Delivery, 'state'>): string {
  return states[state];
}

/** What to send for what is typed; undefined where it is no address. Null: no webhook. */
export function webhookAddress(typed: string): string | null | undefined {
  const text = typed.trim();
  if (text === '') return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? text : undefined;
}
