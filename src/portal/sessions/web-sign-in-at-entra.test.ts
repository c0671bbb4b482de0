import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds, demoDirectory, groupIds, personIds, tenantId } from '../../demo/directory.ts';
import { startLocalEntra, type LocalEntra } from '../../local-entra/app.ts';
import { oneGroupEach, startBarePortal, type BarePortal } from '../../testing/bare-portal.ts';
import { visit, type Visitor } from '../../testing/entra-sign-in.ts';
import { testSecrets } from '../../testing/test-secrets.ts';
import { browserAt, insertWebProvider, type WebBrowser } from '../../testing/web-portal.ts';
import { ended } from '../../testing/web-visitor.ts';

const clientId = clientIds.organizationSignIn;

let entra: LocalEntra;
let portal: BarePortal;
let providerId: string;

beforeAll(async () => {
  entra = await startLocalEntra({ port: 0, directory: demoDirectory() });
  const secrets = testSecrets();
  portal = await startBarePortal({
    provider: false,
    secrets,
    loginUrl: entra.origin,
    graphUrl: `${entra.origin}/graph`,
  });
  await portal.setPortalAccess(
    oneGroupEach({ admin: groupIds.administrators, readOnly: groupIds.readers }),
  );
  providerId = await insertWebProvider(portal.database, secrets, {
    tenantId,
    clientId,
    secret: 'local-entra-secret-that-is-valid',
  });
});
afterAll(async () => {
  await portal.close();
  await entra.close();
});

/** Through the provider's real pages. */
async function signIn(
  browser: WebBrowser,
  visitor: Visitor,
  oid: string,
  body: Record<string, unknown> = {},
): Promise<string> {
  const url = await browser.begin(body);
  const parameters = Object.fromEntries(url.searchParams);
  const redirectUri = url.searchParams.get('redirect_uri') ?? '';
  const { answer, page } = await visitor.authorize({ oid, clientId, redirectUri, parameters });
  if (answer === undefined) throw new Error(page);
  return browser.answer(new URL(`${redirectUri}?${answer.toString()}`));
}

describe('a sign-in by local Entra', () => {
  it('gives the role of the person’s groups, renews, steps up and ends', async () => {
    const browser = browserAt(portal.app, providerId);
    const visitor = visit(entra);
    expect(await signIn(browser, visitor, personIds.ada)).toMatch(/^\/sign-in\/complete/u);
    expect((await browser.me()).json()).toMatchObject({
      via: 'web',
      objectId: personIds.ada,
      portalRole: 'admin',
      groupsFrom: 'token',
    });

    const claims = { id_token: { acrs: { essential: true, value: 'c2' } } };
    const encoded = Buffer.from(JSON.stringify(claims)).toString('base64');
    await signIn(browser, visitor, personIds.ada, { claims: encoded, window: true });
    const set = await browser.call('PUT', '/security-settings', {
      body: {
        sessionPolicy: { idleMinutes: 240, totalMinutes: 480, bundleDays: 30 },
        stepUpContext: 'c2',
      },
      headers: { 'if-match': '"1"' },
    });
    expect(set.json()).toMatchObject({ stepUpContext: 'c2' });

    const { pool } = portal.database;
    await pool.query("update portal_sessions set confirmed_at = now() - interval '62 minutes'");
    await pool.query("select pg_notify('gatehouse_sessions', '*')");
    const renewed =
      "select id from portal_sessions where confirmed_at > now() - interval '1 minute'";
    await expect
      .poll(async () => {
        expect((await browser.me()).json()).toMatchObject({ portalRole: 'admin' });
        return (await pool.query(renewed)).rows;
      })
      .toHaveLength(1);

    const { url } = (await browser.call('POST', '/sign-out')).json<{ url: string }>();
    const left = await visitor.request(url);
    const frame = /iframe src="([^"]+)"/u.exec(await left.text())?.[1]?.replaceAll('&amp;', '&');
    const { pathname, searchParams } = new URL(frame ?? '', entra.origin);
    expect(pathname).toBe('/sign-in/front-channel-logout');
    expect(searchParams.get('sid')).toMatch(/./u);
  });

  it('ends in every browser of the same session at Entra', async () => {
    const visitor = visit(entra);
    const browsers = [browserAt(portal.app, providerId), browserAt(portal.app, providerId)];
    for (const browser of browsers) {
      expect(await signIn(browser, visitor, personIds.ada)).toMatch(/^\/sign-in\/complete/u);
    }
    const [one, other] = browsers;
    if (one === undefined || other === undefined) throw new Error('two browsers');
    const { url } = (await one.call('POST', '/sign-out')).json<{ url: string }>();
    const page = await (await visitor.request(url)).text();
    const frame = /iframe src="([^"]+)"/u.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const { pathname, search } = new URL(frame, entra.origin);
    expect((await other.me()).statusCode).toBe(200);
    expect((await portal.app.inject({ url: `${pathname}${search}` })).statusCode).toBe(200);
    expect((await other.me()).json()).toMatchObject(ended('signedOutElsewhere'));
  });
});
