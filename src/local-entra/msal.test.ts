import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clientIds, demoDirectory, personIds } from '../demo/directory.ts';
import {
  enterPassword,
  pickAccount,
  signInAs,
  staySignedIn,
} from '../testing/local-entra-pages.ts';
import { serveMsalApplication } from '../testing/msal-application.ts';
import type { MsalApplication } from '../testing/msal-application.ts';
import { startLocalEntra } from './app.ts';
import type { LocalEntra } from './app.ts';

const scopes = [`api://${clientIds.portal}/access_as_user`];
const day = 24 * 3_600_000;

let browser: Browser;
let entra: LocalEntra;
let foreignEntra: LocalEntra;
let application: MsalApplication;
let foreignApplication: MsalApplication;
let context: BrowserContext;
let page: Page;
let elapsed = 0;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  });
  const clock = (): number => Date.now() + elapsed;
  entra = await startLocalEntra({ port: 0, directory: demoDirectory(), clock });
  foreignEntra = await startLocalEntra({ port: 0, host: '127.0.0.1', directory: demoDirectory() });
  application = await serveMsalApplication(() => settings(entra));
  foreignApplication = await serveMsalApplication(() => settings(foreignEntra));
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await Promise.all(
    [entra, foreignEntra, application, foreignApplication].map((each) => each?.close()),
  );
});

beforeEach(async () => {
  elapsed = 0;
  context = await browser.newContext();
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
});

afterEach(() => context.close());

function settings({ origin, tenantId }: LocalEntra) {
  return { clientId: clientIds.portal, tenantId, loginOrigin: origin };
}

/** Calls the page's MSAL client, and tells what came of it. */
function callMsal(on: Page, method: string, request: object): Promise<MsalOutcome> {
  return on.evaluate(
    async ({ method, request }) => {
      const { client } = globalThis as unknown as { client: Record<string, MsalMethod> };
      try {
        const result = await client[method]?.(request);
        return {
          accessToken: result?.accessToken ?? '',
          idTokenClaims: result?.idTokenClaims ?? {},
        };
      } catch (error) {
        const { errorCode, message } = error as { errorCode: string; message: string };
        return { errorCode, message };
      }
    },
    { method, request },
  );
}

type MsalMethod = (request: object) => Promise<MsalOutcome | undefined>;

interface MsalOutcome {
  accessToken?: string;
  idTokenClaims?: Record<string, unknown>;
  errorCode?: string;
  message?: string;
}

function claimsOf(token: string | undefined): Record<string, unknown> {
  return JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString());
}

async function open(on: Page, origin: string): Promise<void> {
  await on.goto(origin);
  await on.getByText('Ready').waitFor();
}

/** Starts the redirect without waiting for the page, which leaves. */
async function startRedirect(on: Page, request: object): Promise<void> {
  await on.evaluate((request) => {
    const { client } = globalThis as unknown as { client: Record<string, MsalMethod> };
    void client['loginRedirect']?.(request);
  }, request);
}

async function redirectedAccount(on: Page): Promise<MsalOutcome | undefined> {
  await on.getByText('Ready').waitFor();
  return on.evaluate(() => {
    const { redirected } = globalThis as unknown as { redirected: MsalOutcome | null };
    return redirected === null
      ? undefined
      : {
          accessToken: redirected.accessToken ?? '',
          idTokenClaims: redirected.idTokenClaims ?? {},
        };
  });
}

async function signInByRedirect(displayName: string, mfa = false): Promise<MsalOutcome> {
  await open(page, application.origin);
  await startRedirect(page, { scopes });
  await signInAs(page, displayName, { mfa });
  await page.waitForURL(`${application.origin}/`);
  return (await redirectedAccount(page)) ?? {};
}

