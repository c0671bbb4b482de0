import type { ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { secretInput } from '../../testing/provider-api.ts';
import { tokenOf } from '../../testing/portal-people.ts';
import { startSmtpServer, type SmtpServer } from '../../testing/smtp-server.ts';
import { startWebPortal, type WebBrowser, type WebPortal } from '../../testing/web-portal.ts';
import { webVisitor, type WebVisitor } from '../../testing/web-visitor.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../../testing/webhook-receiver.ts';

const smtpPassword = 'password-of-the-mail-server';
const entered = 'secret-that-is-entered-in-the-form';
const refreshToken = 'refresh-token-of-the-session';
const webhookKey = 'key-in-the-address-of-the-webhook';

let log = '';
/** What must be in no line of it. */
const secrets = new Set<string>([smtpPassword, entered, refreshToken, webhookKey]);
const stream = new Writable({
  write(chunk: Buffer, _encoding, done) {
    log += chunk.toString();
    done();
  },
});

let mailServer: SmtpServer;
let receiver: WebhookReceiver;
let portal: WebPortal;
let visitor: WebVisitor;
let browser: WebBrowser;
let now = Date.now();

beforeAll(async () => {
  mailServer = await startSmtpServer({ password: 'another one' });
  receiver = await startWebhookReceiver();
  portal = await startWebPortal({
    logger: pino({ level: 'trace' }, stream),
    now: () => new Date(now),
    env: {
      GATEHOUSE_SMTP_URL: `smtp://mailer:${smtpPassword}@127.0.0.1:${mailServer.port}`,
      GATEHOUSE_SMTP_FROM: 'gatehouse@example.com',
    },
  });
  visitor = webVisitor(portal, () => now);
});
afterAll(async () => {
  await portal.close();
  await receiver.close();
  await mailServer.close();
});
beforeEach(async () => {
  tells();
  browser = portal.browser();
  const location = await answered(await browser.begin());
  if (!location.startsWith('/sign-in/complete')) throw new Error(location);
});

function tells(others: Parameters<WebVisitor['tells']>[1] = {}): void {
  visitor.tells(
    { email: 'ada@example.com' },
    { tokens: { refresh_token: refreshToken }, ...others },
  );
}

/** Goes through the provider, and notes what is secret of it. */
async function answered(url: URL, change: (callback: URL) => void = () => undefined) {
  const callback = await browser.arrive(url);
  secrets.add(callback.searchParams.get('code') ?? '');
  change(callback);
  noteCookies();
  for (const name of ['state', 'nonce', 'code_challenge']) {
    secrets.add(url.searchParams.get(name) ?? '');
  }
  const location = await browser.answer(callback);
  noteCookies();
  return location;
}

/** Until a request waits for Entra to vouch anew; the session isn't idle meanwhile. */
async function anHour(): Promise<void> {
  for (const minutes of [29, 29]) {
    now += minutes * 60_000;
    expect((await browser.me()).statusCode).toBe(200);
  }
  now += 10 * 60_000;
}

function noteCookies(): void {
  for (const value of browser.cookies.values()) secrets.add(value);
}

function refusing(error: string, words: string) {
  return (response: ServerResponse) => {
    const body = JSON.stringify({ error, error_description: words });
    response.writeHead(400, { 'content-type': 'application/json' }).end(body);
  };
}

function expectNothingSecret(): void {
  secrets.delete('');
  expect(secrets.size).toBeGreaterThan(8);
  for (const secret of secrets) {
    expect(log).not.toContain(secret);
    expect(log).not.toContain(encodeURIComponent(secret));
  }
  // Tokens of every kind: JSON Web Tokens, and what the provider calls an access token.
  expect(log).not.toMatch(/eyJ|access-token-|whsec_|set-cookie/iu);
}

it('the log holds nothing of a sign-in through the server, whatever becomes of it', async () => {
  await answered(await browser.begin(), ({ searchParams }) => searchParams.delete('code'));
  await answered(await browser.begin(), ({ searchParams }) => {
    searchParams.delete('code');
    searchParams.set('error', 'access_denied');
    searchParams.set('error_description', 'AADSTS65004: Somebody declined-to-be-named.');
  });
  secrets.add('declined-to-be-named');
  await answered(await browser.begin(), (callback) => callback.searchParams.append('state', 'x'));
  tells({ answer: refusing('invalid_client', `AADSTS7000215: Not ${entered}.`) });
  expect(await answered(await browser.begin())).toContain('credential_refused');
  tells();
  const { pool } = portal.database;
  const begun = await browser.begin();
  await pool.query('alter table portal_sessions rename to away');
  expect(await answered(begun)).toContain('portal_unavailable');
  await pool.query('alter table away rename to portal_sessions');
  await anHour();
  tells({ answer: refusing('invalid_grant', `AADSTS50173: ${refreshToken} was revoked.`) });
  const over = await browser.me();
  expect(over.json()).toMatchObject({ code: 'session_ended', details: { reason: 'entraRefused' } });
  expect(log).toContain('7000215');
  expect(log).toContain('/sign-in/callback');
  expectNothingSecret();
});

it('the log holds nothing of a renewal, and of what is entered and verified', async () => {
  await anHour();
  tells();
  const renewals = () =>
    portal.provider.forms.filter((form) => form.get('refresh_token') === refreshToken);
  const before = renewals().length;
  expect((await browser.me()).statusCode).toBe(200);
  expect(renewals()).toHaveLength(before + 1);
  const path = `/providers/${portal.providerId}/credentials`;
  const added = await browser.call('POST', path, { body: secretInput(entered) });
  const { credentials } = added.json<{ credentials: { id: string; status: string }[] }>();
  const credentialId = credentials.find(({ status }) => status === 'unverified')?.id ?? '';
  const verification = `/providers/${portal.providerId}/verification`;
  const begun = await browser.call('POST', verification, { body: { credentialId } });
  const { url } = begun.json<{ url: string }>();
  expect(await answered(new URL(url))).toContain('window=verification');
  expect(portal.provider.forms.at(-1)?.get('client_secret')).toBe(entered);
  const { pool } = portal.database;
  await pool.query('alter table provider_credentials rename to away');
  const failed = await browser.call('POST', path, { body: secretInput(`${entered}-again`) });
  expect(failed.statusCode).toBe(500);
  await pool.query('alter table away rename to provider_credentials');
  const strange = { kind: 'secret', value: entered, expiresAt: 'tomorrow' };
  expect((await browser.call('POST', path, { body: strange })).statusCode).toBe(400);
  expectNothingSecret();
});

it('the log holds nothing of invitations, mail and webhooks', async () => {
  const wish = { name: 'Bo', email: 'bo@example.com', role: 'readOnly' };
  const invited = await browser.call('POST', '/users', { body: wish });
  const { invitationLink, user } = invited.json<{
    invitationLink: string;
    user: { id: string; invitation: { mail: string } };
  }>();
  // The mail server refuses the password, and repeats it.
  expect(user.invitation.mail).toContain('GATEHOUSE_SMTP_URL');
  expect(log).toContain('an invitation could not be mailed');
  const token = tokenOf(invitationLink);
  secrets.add(token);
  expect((await browser.call('POST', '/invitations/look-up', { body: { token } })).statusCode).toBe(
    200,
  );
  const other = 'o'.repeat(43);
  secrets.add(other);
  await browser.call('POST', '/invitations/look-up', { body: { token: other } });

  const settings = await browser.call('GET', '/notification-settings');
  const { revision } = settings.json<{ revision: string }>();
  const body = { webhookUrl: `${receiver.url}?key=${webhookKey}`, newSecret: true };
  const headers = { 'if-match': `"${revision}"` };
  const made = await browser.call('PUT', '/notification-settings', { body, headers });
  const { secret } = made.json<{ secret: string }>();
  secrets.add(secret.replace('whsec_', ''));
  const sent = async () =>
    (await browser.call('POST', '/notification-settings/test')).json<{ delivered: boolean }>();
  expect(await sent()).toMatchObject({ delivered: true });
  receiver.answerBy(({ signature }, response) => {
    secrets.add(signature);
    response.writeHead(500).end(`${signature} ${webhookKey}`);
  });
  expect(await sent()).toMatchObject({ delivered: false });
  expectNothingSecret();
});
