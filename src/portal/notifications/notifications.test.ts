import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startNotifier } from '../../testing/notifier.ts';
import { activeProvider, storedCredential } from '../../testing/provider-rows.ts';
import { startSource } from '../../testing/source-process.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import {
  isSignedBy,
  startWebhookReceiver,
  type WebhookReceiver,
} from '../../testing/webhook-receiver.ts';
import { createSecretBox } from '../storage/secret-box.ts';
import type { Notifications } from './notifications.ts';
import { replaceWebhookSecret } from './webhook-secret.ts';

const day = 86_400_000;
const expiresAt = new Date('2027-03-01T12:00:00Z');
const key = randomBytes(32);
const secrets = createSecretBox(() => [key]);

let database: TestDatabase;
let receiver: WebhookReceiver;
let secret = '';
let running: Notifications[] = [];
let clock = new Date(expiresAt.getTime() - 40 * day);

beforeEach(async () => {
  [database, receiver] = await Promise.all([createTestDatabase(), startWebhookReceiver()]);
  clock = new Date(expiresAt.getTime() - 40 * day);
  const made = replaceWebhookSecret(null, secrets, clock);
  secret = made.secret;
  await database.pool.query(
    'update notification_settings set webhook_url = $1, sealed_secret = $2',
    [receiver.url, made.sealed],
  );
});
afterEach(async () => {
  for (const each of running.splice(0)) await each.close();
  running = [];
  await receiver.close();
  await database.drop();
});

function notifier(): Notifications {
  const started = startNotifier({ database, secrets, now: () => clock });
  running.push(started);
  return started;
}

function at(daysBefore: number): void {
  clock = new Date(expiresAt.getTime() - daysBefore * day);
}

const types = () => receiver.messages.map(({ payload }) => payload.type);

