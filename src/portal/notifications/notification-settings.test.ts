import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listAuditEvents } from '../../contract/activity.ts';
import { notificationSettings, putNotificationSettings } from '../../contract/notifications.ts';
import { activeProvider, storedCredential } from '../../testing/provider-rows.ts';
import {
  portalGroups,
  startTestPortal,
  type Api,
  type TestPortal,
} from '../../testing/test-portal.ts';
import {
  isSignedBy,
  startWebhookReceiver,
  type WebhookReceiver,
} from '../../testing/webhook-receiver.ts';

const path = '/notification-settings';

let portal: TestPortal;
let receiver: WebhookReceiver;
let admin: Api;

beforeAll(async () => {
  portal = await startTestPortal();
  admin = await portal.as(portalGroups.admin);
});
afterAll(() => portal.close());
beforeEach(async () => {
  receiver = await startWebhookReceiver();
});
afterEach(() => receiver.close());

async function current() {
  return notificationSettings.parse((await admin('GET', path)).body);
}

async function put(webhookUrl: string | null, newSecret = false) {
  const { revision } = await current();
  const answer = await admin('PUT', path, { body: { webhookUrl, newSecret }, ifMatch: revision });
  expect(answer.status).toBe(200);
  return putNotificationSettings.response.parse(answer.body);
}

// In this order: they are the settings of one portal.
describe('notification settings', () => {
  it('have no webhook at first, and no test can be sent', async () => {
    expect(await current()).toEqual({
      revision: '1',
      webhookUrl: null,
      secretSet: false,
      lastDelivery: null,
    });
    expect(await admin('POST', `${path}/test`)).toMatchObject({
      status: 409,
      body: { code: 'no_webhook' },
    });
  });

  it('show the secret once, and send a signed test', async () => {
    const { secret, settings } = await put(`  ${receiver.url} `);
    expect(secret).toMatch(/^whsec_/u);
    expect(settings).toMatchObject({ webhookUrl: receiver.url, secretSet: true });
    expect(JSON.stringify(await admin('GET', path))).not.toContain('whsec_');
    const test = await admin('POST', `${path}/test`);
    expect(test.body).toEqual({ delivered: true, detail: 'It answered 204.' });
    expect(receiver.messages[0]?.payload.type).toBe('webhook.test');
    expect(isSignedBy(receiver.messages[0] ?? fail(), secret ?? '')).toBe(true);
    expect((await current()).lastDelivery).toMatchObject({
      event: 'webhook.test',
      state: 'delivered',
      attempts: 1,
      detail: 'It answered 204.',
    });
  });

  it('sign with both secrets for a day after another was made', async () => {
    const first = await put(receiver.url, true);
    const second = await put(receiver.url, true);
    await admin('POST', `${path}/test`);
    const [message = fail()] = receiver.messages;
    expect(first.secret).not.toBe(second.secret);
    expect(isSignedBy(message, first.secret ?? '')).toBe(true);
    expect(isSignedBy(message, second.secret ?? '')).toBe(true);
  });

  it('tell at once what expires when an address is entered, and drop what waits with it', async () => {
    const { pool } = portal.database;
    await put(null);
    const providerId = await activeProvider(pool);
    const expiresAt = new Date(Date.now() + 86_400_000);
    await storedCredential(pool, { providerId, expiresAt });
    const arrived = new Promise<void>((resolve) => {
      receiver.answerBy((_message, response) => {
        response.writeHead(500).end();
        resolve();
      });
    });
    await put(receiver.url);
    await arrived;
    await expect.poll(async () => (await current()).lastDelivery?.state).toBe('waiting');
    await put(null);
    const { rows } = await pool.query(
      "select 1 from notification_deliveries where event like 'credential%'",
    );
    expect(rows).toEqual([]);
    expect(await current()).toMatchObject({ webhookUrl: null, secretSet: false });
  });

  it('can be changed while a slow receiver holds a message', async () => {
    let answer = (): void => undefined;
    const arrived = new Promise<void>((resolve) => {
      receiver.answerBy((_message, response) => {
        answer = () => void response.writeHead(500).end();
        resolve();
      });
    });
    await put(receiver.url);
    await arrived;
    await put(null);
    answer();
    await expect
      .poll(async () => (await current()).lastDelivery)
      .toMatchObject({ detail: 'It answered 500.', attempts: 1 });
  });

  it('are audited without the path, which may let in whoever knows it', async () => {
    await put('https://hooks.example.com/services/T000/secret-part');
    const { events } = listAuditEvents.response.parse((await admin('GET', '/audit-events')).body);
    expect(events[0]).toMatchObject({
      action: 'notificationSettings.changed',
      after: { webhook: 'https://hooks.example.com/…', newSecret: true },
    });
    expect(JSON.stringify(events)).not.toMatch(/secret-part|whsec_/u);
    const analyst = await portal.as(portalGroups.securityAnalyst);
    expect(await analyst('GET', path)).toMatchObject({
      status: 200,
      body: { webhookUrl: 'https://hooks.example.com/…' },
    });
  });

  it.each([
    ['http://hooks.example.com/', 'must be https, except for localhost'],
    ['http://127.0.0.1.example.com/', 'must be https, except for localhost'],
    ['https://ada:pass@hooks.example.com/', 'must name no user and no password'],
    ['https://hooks.example.com/#here', 'must have nothing after a #'],
    ['https://169.254.169.254/latest', 'must not be a link-local address'],
    ['https://0xa9fea9fe/latest', 'must not be a link-local address'],
    ['https://[fe80::1]/', 'must not be a link-local address'],
    [
      'file:///etc/passwd',
      'must begin with https://, such as https://alerts.example.com/gatehouse',
    ],
    ['https://hooks.example.com/\0', 'must have no spaces or invisible characters'],
    ['https://hooks.exa\tmple.com/', 'must have no spaces or invisible characters'],
    ['nonsense', 'must begin with https://, such as https://alerts.example.com/gatehouse'],
  ])('R21: refuse %s at its field', async (webhookUrl, message) => {
    const { revision } = await current();
    const answer = await admin('PUT', path, {
      body: { webhookUrl, newSecret: false },
      ifMatch: revision,
    });
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ path: '/webhookUrl', message }] },
    });
  });

  it('R7, R10: refuse a stale revision, and roles that may not', async () => {
    const body = { webhookUrl: null, newSecret: false };
    expect((await admin('PUT', path, { body, ifMatch: '1' })).status).toBe(412);
    expect((await admin('PUT', path, { body })).status).toBe(428);
    const { revision } = await current();
    const analyst = await portal.as(portalGroups.securityAnalyst);
    expect((await analyst('PUT', path, { body, ifMatch: revision })).status).toBe(403);
    expect((await analyst('POST', `${path}/test`)).status).toBe(403);
  });
});

function fail(): never {
  throw new Error('nothing has arrived');
}
