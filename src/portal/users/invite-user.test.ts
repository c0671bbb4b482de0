import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inviteUser, listUsers, lookUpInvitation } from '../../contract/users.ts';
import {
  problemOf,
  startPortalOfPeople,
  tokenOf,
  type PortalOfPeople,
} from '../../testing/portal-people.ts';
import { startSmtpServer, type SmtpServer } from '../../testing/smtp-server.ts';
import { auditEvents } from '../storage/schema.ts';
import { portalUsers } from '../storage/provider-schema.ts';

let portal: PortalOfPeople;
let smtp: SmtpServer;
let time = new Date('2026-05-04T03:02:01Z').getTime();
const day = 24 * 3_600_000;

beforeAll(async () => {
  smtp = await startSmtpServer({ answers: { 'RCPT TO:<NOBODY@': '550 no such user' } });
  time = Date.now();
  portal = await startPortalOfPeople({
    now: () => new Date(time),
    env: {
      GATEHOUSE_SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
      GATEHOUSE_SMTP_FROM: 'gatehouse@example.com',
    },
  });
});
afterAll(async () => {
  await portal.close();
  await smtp.close();
});

const lookUp = (token: string) =>
  portal.ask({}, 'POST', '/invitations/look-up', { body: { token } });
const state = async (token: string) =>
  lookUpInvitation.response.parse((await lookUp(token)).body).state;
const inviting = (body: object, headers = portal.admin) =>
  portal.ask(headers, 'POST', '/users', { body });

const byNumber = (a: number, b: number) => a - b;

describe('an invitation’s link', () => {
  it.each(['', 'x', 'A'.repeat(43), '%00', '\u0000'])('isn’t known: %j', async (token) => {
    expect(await lookUp(token)).toMatchObject({ status: 404, code: 'invitation_unknown' });
  });

  it('is good for seven days', async () => {
    const { token } = await portal.invite({ name: 'A', email: 'a@example.com', role: 'readOnly' });
    expect(await state(token)).toBe('open');
    time += 7 * day - 1000;
    expect(await state(token)).toBe('open');
    time += 1000;
    expect(await state(token)).toBe('expired');
    time -= 7 * day;
  });

  it('is no good once it was used, revoked or replaced', async () => {
    const { user, token } = await portal.invite({
      name: 'B',
      email: 'b@example.com',
      role: 'readOnly',
    });
    const path = `/users/${user.id}/invitation`;
    expect((await portal.ask(portal.admin, 'DELETE', path)).status).toBe(204);
    expect((await portal.ask(portal.admin, 'DELETE', path)).status).toBe(204);
    expect(await state(token)).toBe('revoked');
    expect(await portal.user(user.id)).toMatchObject({
      status: 'invited',
      invitation: { state: 'revoked' },
    });
    const { body } = await portal.ask(portal.admin, 'POST', path);
    const again = tokenOf(inviteUser.response.parse(body).invitationLink);
    expect(await lookUp(token)).toMatchObject({ status: 404 });
    expect(await state(again)).toBe('open');
    const { headers } = await portal.person({ email: 'b@example.com' });
    expect((await portal.ask(headers, 'GET', '/me')).status).toBe(200);
    expect(await state(again)).toBe('used');
    for (const method of ['POST', 'DELETE'] as const) {
      expect(await portal.ask(portal.admin, method, path)).toMatchObject({
        status: 409,
        code: 'invitation_used',
      });
    }
  });

  it('tells whose it is and no more, whoever is signed in', async () => {
    const { token } = await portal.invite({ name: 'C', email: 'c@example.com', role: 'admin' });
    const other = await portal.ask(portal.admin, 'POST', '/invitations/look-up', {
      body: { token },
    });
    expect(other.body).toEqual((await lookUp(token)).body);
    expect(other.body).toEqual({
      state: 'open',
      name: 'C',
      email: 'c@example.com',
      role: 'admin',
      expiresAt: new Date(time + 7 * day).toISOString(),
    });
  });

  it('is kept as a hash only', async () => {
    const { token } = await portal.invite({ name: 'D', email: 'd@example.com', role: 'admin' });
    expect(token).toMatch(/^[\w-]{43}$/u);
    const rows = JSON.stringify(await portal.database.db.select().from(portalUsers));
    const events = JSON.stringify(
      await portal.database.db.select().from(auditEvents).orderBy(auditEvents.sequence),
    );
    expect(rows + events).not.toContain(token);
  });
});

