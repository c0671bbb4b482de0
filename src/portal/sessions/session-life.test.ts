import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { randomUUID } from 'node:crypto';
import { groupId } from '../../testing/bare-portal.ts';
import { startWebPortal, webGroups, type WebPortal } from '../../testing/web-portal.ts';
import { ended, webVisitor, type WebVisitor } from '../../testing/web-visitor.ts';
import { portalSessions } from '../storage/provider-schema.ts';

let portal: WebPortal;
let visitor: WebVisitor;
let now = Date.now();
const minute = 60_000;

beforeAll(async () => {
  portal = await startWebPortal({ now: () => new Date(now) });
});
afterAll(() => portal.close());
beforeEach(() => {
  visitor = webVisitor(portal, () => now);
});
afterEach(() => portal.provider.misbehave({}));

const rowOf = async () => {
  const stored = await portal.database.db.select().from(portalSessions);
  return stored.find(({ objectId }) => objectId === visitor.oid);
};

describe('R15: a session', () => {
  it('ends after 30 minutes without a request', async () => {
    const browser = await visitor.signedIn();
    now += 20 * minute;
    expect((await browser.me()).statusCode).toBe(200);
    now += 30 * minute - 1;
    expect((await browser.me()).statusCode).toBe(200);
    now += 30 * minute;
    expect((await browser.me()).json()).toMatchObject(ended('idle'));
    expect((await browser.me()).json()).toMatchObject(ended('idle'));
    expect(await rowOf()).toMatchObject({ endReason: 'idle', sealedRefreshToken: null });
  });

  it('isn’t used by a page that asks by itself', async () => {
    const browser = await visitor.signedIn();
    const poll = (value = 'background') =>
      browser.call('GET', '/me', { headers: { 'gatehouse-activity': value } });
    now += 20 * minute;
    expect((await poll()).statusCode).toBe(200);
    now += 10 * minute - 1;
    expect((await poll()).statusCode).toBe(200);
    now += 1;
    expect((await poll()).json()).toMatchObject(ended('idle'));
    expect(await rowOf()).toMatchObject({ endReason: 'idle' });
  });

  it.each([undefined, 'person', 'background, background', 'Background'])(
    'goes on while somebody uses it, polls or not (%s)',
    async (value) => {
      const browser = await visitor.signedIn();
      const background = { 'gatehouse-activity': 'background' };
      const headers = value === undefined ? {} : { 'gatehouse-activity': value };
      for (let passed = 0; passed < 40; passed += 10) {
        now += 10 * minute;
        expect((await browser.call('GET', '/me', { headers: background })).statusCode).toBe(200);
        now += 10 * minute;
        expect((await browser.call('GET', '/me', { headers })).statusCode).toBe(200);
        visitor.tells();
      }
    },
  );

  it('says when it ends', async () => {
    const opened = now;
    const browser = await visitor.signedIn();
    now += 20 * minute;
    expect((await browser.me()).json()).toMatchObject({
      via: 'web',
      sessionEndsAt: new Date(opened + 8 * 60 * minute).toISOString(),
      sessionIdleMinutes: 30,
    });
  });

  it('ends after 8 hours in all', async () => {
    const browser = await visitor.signedIn();
    for (let passed = 0; passed < 8 * 60 - 20; passed += 20) {
      now += 20 * minute;
      visitor.tells();
      expect((await browser.me()).json()).toMatchObject({ portalRole: 'admin' });
    }
    now += 20 * minute;
    expect((await browser.me()).json()).toMatchObject(ended('total'));
  });

  it('lasts as long as the security settings say, at once', async () => {
    const browser = await visitor.signedIn();
    now += 6 * minute;
    expect((await browser.me()).statusCode).toBe(200);
    const settings = (await browser.call('GET', '/security-settings')).json<{ revision: string }>();
    const change = (idleMinutes: number, revision: string) =>
      browser.call('PUT', '/security-settings', {
        body: { sessionPolicy: { idleMinutes, totalMinutes: 480, bundleDays: 30 } },
        headers: { 'if-match': `"${revision}"` },
      });
    const changed = await change(5, settings.revision);
    expect(changed.statusCode).toBe(200);
    expect((await browser.me()).json()).toMatchObject({ sessionIdleMinutes: 5 });
    now += 5 * minute;
    expect((await browser.me()).json()).toMatchObject(ended('idle'));
    const admin = await visitor.signedIn();
    const back = changed.json<{ revision: string }>().revision;
    expect((await admin.call('GET', '/security-settings')).json()).toMatchObject({
      revision: back,
    });
    visitor.tells();
    const again = await admin.call('PUT', '/security-settings', {
      body: { sessionPolicy: { idleMinutes: 30, totalMinutes: 480, bundleDays: 30 } },
      headers: { 'if-match': `"${back}"` },
    });
    expect(again.statusCode).toBe(200);
  });

  it('has a role as of each request', async () => {
    const browser = await visitor.signedIn({ groups: [groupId(7)] });
    expect((await browser.me()).json()).toMatchObject({ code: 'no_role' });
    const list = (id: string) => [{ id, displayName: null }];
    const { admin, readOnly } = webGroups;
    await portal.setPortalAccess({
      admin: list(admin),
      securityAnalyst: list(groupId(7)),
      readOnly: [],
    });
    await expect
      .poll(async () => (await browser.me()).json())
      .toMatchObject({ portalRole: 'securityAnalyst' });
    await portal.setPortalAccess({
      admin: list(admin),
      securityAnalyst: list(webGroups.securityAnalyst),
      readOnly: list(readOnly),
    });
    await expect.poll(async () => (await browser.me()).statusCode).toBe(403);
  });

  it('is answered from memory, without a question to the database', async () => {
    const browser = await visitor.signedIn();
    await browser.me();
    let asked = 0;
    const count = () => (asked += 1);
    portal.database.pool.on('acquire', count);
    for (let request = 0; request < 20; request += 1) {
      expect((await browser.me()).statusCode).toBe(200);
    }
    portal.database.pool.off('acquire', count);
    // The comparison of the instances may have come in between.
    expect(asked).toBeLessThan(5);
  });

  it('changes nothing for a foreign page', async () => {
    const browser = await visitor.signedIn();
    for (const origin of ['https://evil.example', 'null', '']) {
      const answer = await browser.call('DELETE', `/portal-sessions/${randomUUID()}`, {
        headers: { origin },
      });
      expect(answer.json()).toMatchObject({ status: 403, code: 'foreign_origin' });
    }
  });

  it('isn’t opened by a made-up cookie', async () => {
    for (const value of ['x', 'x'.repeat(43), 'x'.repeat(10_000), '%00']) {
      const browser = portal.browser();
      browser.cookies.set('__Host-gatehouse-session', value);
      expect((await browser.me()).json()).toMatchObject(ended('unknown'));
    }
  });

  it('stands behind a recovery session and a token of the same request', async () => {
    const browser = await visitor.signedIn();
    const { cookie = '' } = await portal.recover();
    const [name = '', value = ''] = cookie.split('=');
    browser.cookies.set(name, value);
    expect((await browser.me()).json()).toMatchObject({ kind: 'recovery' });
    const wrong = { authorization: 'Bearer nonsense' };
    expect((await browser.call('GET', '/me', { headers: wrong })).statusCode).toBe(401);
  });
});
