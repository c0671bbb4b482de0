import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { publicUrl } from '../../testing/bare-portal.ts';
import { startWebPortal, webGroups, type WebPortal } from '../../testing/web-portal.ts';
import { auditEvents, signIns } from '../storage/schema.ts';
import { portalSessions } from '../storage/provider-schema.ts';
import { personId, tenantId } from '../../testing/token-issuer.ts';

let portal: WebPortal;
let now = Date.now();
const sessionName = '__Host-gatehouse-session';

beforeAll(async () => {
  portal = await startWebPortal({ now: () => new Date(now) });
});
afterAll(() => portal.close());
afterEach(() => portal.provider.misbehave({}));

const asAdmin = () => portal.provider.misbehave({ claims: { groups: [webGroups.admin] } });
const codeOf = (location: string) =>
  new URLSearchParams(new URL(location, publicUrl).hash.slice(1)).get('code');

describe('a sign-in by a web application', () => {
  it('opens a session in a cookie that no script and no other site gets', async () => {
    asAdmin();
    const browser = portal.browser();
    const callback = await browser.arrive(await browser.begin({ returnTo: '/sites/42?tab=sso' }));
    const answer = await portal.app.inject({
      url: `${callback.pathname}${callback.search}`,
      headers: { cookie: [...browser.cookies].map((pair) => pair.join('=')).join('; ') },
    });
    expect([answer.statusCode, answer.headers.location]).toEqual([
      303,
      '/sign-in/complete?to=%2Fsites%2F42%3Ftab%3Dsso',
    ]);
    expect(answer.headers['cache-control']).toBe('no-store');
    const [cleared, set] = [answer.headers['set-cookie']].flat();
    expect(cleared).toMatch(
      /^__Host-gatehouse-attempt-[\w-]{8}=; Max-Age=0; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/u,
    );
    expect(set).toMatch(
      /^__Host-gatehouse-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/u,
    );
    const me = await portal.app.inject({
      url: '/api/v1/me',
      headers: { cookie: String(set).split(';')[0] ?? '' },
    });
    expect(me.json()).toMatchObject({
      kind: 'entra',
      via: 'web',
      providerId: portal.providerId,
      portalRole: 'admin',
      groupsFrom: 'token',
      tenantId,
      objectId: personId,
    });
  });

  it('asks for code, PKCE, state and nonce, and keeps them from the browser’s reading', async () => {
    const browser = portal.browser();
    const { searchParams } = await browser.begin({ loginHint: 'ada@example.com' });
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      response_mode: 'query',
      code_challenge_method: 'S256',
      scope: 'openid profile email offline_access User.Read',
      redirect_uri: `${publicUrl}/sign-in/callback`,
      login_hint: 'ada@example.com',
    });
    const [[name, value] = []] = [...browser.cookies];
    expect(name).toMatch(/^__Host-gatehouse-attempt-[\w-]{8}$/u);
    expect(value).toMatch(/^v1\./u);
    expect(value).not.toContain(searchParams.get('state'));
  });

  it('stores no secret and no token as they are, and records the sign-in once', async () => {
    const oid = randomUUID();
    portal.provider.misbehave({ claims: { groups: [webGroups.admin], oid } });
    const browser = portal.browser();
    await browser.signIn();
    const secret = browser.cookies.get(sessionName) ?? '';
    await Promise.all([browser.me(), browser.me()]);
    await browser.me();
    const { db } = portal.database;
    const stored = JSON.stringify([
      await db.select().from(portalSessions),
      await db.select().from(auditEvents).orderBy(auditEvents.sequence),
    ]);
    expect(stored).not.toContain(secret);
    expect(stored).not.toContain('refresh-token');
    expect(stored).not.toContain('access-token');
    const recorded = (await db.select().from(signIns)).filter((row) => row.objectId === oid);
    const { providerId } = portal;
    expect(recorded).toMatchObject([
      { outcome: 'succeeded', portalRole: 'admin', providerId, providerName: 'Contoso' },
    ]);
  });

  it('R2, R12: refuses as with a token, and audits it', async () => {
    const oid = randomUUID();
    const browser = portal.browser();
    portal.provider.misbehave({ claims: { groups: [], oid } });
    await browser.signIn();
    expect((await browser.me()).json()).toMatchObject({ status: 403, code: 'no_role' });
    portal.provider.misbehave({ claims: { groups: [webGroups.admin], oid, upn: undefined } });
    await browser.signIn();
    expect((await browser.me()).json()).toMatchObject({
      status: 403,
      code: 'profile_incomplete',
      details: { missing: [{ claim: 'upn' }] },
    });
    const refused = (
      await portal.database.db.select().from(auditEvents).orderBy(auditEvents.sequence)
    ).filter(({ action, actor }) => action === 'signIn.refused' && actor.objectId === oid);
    expect(refused.map(({ after }) => after)).toEqual([
      { code: 'no_role' },
      { code: 'profile_incomplete' },
    ]);
  });

  it('is begun by our own page only (login CSRF)', async () => {
    for (const origin of ['https://evil.example', 'null', '', `${publicUrl}.evil.example`]) {
      const browser = portal.browser();
      const body = { providerId: portal.providerId, returnTo: '/' };
      const answer = await browser.call('POST', '/sign-in', { body, headers: { origin } });
      expect(answer.json()).toMatchObject({ status: 403, code: 'foreign_origin' });
      expect(browser.cookies.size).toBe(0);
    }
  });

  it('returns to pages of the portal only, whatever was asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.webUrl(),
          fc.string({ maxLength: 20, unit: 'binary' }).map((text) => `/${text}`),
          fc.constantFrom('//evil.example', '/\\evil.example', '/.//evil.example', 'javascript:a'),
        ),
        async (returnTo) => {
          const browser = portal.browser();
          const location = new URL(await browser.signIn({ returnTo }), publicUrl);
          expect(location.origin + location.pathname).toBe(`${publicUrl}/sign-in/complete`);
          const to = new URL(location.searchParams.get('to') ?? '', publicUrl);
          expect(to.origin).toBe(publicUrl);
          expect(new URL(`${to.pathname}${to.search}`, publicUrl).origin).toBe(publicUrl);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('takes claims of a challenge, and nothing else in their place', async () => {
    const browser = portal.browser();
    const claims = { id_token: { acrs: { essential: true, value: 'c1' } } };
    const encoded = Buffer.from(JSON.stringify(claims)).toString('base64');
    const url = await browser.begin({ claims: encoded, window: true, otherAccount: true });
    expect(JSON.parse(url.searchParams.get('claims') ?? '')).toEqual(claims);
    expect(url.searchParams.get('prompt')).toBe('select_account');
    expect(await browser.answer(await browser.arrive(url))).toBe(
      '/sign-in/complete?to=%2Foverview&window=renewal',
    );
    for (const wrong of ['{', 'bm8=', Buffer.from('[]').toString('base64')]) {
      const body = { providerId: portal.providerId, returnTo: '/', claims: wrong };
      expect((await browser.call('POST', '/sign-in', { body })).json()).toMatchObject({
        status: 400,
        errors: [{ path: '/claims' }],
      });
    }
  });

  it('drops a page to return to whose address no cookie holds', async () => {
    const browser = portal.browser();
    const url = await browser.begin({ returnTo: `/${'é'.repeat(1_900)}` });
    for (const [name, value] of browser.cookies) {
      expect(name.length + value.length).toBeLessThan(4_000);
    }
    expect(await browser.answer(await browser.arrive(url))).toBe('/sign-in/complete?to=%2F');
  });

  it('isn’t offered by a provider that isn’t there', async () => {
    const body = { providerId: randomUUID(), returnTo: '/' };
    const answer = await portal.browser().call('POST', '/sign-in', { body });
    expect(answer.json()).toMatchObject({ status: 409, code: 'provider_inactive' });
  });
});

