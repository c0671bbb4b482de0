import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listPortalSessions } from '../../contract/sessions.ts';
import { tenantId } from '../../testing/token-issuer.ts';
import {
  startWebPortal,
  webGroups,
  type WebBrowser,
  type WebPortal,
} from '../../testing/web-portal.ts';
import { ended, webVisitor, type WebVisitor } from '../../testing/web-visitor.ts';
import { auditEvents } from '../storage/schema.ts';

let portal: WebPortal;
let visitor: WebVisitor;
let now = Date.now();

beforeAll(async () => {
  portal = await startWebPortal({ now: () => new Date(now) });
});
afterAll(() => portal.close());
beforeEach(() => {
  visitor = webVisitor(portal, () => now);
});
afterEach(() => portal.provider.misbehave({}));

describe('a session ends', () => {
  it('by signing out, which goes on to Microsoft', async () => {
    const browser = await visitor.signedIn({ login_hint: 'hint-of-ada' });
    const kept = browser.cookies.get('__Host-gatehouse-session') ?? '';
    const foreign = await browser.call('POST', '/sign-out', {
      headers: { origin: 'https://evil.example' },
    });
    expect(foreign.json()).toMatchObject({ code: 'foreign_origin' });
    const { url } = (await browser.call('POST', '/sign-out')).json<{ url: string }>();
    const { origin, searchParams } = new URL(url);
    expect(origin).toBe(portal.provider.loginUrl);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      logout_hint: 'hint-of-ada',
      post_logout_redirect_uri: 'http://localhost:8080/sign-in/callback',
      state: 'signedOut',
    });
    const back = await portal.app.inject({ url: '/sign-in/callback?state=signedOut' });
    expect(back.statusCode).toBe(303);
    expect(back.headers.location).toBe('/');
    expect(browser.cookies.size).toBe(0);
    browser.cookies.set('__Host-gatehouse-session', kept);
    expect((await browser.me()).json()).toMatchObject(ended('signedOut'));
    // Its cookie still says by what its person is signed in at Microsoft.
    expect((await browser.call('POST', '/sign-out')).json()).toEqual({ url });
    expect((await portal.browser().call('POST', '/sign-out')).json()).toEqual({ url: null });
  });

  it('by signing out at Microsoft, in a frame without cookies', async () => {
    const browser = await visitor.signedIn();
    const logout = (query: { sid?: string; iss?: string }) =>
      portal.app.inject({ url: '/sign-in/front-channel-logout', query });
    const sid = `sid-${visitor.oid}`;
    for (const query of [{}, { sid: 'another' }, { sid, iss: 'https://login.example/v2.0' }]) {
      const answer = await logout(query);
      expect([answer.statusCode, answer.headers['content-security-policy']]).toEqual([
        200,
        `default-src 'none'; frame-ancestors ${portal.provider.loginUrl}`,
      ]);
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.headers['x-frame-options']).toBeUndefined();
      expect((await browser.me()).statusCode).toBe(200);
    }
    await logout({ sid });
    expect((await browser.me()).json()).toMatchObject(ended('signedOutElsewhere'));
    const other = await visitor.signedIn({ sid: 'second' });
    await logout({ sid: 'second', iss: issuer() });
    expect((await other.me()).json()).toMatchObject(ended('signedOutElsewhere'));
  });

  it('by an Admin, or by its person; others don’t see it', async () => {
    const mine = await visitor.signedIn({ groups: [webGroups.readOnly] });
    const mineToo = await visitor.signedIn({ groups: [webGroups.readOnly] });
    const own = await rows(mine);
    expect(own).toHaveLength(2);
    expect(own.filter(({ yours }) => yours)).toHaveLength(1);
    visitor = webVisitor(portal, () => now);
    const strangerId = visitor.oid;
    const stranger = await visitor.signedIn({ groups: [webGroups.securityAnalyst] });
    const id = own.find(({ yours }) => yours)?.id ?? '';
    expect((await stranger.call('DELETE', `/portal-sessions/${id}`)).statusCode).toBe(404);
    expect((await mineToo.call('DELETE', `/portal-sessions/${id}`)).statusCode).toBe(204);
    expect((await mine.me()).json()).toMatchObject(ended('signedOut'));

    visitor = webVisitor(portal, () => now);
    now += 1;
    const admin = await visitor.signedIn();
    const all = await rows(admin);
    expect(all.length).toBeGreaterThanOrEqual(3);
    expect(all[0]).toMatchObject({ yours: true, providerName: 'Contoso' });
    const theirs = all.find((row) => row.person.objectId === strangerId)?.id ?? '';
    expect((await admin.call('DELETE', `/portal-sessions/${theirs}`)).statusCode).toBe(204);
    expect((await admin.call('DELETE', `/portal-sessions/${theirs}`)).statusCode).toBe(404);
    expect((await stranger.me()).json()).toMatchObject(ended('administrator'));
    const entries = await portal.database.db
      .select()
      .from(auditEvents)
      .orderBy(auditEvents.sequence);
    expect(entries.at(-1)).toMatchObject({
      action: 'portalSession.ended',
      actor: { objectId: visitor.oid },
      after: { reason: 'administrator' },
    });
  });

  it('with all that a person has, for portal Admins', async () => {
    const theirs = [await visitor.signedIn(), await visitor.signedIn()];
    const objectId = visitor.oid;
    visitor = webVisitor(portal, () => now);
    const admin = await visitor.signedIn();
    const answer = await admin.call('POST', '/session-revocations', {
      body: { tenantId, objectId },
    });
    expect(answer.json()).toEqual({ ended: 2 });
    for (const browser of theirs) {
      expect((await browser.me()).json()).toMatchObject(ended('administrator'));
    }
    expect((await admin.me()).statusCode).toBe(200);
  });
});

async function rows(browser: WebBrowser) {
  const answer = await browser.call('GET', '/portal-sessions');
  return listPortalSessions.response.parse(answer.json()).sessions;
}

function issuer(): string {
  return `${portal.provider.loginUrl}/${tenantId}/v2.0`;
}
