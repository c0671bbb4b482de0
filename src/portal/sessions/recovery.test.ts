import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problem } from '../../contract/problem.ts';
import {
  cookieOf,
  openSession,
  publicUrl,
  startBarePortal,
  type BarePortal,
} from '../../testing/bare-portal.ts';
import { recoveryLinks, recoverySessions } from '../storage/recovery-schema.ts';
import { auditEvents } from '../storage/schema.ts';

let portal: BarePortal;
let now = Date.now();
const minute = 60_000;

beforeAll(async () => {
  portal = await startBarePortal({
    provider: false,
    now: () => new Date(now),
    limits: { person: 1e6, failures: 1e6, open: 1e6, recovery: 1e6 },
  });
});
afterAll(() => portal.close());

const redeem = (token: string) => portal.app.inject(openSession(token));
const me = (headers: Record<string, string>) => portal.app.inject({ url: '/api/v1/me', headers });

describe('a recovery link', () => {
  it('opens a session as Admin, in a cookie that only this host gets', async () => {
    const answer = await redeem(await portal.recoveryToken());
    expect(answer.statusCode).toBe(200);
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^__Host-gatehouse-recovery=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/u,
    );
    const { endsAt } = answer.json<{ endsAt: string }>();
    expect(new Date(endsAt).getTime()).toBe(now + 30 * minute);
    const who = await me({ cookie: cookieOf(answer.headers['set-cookie']) });
    expect(who.json()).toMatchObject({
      kind: 'recovery',
      portalRole: 'admin',
      objectId: null,
      sessionEndsAt: endsAt,
      sessionIdleMinutes: null,
    });
  });

  it('is good once, even when two redeem it at once', async () => {
    const token = await portal.recoveryToken();
    const answers = await Promise.all([redeem(token), redeem(token), redeem(token)]);
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    const again = problem.parse((await redeem(token)).json());
    expect([again.status, again.code]).toEqual([403, 'recovery_link_used']);
    expect(again.detail).toContain('gatehouse recover');
  });

  it('is good for 15 minutes', async () => {
    const token = await portal.recoveryToken();
    now += 15 * minute;
    expect((await redeem(token)).json()).toMatchObject({ code: 'recovery_link_expired' });
  });

  it('isn’t guessed', async () => {
    expect((await redeem('x'.repeat(43))).json()).toMatchObject({ code: 'recovery_link_unknown' });
    expect((await redeem('x'.repeat(201))).statusCode).toBe(400);
  });

  it('opens nothing for a foreign page', async () => {
    const token = await portal.recoveryToken();
    for (const origin of ['https://evil.example', 'null', '']) {
      const answer = await portal.app.inject({ ...openSession(token), headers: { origin } });
      expect(answer.json()).toMatchObject({ status: 403, code: 'foreign_origin' });
    }
    expect((await redeem(token)).statusCode).toBe(200);
  });

  it('is stored as a hash only, and every use of it audited', async () => {
    const token = await portal.recoveryToken();
    const answer = await redeem(token);
    const secret = cookieOf(answer.headers['set-cookie']).split('=')[1] ?? '';
    const { db } = portal.database;
    const stored = JSON.stringify([
      await db.select().from(recoveryLinks),
      await db.select().from(recoverySessions),
      await db.select().from(auditEvents).orderBy(auditEvents.sequence),
    ]);
    expect(stored).not.toContain(token);
    expect(stored).not.toContain(secret);
    const actions = (await db.select().from(auditEvents).orderBy(auditEvents.sequence)).map(
      ({ action }) => action,
    );
    expect(new Set(actions)).toEqual(
      new Set(['recoveryLink.created', 'recoverySession.opened', 'recoverySession.refused']),
    );
  });
});

describe('a recovery session', () => {
  it('ends after 30 minutes', async () => {
    const headers = await portal.recover();
    now += 30 * minute - 1;
    expect((await me(headers)).statusCode).toBe(200);
    now += 1;
    const ended = problem.parse((await me(headers)).json());
    expect([ended.status, ended.code]).toEqual([401, 'recovery_session_ended']);
  });

  it('ends when it is closed', async () => {
    const headers = await portal.recover();
    const closed = await portal.app.inject({
      method: 'DELETE',
      url: '/api/v1/recovery-session',
      headers,
    });
    expect(closed.statusCode).toBe(204);
    expect(String(closed.headers['set-cookie'])).toContain('Expires=Thu, 01 Jan 1970');
    expect((await me(headers)).statusCode).toBe(401);
  });

  it('changes nothing for a foreign page', async () => {
    const { cookie = '' } = await portal.recover();
    const change = { method: 'DELETE', url: '/api/v1/portal-sessions/none' } as const;
    for (const origin of [undefined, 'https://evil.example', `${publicUrl}.evil.example`]) {
      const headers = { cookie, ...(origin === undefined ? {} : { origin }) };
      const answer = await portal.app.inject({ ...change, headers });
      expect(answer.json()).toMatchObject({ status: 403, code: 'foreign_origin' });
    }
    const own = await portal.app.inject({ ...change, headers: { cookie, origin: publicUrl } });
    expect(own.statusCode).toBe(404);
  });

  it('isn’t opened by a made-up cookie', async () => {
    expect((await me({ cookie: '__Host-gatehouse-recovery=x' })).statusCode).toBe(401);
    expect((await me({ cookie: 'gatehouse-recovery=x' })).json()).toMatchObject({
      code: 'not_signed_in',
    });
  });
});

it('without a provider, a token leads nowhere', async () => {
  const headers = { authorization: `Bearer ${await portal.issuer.token()}` };
  expect((await me(headers)).json()).toMatchObject({ status: 401, code: 'no_provider' });
});
