import { afterEach, describe, expect, it } from 'vitest';
import { startSmtpServer, type SmtpBehaviour, type SmtpServer } from '../../testing/smtp-server.ts';
import { readSmtpUrl } from '../smtp-setting.ts';
import type { Invitation } from './invitation-mail.ts';
import { createMailer, transportOptions } from './mailer.ts';

const link = 'https://gatehouse.example.com/invitation#token=abc-_123';
const invitation: Invitation = {
  name: 'Ada Verhaegen',
  email: 'ada@example.com',
  role: 'securityAnalyst',
  invitedBy: 'Åsa & <b>Bo</b>',
  link,
  expiresAt: new Date('2026-05-04T03:02:01Z'),
};
const from = { name: 'Gatehouse', address: 'gatehouse@example.com' };
const opened: SmtpServer[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close();
});

async function send(behaviour: SmtpBehaviour, user = '', changes: Partial<Invitation> = {}) {
  const server = await startSmtpServer(behaviour);
  opened.push(server);
  const errors: unknown[] = [];
  const mail = createMailer({
    smtp: { server: readSmtpUrl(`smtp://${user}127.0.0.1:${server.port}`), from },
    publicUrl: 'https://gatehouse.example.com',
    onError: (error) => errors.push(error),
    patience: 300,
  });
  const outcome = await mail({ ...invitation, ...changes });
  return {
    outcome,
    mails: server.mails,
    commands: server.commands,
    told: errors.map(String).join(),
  };
}

/** Quoted-printable (RFC 2045, 6.7) and base64 parts read back. */
function plain(mail = ''): string {
  return mail
    .replaceAll(/=\r\n/gu, '')
    .replaceAll(/((?:=[0-9A-F]{2})+)/gu, (bytes) =>
      Buffer.from(bytes.replaceAll('=', ''), 'hex').toString(),
    );
}

describe('an invitation by mail', () => {
  it('says who invites whom as what, and what to do', async () => {
    const { outcome, mails, commands } = await send({ password: 'p@ss:w' }, 'me:p%40ss%3Aw@');
    expect(outcome).toBe('sent');
    expect(commands).toContain('RCPT TO:<ada@example.com>');
    expect(commands).toContain('MAIL FROM:<gatehouse@example.com>');
    const mail = plain(mails[0]);
    expect(mail).toContain('To: Ada Verhaegen <ada@example.com>');
    expect(mail).toContain('Auto-Submitted: auto-generated');
    expect(mail).toContain(`\r\n${link}\r\n`);
    expect(mail).toContain(`<a href="${link}">`);
    expect(mail).toContain('with the role Security analyst');
    expect(mail).toContain('2026-05-04 03:02 UTC');
    expect(mail).toContain('Åsa &amp; &lt;b&gt;Bo&lt;/b&gt; invites');
  });

  it.each([
    ['CR and LF', 'Ada\r\nBcc: mallory@example.com\r\n\r\nhello'],
    ['LF', 'Ada\nBcc: mallory@example.com'],
    ['CR', 'Ada\rBcc: mallory@example.com'],
    ['a line separator', 'Ada\u2028Bcc: mallory@example.com'],
    ['an address', 'Ada <mallory@example.com>, x'],
    ['a quotation mark', 'Ada" <mallory@example.com>, "x'],
  ])('gets no header and nobody else from a name with %s', async (_what, name) => {
    const { mails, commands } = await send({}, '', { name });
    const [header = ''] = (mails[0] ?? '').split('\r\n\r\n');
    expect(header).not.toMatch(/^bcc:/imu);
    expect(header.match(/^to:/gimu)).toHaveLength(1);
    expect(commands.filter((one) => one.startsWith('RCPT'))).toEqual(['RCPT TO:<ada@example.com>']);
  });

  it.each([
    ['a wrong password', { password: 'other' }, 'refuses the user or the password'],
    ['an address it doesn’t take', { answers: { RCPT: '550 no such user' } }, 'the address: '],
    ['a mail it doesn’t take', { answers: { DATA: '554 spam' } }, 'the mail'],
    ['no word', { answers: { CONNECT: null } }, 'doesn’t answer in time'],
    ['silence at the end', { answers: { DATA: null } }, 'doesn’t answer in time'],
    ['another protocol', { answers: { CONNECT: 'HTTP/1.1 400 Bad Request' } }, 'the mail server'],
  ] as const)('says why it didn’t go: %s', async (_what, behaviour, reason) => {
    const { outcome, told } = await send(behaviour, 'me:hunter2@');
    expect(outcome).toContain(reason);
    expect(told).toContain(outcome);
    expect(`${outcome}${told}`).not.toContain('hunter2');
  });

  it('says that nothing answers', async () => {
    const gone = await startSmtpServer();
    await gone.close();
    const server = readSmtpUrl(`smtp://127.0.0.1:${gone.port}`);
    const options = { publicUrl: 'https://gatehouse.example.com', onError: () => undefined };
    const mail = createMailer({ smtp: { server, from }, ...options });
    expect(await mail(invitation)).toContain('can’t be reached');
  });
});

describe('the connection to the mail server', () => {
  it('is encrypted wherever a network lies between', () => {
    const over = (url: string) => transportOptions(readSmtpUrl(url), 1);
    expect(over('smtp://mail.example.com')).toMatchObject({
      port: 587,
      secure: false,
      requireTLS: true,
      ignoreTLS: false,
    });
    expect(over('smtps://mail.example.com')).toMatchObject({ port: 465, secure: true });
    expect(over('smtp://localhost:25')).toMatchObject({ port: 25, requireTLS: false });
    expect(over('smtp://127.0.0.1.example.com')).toMatchObject({ requireTLS: true });
    expect(over('smtp://[::1]')).toMatchObject({ host: '::1', requireTLS: false });
  });

  it('carries neither password nor mail without encryption', async () => {
    const server = await startSmtpServer({ password: 'hunter2' });
    opened.push(server);
    const { createTransport } = await import('nodemailer');
    const elsewhere = transportOptions(readSmtpUrl('smtp://me:hunter2@mail.example.com'), 1000);
    const transport = createTransport({ ...elsewhere, host: '127.0.0.1', port: server.port });
    const mail = { from: 'a@example.com', to: 'b@example.com', text: 'x' };
    await expect(transport.sendMail(mail)).rejects.toMatchObject({ code: 'ETLS' });
    expect(server.commands.filter((one) => /^(?:AUTH|MAIL)/u.test(one))).toEqual([]);
  });
});