describe('several tabs at once', () => {
  it('each end their own sign-in, in any order', async () => {
    asAdmin();
    const browser = portal.browser();
    const urls = [];
    for (let tab = 0; tab < 3; tab += 1) urls.push(await browser.begin({ returnTo: `/${tab}` }));
    for (const tab of [2, 0, 1]) {
      const callback = await browser.arrive(urls[tab] ?? new URL(publicUrl));
      expect(await browser.answer(callback)).toBe(`/sign-in/complete?to=%2F${tab}`);
    }
    expect((await browser.me()).statusCode).toBe(200);
    expect([...browser.cookies.keys()]).toEqual([sessionName]);
  });

  it('are five at most: the oldest is forgotten', async () => {
    const browser = portal.browser();
    const first = await browser.begin();
    for (let tab = 0; tab < 5; tab += 1) {
      now += 1;
      await browser.begin();
    }
    expect(browser.cookies.size).toBe(5);
    expect(codeOf(await browser.answer(await browser.arrive(first)))).toBe('sign_in_unknown');
  });
});

describe('a sign-in of somebody who has a session', () => {
  it('makes a new secret and ends the one before (session fixation)', async () => {
    asAdmin();
    const browser = portal.browser();
    await browser.signIn();
    const before = browser.cookies.get(sessionName) ?? '';
    await browser.signIn();
    expect(browser.cookies.get(sessionName)).not.toBe(before);
    const again = portal.browser();
    again.cookies.set(sessionName, before);
    expect((await again.me()).json()).toMatchObject({
      status: 401,
      code: 'session_ended',
      details: { reason: 'replaced' },
    });
  });

  it('takes no secret that somebody else chose', async () => {
    asAdmin();
    const browser = portal.browser();
    const chosen = 'c'.repeat(43);
    browser.cookies.set(sessionName, chosen);
    await browser.signIn();
    expect(browser.cookies.get(sessionName)).not.toBe(chosen);
    expect((await browser.me()).statusCode).toBe(200);
  });
});