describe('notifications', () => {
  it('tell each state of a credential once, signed, and nothing secret', async () => {
    const providerId = await activeProvider(database.pool);
    const credentialId = await storedCredential(database.pool, { providerId, expiresAt });
    const { look } = notifier();
    for (const days of [40, 31, 30, 29, 15, 14, 13, 7, 6, 1, 0.5, 0, -1, -100]) {
      at(days);
      await look();
      await look();
    }
    expect(types()).toEqual([
      'credential.expiring',
      'credential.expiring',
      'credential.expiring',
      'credential.expiring',
      'credential.expired',
    ]);
    const days = receiver.messages.map(
      ({ payload }) => (payload.data as { daysLeft: number }).daysLeft,
    );
    expect(days).toEqual([30, 14, 7, 1, 0]);
    expect(receiver.messages.every((message) => isSignedBy(message, secret))).toBe(true);
    expect(new Set(receiver.messages.map(({ id }) => id)).size).toBe(5);
    expect(receiver.messages[0]?.payload).toEqual({
      type: 'credential.expiring',
      timestamp: new Date(expiresAt.getTime() - 30 * day).toISOString(),
      data: {
        provider: { id: providerId, name: 'Contoso' },
        credential: { id: credentialId, kind: 'secret', hint: 'abc' },
        expiresAt: expiresAt.toISOString(),
        daysLeft: 30,
        link: `https://gatehouse.example/single-sign-on/${providerId}`,
      },
    });
  });

  it('tell only the state that holds when nobody looked for long', async () => {
    const providerId = await activeProvider(database.pool);
    await storedCredential(database.pool, { providerId, expiresAt });
    at(5);
    await notifier().look();
    expect(receiver.messages).toHaveLength(1);
  });

  it('tell nothing of what another secret has replaced', async () => {
    const providerId = await activeProvider(database.pool);
    await storedCredential(database.pool, { providerId, expiresAt, status: 'standby' });
    const later = new Date(expiresAt.getTime() + 300 * day);
    await storedCredential(database.pool, { providerId, expiresAt: later });
    at(5);
    await notifier().look();
    expect(receiver.messages).toEqual([]);
  });

  it('try again with the same id and a new time until the receiver takes it', async () => {
    const providerId = await activeProvider(database.pool);
    await storedCredential(database.pool, { providerId, expiresAt });
    at(30);
    receiver.answerBy((_message, response) => void response.writeHead(500).end());
    const { look, deliver } = notifier();
    await look();
    await deliver();
    expect(receiver.messages).toHaveLength(1);
    clock = new Date(clock.getTime() + 70_000);
    await deliver();
    await deliver();
    receiver.answerBy((_message, response) => void response.writeHead(200).end());
    clock = new Date(clock.getTime() + 140_000);
    await deliver();
    clock = new Date(clock.getTime() + day);
    await deliver();
    const [first, second, third, ...more] = receiver.messages;
    expect(more).toEqual([]);
    expect(new Set([first?.id, second?.id, third?.id]).size).toBe(1);
    expect((third?.timestamp ?? 0) - (first?.timestamp ?? 0)).toBe(210);
    expect(receiver.messages.every((message) => isSignedBy(message, secret))).toBe(true);
    const { rows } = await database.pool.query(
      'select attempts, detail from notification_deliveries',
    );
    expect(rows).toEqual([{ attempts: 3, detail: 'It answered 200.' }]);
  });

  it('give up after three days, and never tell that state again', async () => {
    const providerId = await activeProvider(database.pool);
    await storedCredential(database.pool, { providerId, expiresAt });
    at(30);
    receiver.answerBy((_message, response) => void response.writeHead(503).end());
    const { look, deliver } = notifier();
    await look();
    for (let hours = 0; hours < 24 * 5; hours += 1) {
      clock = new Date(clock.getTime() + 3_600_000);
      await deliver();
    }
    const { rows } = await database.pool.query<{ next_attempt_at: Date | null; attempts: number }>(
      'select next_attempt_at, attempts from notification_deliveries',
    );
    expect(rows).toEqual([{ next_attempt_at: null, attempts: receiver.messages.length }]);
    await look();
    const { length } = receiver.messages;
    expect(length).toBeGreaterThan(8);
    await look();
    expect(receiver.messages).toHaveLength(length);
  });

  it('are sent once by two instances', async () => {
    const providerId = await activeProvider(database.pool);
    for (const hint of ['one', 'two', 'six']) {
      await storedCredential(database.pool, { providerId, expiresAt, status: 'standby', hint });
    }
    at(7);
    // Slow, so that both instances are at it at the same time.
    receiver.answerBy((_message, response) => {
      setTimeout(() => response.writeHead(204).end(), 60);
    });
    const [one, other] = [notifier(), notifier()];
    await Promise.all([one.look(), other.look()]);
    await Promise.all([one.deliver(), other.deliver()]);
    expect(receiver.messages).toHaveLength(3);
    expect(new Set(receiver.messages.map(({ id }) => id)).size).toBe(3);
  });

  it('are sent again by the next portal when one is killed on the way', async () => {
    const soon = new Date(Date.now() + 6.5 * day);
    const providerId = await activeProvider(database.pool);
    await storedCredential(database.pool, { providerId, expiresAt: soon });
    const args = [database.url, key.toString('base64')];
    const file = new URL('../../testing/notifier.ts', import.meta.url);
    for (let round = 0; round < 2; round += 1) {
      const victim = startSource(file, args);
      receiver.answerBy(() => void victim.child.kill('SIGKILL'));
      await victim.ended;
    }
    expect(receiver.messages).toHaveLength(2);
    receiver.answerBy((_message, response) => void response.writeHead(204).end());
    for (let round = 0; round < 2; round += 1) {
      const portal = startSource(file, args);
      await portal.line(/done/u);
      await portal.ended;
    }
    expect(receiver.messages).toHaveLength(3);
    expect(new Set(receiver.messages.map(({ id }) => id)).size).toBe(1);
  });

  it('wait for the next portal when this one is closed on the way', async () => {
    const providerId = await activeProvider(database.pool);
    await storedCredential(database.pool, { providerId, expiresAt });
    at(30);
    const arrived = new Promise<void>((resolve) => receiver.answerBy(() => resolve()));
    const first = notifier();
    await arrived;
    await first.close();
    receiver.answerBy((_message, response) => void response.writeHead(204).end());
    await notifier().deliver();
    const { rows } = await database.pool.query('select attempts from notification_deliveries');
    expect(rows).toEqual([{ attempts: 1 }]);
    expect(receiver.messages).toHaveLength(2);
  });
});