describe('looking invitations up', () => {
  it('is limited by address', async () => {
    const limits = { person: 100, failures: 100, open: 3, recovery: 100 };
    const limited = await startPortalOfPeople({ limits });
    const tries = await Promise.all(
      Array.from({ length: 5 }, () =>
        limited.ask({}, 'POST', '/invitations/look-up', { body: { token: 'x' } }),
      ),
    );
    await limited.close();
    expect(tries.map(({ status }) => status).toSorted(byNumber)).toEqual([404, 404, 404, 429, 429]);
  });
});

describe('inviting somebody', () => {
  it.each([
    [{ name: '', email: 'x@example.com', role: 'admin' }, '/name'],
    [{ name: 'x\r\nBcc: y@example.com', email: 'x@example.com', role: 'admin' }, '/name'],
    [{ name: 'x\u202Ey', email: 'x@example.com', role: 'admin' }, '/name'],
    [{ name: 'x', email: 'x', role: 'admin' }, '/email'],
    [{ name: 'x', email: 'x@example.com\r\nBcc: y@example.com', role: 'admin' }, '/email'],
    [{ name: 'x', email: 'x@example.com, y@example.com', role: 'admin' }, '/email'],
    [{ name: 'x', email: '"x" <x@example.com>', role: 'admin' }, '/email'],
    [{ name: 'x', email: '\u0430da@example.com', role: 'admin' }, '/email'],
    [{ name: 'x', email: `${'x'.repeat(250)}@example.com`, role: 'admin' }, '/email'],
    [{ name: 'x', email: 'x@example.com', role: 'owner' }, '/role'],
  ])('is refused at the field: %j', async (body, path) => {
    const { errors } = problemOf(await inviting(body));
    expect(errors).toMatchObject([{ path }]);
  });

  it('is for Admins', async () => {
    const { headers } = await portal.linked('reader@example.com', 'readOnly');
    const wish = { name: 'x', email: 'x@example.com', role: 'readOnly' };
    expect(await inviting(wish, headers)).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await portal.ask(headers, 'GET', '/users')).status).toBe(403);
  });

  it('takes an address once, in whatever case', async () => {
    await portal.invite({ name: 'Eve', email: 'Eve@Example.com', role: 'readOnly' });
    const again = await inviting({ name: 'x', email: ' eVe@example.COM ', role: 'admin' });
    expect(again).toMatchObject({ status: 409, code: 'address_in_use' });
    expect(problemOf(again).errors).toMatchObject([{ path: '/email', code: 'address_in_use' }]);
  });

  it('lets one of two who invite the same at once through', async () => {
    const wish = { name: 'F', email: 'f@example.com', role: 'readOnly' };
    const both = await Promise.all([inviting(wish), inviting(wish)]);
    expect(both.map(({ status }) => status).toSorted(byNumber)).toEqual([200, 409]);
  });

  it('sends the link, and keeps the invitation where that fails', async () => {
    const { user, token } = await portal.invite({
      name: 'G',
      email: 'g@example.com',
      role: 'admin',
    });
    expect(user.invitation).toMatchObject({ state: 'open', mail: 'sent' });
    expect(smtp.mails.at(-1)?.replaceAll('=\r\n', '')).toContain(token);
    const failed = await portal.invite({ name: 'H', email: 'nobody@h.example', role: 'admin' });
    expect(failed.user.invitation?.mail).toContain('550 no such user');
    expect(await portal.user(failed.user.id)).toEqual(failed.user);
    expect(await state(failed.token)).toBe('open');
  });

  it('is audited', async () => {
    const { user } = await portal.invite({ name: 'I', email: 'i@example.com', role: 'readOnly' });
    await portal.ask(portal.admin, 'POST', `/users/${user.id}/invitation`);
    await portal.ask(portal.admin, 'DELETE', `/users/${user.id}/invitation`);
    const events = await portal.database.db
      .select()
      .from(auditEvents)
      .orderBy(auditEvents.sequence);
    expect(events.slice(-3)).toMatchObject([
      {
        action: 'user.invited',
        subject: 'I',
        actor: { name: 'Ada Admin' },
        after: { email: 'i@example.com', role: 'readOnly' },
      },
      { action: 'invitation.resent' },
      { action: 'invitation.revoked' },
    ]);
  });

  it('is listed by name', async () => {
    const { body } = await portal.ask(portal.admin, 'GET', '/users');
    const { users } = listUsers.response.parse(body);
    const names = users.map(({ name }) => name.toLowerCase());
    expect(names).toEqual(names.toSorted());
    expect(users.find(({ name }) => name === 'I')).toMatchObject({
      createdBy: 'Ada Admin',
      you: false,
      linked: null,
    });
  });
});
