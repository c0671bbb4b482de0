import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds, demoDirectory, personIds, tenantId } from '../demo/directory.ts';
import { visit } from '../testing/entra-sign-in.ts';
import type { Visitor } from '../testing/entra-sign-in.ts';
import { webRedirectUri } from '../testing/entra-web-client.ts';
import { signInAs } from '../testing/local-entra-pages.ts';
import { startLocalEntra } from './app.ts';
import type { LocalEntra } from './app.ts';

const clientId = clientIds.organizationSignIn;
const path = `/${tenantId}/oauth2/v2.0/logout`;

let entra: LocalEntra;
beforeAll(async () => {
  entra = await startLocalEntra({ port: 0, directory: demoDirectory() });
});
afterAll(() => entra.close());

/** Signs in, and returns the session id. */
async function signIn(
  visitor: Visitor,
  oid: string,
  parameters: Record<string, string> = {},
): Promise<string> {
  const { answer } = await visitor.authorize({
    oid,
    clientId,
    redirectUri: webRedirectUri,
    scope: 'openid',
    parameters: { response_mode: 'query', ...parameters },
  });
  return answer?.get('session_state') ?? '';
}

function framesOf(page: string): string[] {
  return [...page.matchAll(/<iframe\s+src="([^"]+)"/g)].map(([, url = '']) =>
    url.replaceAll('&#38;', '&'),
  );
}

describe('signing out', () => {
  it('tells each application that the session was used for, once', async () => {
    const visitor = visit(entra);
    const sid = await signIn(visitor, personIds.bram);
    expect(await signIn(visitor, personIds.bram)).toBe(sid);
    expect(await signIn(visitor, personIds.bram, { prompt: 'login' })).toBe(sid);
    const response = await visitor.request(
      `${path}?post_logout_redirect_uri=${encodeURIComponent(webRedirectUri)}&state=s&id_token_hint=x`,
    );
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain(
      'frame-src http://localhost:8080',
    );
    const page = await response.text();
    const url = `http://localhost:8080/sign-in/front-channel-logout?sid=${sid}`;
    expect(framesOf(page)).toEqual([url]);
    expect(page).toContain(`href="${webRedirectUri}?state=s" data-after-frames`);
    expect(framesOf(await (await visitor.request(path)).text())).toEqual([]);
    const silent = { response_mode: 'query', prompt: 'none' };
    expect(await signIn(visitor, personIds.bram, silent)).toBe('');
  });

  it('of one of several people tells of theirs alone', async () => {
    const visitor = visit(entra);
    const bram = await signIn(visitor, personIds.bram);
    const chloe = await signIn(visitor, personIds.chloe, { prompt: 'select_account' });
    const hint = encodeURIComponent('chloe.peeters@contoso-plants.example');
    const first = await (await visitor.request(`${path}?logout_hint=${hint}`)).text();
    expect(framesOf(first).map((url) => new URL(url).searchParams.get('sid'))).toEqual([chloe]);
    const second = await (await visitor.request(path)).text();
    expect(framesOf(second).map((url) => new URL(url).searchParams.get('sid'))).toEqual([bram]);
  });

  it('goes straight on where no application wants to know', async () => {
    entra.changeApplication(clientId, { frontChannelLogoutUrl: undefined });
    const visitor = visit(entra);
    await signIn(visitor, personIds.bram);
    const response = await visitor.request(
      `${path}?post_logout_redirect_uri=${encodeURIComponent(webRedirectUri)}`,
    );
    expect(response.headers.get('location')).toBe(webRedirectUri);
  });
});

describe('signing out in a browser', () => {
  let browser: Browser;
  let application: Server;
  let origin: string;
  const received: string[] = [];
  beforeAll(async () => {
    application = createServer((request, response) => {
      received.push(request.url ?? '');
      response.setHeader('content-type', 'text/html');
      response.end('<title>Application</title><h1>Application</h1>');
    });
    await new Promise<void>((resolve) => void application.listen(0, 'localhost', resolve));
    origin = `http://localhost:${(application.address() as AddressInfo).port}`;
    browser = await chromium.launch({
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
    });
  });
  afterAll(async () => {
    await browser?.close();
    application.closeAllConnections();
    application.close();
  });

  it('loads the applications’ addresses in frames, and goes on', async () => {
    const frontChannelLogoutUrl = `${origin}/front-channel?of=gatehouse`;
    entra.changeApplication(clientId, { frontChannelLogoutUrl });
    const page = await browser.newPage();
    page.setDefaultTimeout(10_000);
    const redirectUri = `${origin}/sign-in/callback`;
    const query = new URLSearchParams({
      client_id: clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid',
    });
    await page.goto(`${entra.origin}/${tenantId}/oauth2/v2.0/authorize?${query.toString()}`);
    await signInAs(page, 'Bram Claes');
    await page.getByRole('heading', { name: 'Application' }).waitFor();
    const sid = new URL(page.url()).searchParams.get('session_state');
    const next = new URLSearchParams({ post_logout_redirect_uri: redirectUri, state: 'bye' });
    await page.goto(`${entra.origin}${path}?${next.toString()}`);
    await page.waitForURL(`${redirectUri}?state=bye`);
    expect(received).toContain(`/front-channel?of=gatehouse&sid=${sid}`);
    expect(received.indexOf(`/front-channel?of=gatehouse&sid=${sid}`)).toBeLessThan(
      received.indexOf('/sign-in/callback?state=bye'),
    );
    await page.close();
  });
});