describe('MSAL in a browser', { timeout: 60_000 }, () => {
  it('signs in by redirect with number matching', async () => {
    const { accessToken, idTokenClaims } = await signInByRedirect('Ada Verhaegen', true);
    expect(claimsOf(accessToken)).toMatchObject({
      aud: clientIds.portal,
      azp: clientIds.portal,
      azpacr: '0',
      oid: personIds.ada,
      scp: 'access_as_user',
      ver: '2.0',
    });
    expect(idTokenClaims).toMatchObject({
      preferred_username: 'ada.verhaegen@contoso-plants.example',
    });
  });

  it('signs in by popup', async () => {
    await open(page, application.origin);
    const popup = page.waitForEvent('popup');
    const outcome = callMsal(page, 'loginPopup', { scopes });
    await signInAs(await popup, 'Bram Claes');
    expect(claimsOf((await outcome).accessToken)).toMatchObject({ oid: personIds.bram });
  });

  it('renews by refresh token, and after 24 hours asks the session', async () => {
    await signInByRedirect('Bram Claes');
    const account = await page.evaluate(() => {
      const { client } = globalThis as unknown as { client: { getAllAccounts(): object[] } };
      return client.getAllAccounts()[0] ?? {};
    });
    const urls: string[] = [];
    page.on('request', (request) => urls.push(new URL(request.url()).pathname));
    elapsed = day / 2;
    const silent = { scopes, account, forceRefresh: true };
    expect((await callMsal(page, 'acquireTokenSilent', silent)).accessToken).toBeTruthy();
    expect(urls.filter((path) => path.endsWith('/authorize'))).toEqual([]);
    elapsed = day + 1000;
    const after = await callMsal(page, 'acquireTokenSilent', silent);
    expect(after.errorCode).toBe('login_required');
    expect(urls.some((path) => path.endsWith('/authorize'))).toBe(true);
  });

  it('signs a new tab in through the session, and out again', async () => {
    await signInByRedirect('Bram Claes');
    const tab = await context.newPage();
    await open(tab, application.origin);
    const { accessToken } = await callMsal(tab, 'ssoSilent', { scopes });
    expect(claimsOf(accessToken)).toMatchObject({ oid: personIds.bram });
    const signedOut = tab.waitForResponse((response) => response.url().includes('/logout'));
    await tab.evaluate(() => {
      const { client } = globalThis as unknown as { client: Record<string, MsalMethod> };
      void client['logoutRedirect']?.({});
    });
    await signedOut;
    const third = await context.newPage();
    await open(third, application.origin);
    expect((await callMsal(third, 'ssoSilent', { scopes })).errorCode).toBe('login_required');
  });

  it('asks for nothing the next time', async () => {
    await open(page, application.origin);
    await startRedirect(page, { scopes });
    await pickAccount(page, 'Bram Claes');
    await enterPassword(page);
    await staySignedIn(page, 'Yes');
    await page.waitForURL(`${application.origin}/`);
    const [cookie] = (await context.cookies(entra.origin)).filter(
      ({ name }) => name === 'ESTSAUTH',
    );
    expect(cookie?.expires).toBeGreaterThan(Date.now() / 1000 + 80 * 24 * 3600);
    await redirectedAccount(page);
    const renewed = page.waitForResponse((response) =>
      new URL(response.url()).pathname.endsWith('/token'),
    );
    await startRedirect(page, { scopes });
    await renewed;
    expect(claimsOf((await redirectedAccount(page))?.accessToken)).toMatchObject({
      oid: personIds.bram,
    });
  });

  it('behaves like blocked third-party cookies from another site', async () => {
    await open(page, foreignApplication.origin);
    await startRedirect(page, { scopes });
    await signInAs(page, 'Bram Claes');
    await page.waitForURL(`${foreignApplication.origin}/`);
    await page.getByText('Ready').waitFor();
    const account = await page.evaluate(() => {
      const { client } = globalThis as unknown as { client: { getAllAccounts(): object[] } };
      return client.getAllAccounts()[0] ?? {};
    });
    const renewed = await callMsal(page, 'acquireTokenSilent', {
      scopes,
      account,
      forceRefresh: true,
    });
    expect(renewed.accessToken).toBeTruthy();
    expect((await callMsal(page, 'ssoSilent', { scopes, account })).errorCode).toBe(
      'login_required',
    );
  });
});
