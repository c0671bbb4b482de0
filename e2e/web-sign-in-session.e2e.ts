import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personIds } from '../src/demo/directory.ts';
import { enterPassword, staySignedIn } from '../src/testing/local-entra-pages.ts';
import { activeWebProvider } from './active-web-provider.ts';
import {
  expectHeading,
  expectNoSidewaysScroll,
  giveCredentials,
  launchBrowser,
  lookAt,
  newVisitor,
  signIn,
} from './browser.ts';
import { startWorld, type World } from './world.ts';

const domain = 'contoso-plants.example';
const bram = `bram.claes@${domain}`;

let world: World;
let browser: Browser;

beforeAll(async () => {
  world = await startWorld();
  await activeWebProvider(world, { primary: true });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const address = (path: string) => `${world.portal.origin}${path}`;

async function openAsBram(path = '/', heading = 'Overview') {
  const visitor = await newVisitor(browser);
  await visitor.page.goto(address(path));
  await signIn(visitor.page, bram);
  await expectHeading(visitor.page, heading);
  return visitor;
}

async function chooseSignOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
}

const atEntra = (page: Page) =>
  page.getByLabel('Password').or(page.getByLabel('Email or user name')).first();

const storedIn = (page: Page) =>
  page.evaluate(() =>
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]),
  );

describe('signing in by the server', () => {
  it('is what SSO Sign-in does, and the other ways stand below', async () => {
    const { context, page, complaints } = await newVisitor(browser);
    await page.goto(address('/'));
    await page.getByRole('heading', { name: 'Other ways to sign in' }).waitFor();
    await lookAt(page, 'web-sign-in');
    await page.setViewportSize({ width: 400, height: 800 });
    await expectNoSidewaysScroll(page);
    await page.setViewportSize({ width: 1360, height: 850 });
    await signIn(page, bram);
    await expectHeading(page, 'Overview');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('keeps a deep link, and no token in the browser', async () => {
    const { context, page } = await openAsBram('/sensors?search=pump#second', 'Sensors');
    expect(page.url()).toBe(address('/sensors?search=pump#second'));
    const stored = await storedIn(page);
    expect(stored).not.toMatch(/eyJ|secret|token/iu);
    expect(stored).toContain('gatehouse.webSession');
    await context.close();
  });

  it('enters in a new tab and after a reload without a word', async () => {
    const { context, page } = await openAsBram();
    await page.reload();
    await expectHeading(page, 'Overview');
    const second = await context.newPage();
    await second.goto(address('/my-access'));
    await expectHeading(second, 'My access');
    await lookAt(second, 'web-my-access');
    await context.close();
  });

  it('signs out here, in other tabs and at Microsoft', async () => {
    const { context, page } = await openAsBram();
    const second = await context.newPage();
    await second.goto(address('/my-access'));
    await expectHeading(second, 'My access');
    await chooseSignOut(page);
    await second.getByText('You signed out in another tab.').waitFor();
    await page.waitForURL(address('/'));
    await page.getByRole('button', { name: 'SSO Sign-in' }).click();
    // Microsoft asks again: the session there is over, too.
    await page.getByLabel('Email or user name').or(page.getByLabel('Password')).first().waitFor();
    await context.close();
  });

  it('says why, when the session has ended, and who comes back is where they were', async () => {
    const { context, page } = await openAsBram('/my-access', 'My access');
    await context.clearCookies({ name: '__Host-gatehouse-session' });
    await page.reload();
    await page.getByText('Nobody is signed in in this browser any more.').waitFor();
    await lookAt(page, 'web-session-gone', ['light']);
    await page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await expectHeading(page, 'My access');
    await context.close();
  });

  it('asks in a window when the session ends while somebody works', async () => {
    const { context, page, complaints } = await openAsBram('/sensors', 'Sensors');
    await context.clearCookies({ name: '__Host-gatehouse-session' });
    await page.getByRole('link', { name: 'Sensor settings', exact: true }).click();
    await page.getByRole('alertdialog', { name: 'Sign in again' }).waitFor();
    await lookAt(page, 'web-sign-in-again');
    const opening = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Sign in again' }).click();
    const popup = await opening;
    // At Entra its session is still there: the window closes by itself.
    if (!popup.isClosed()) await popup.waitForEvent('close');
    await expectHeading(page, 'Sensor settings');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('shows nobody the page of another person', async () => {
    const { context, page } = await openAsBram('/my-access', 'My access');
    const second = await context.newPage();
    await second.goto(address('/sign-in/failed#code=provider_refused'));
    await second.getByRole('button', { name: 'Use another account' }).click();
    await giveCredentials(second, `chloe.peeters@${domain}`);
    await staySignedIn(second, 'Yes');
    await expectHeading(second, 'Overview');
    await page.getByRole('button', { name: 'Account: Chloé Peeters' }).waitFor();
    await context.close();
  });

  it('tells in the dialog what failed in the window', async () => {
    const { context, page } = await openAsBram('/sensors', 'Sensors');
    await context.clearCookies();
    await page.getByRole('link', { name: 'Sensor settings', exact: true }).click();
    const opening = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Sign in again' }).click();
    const popup = await opening;
    await atEntra(popup).waitFor();
    // Where the server sends the window when it can't reach Entra.
    const failed = address('/sign-in/failed#code=provider_unreachable&window=renewal');
    // The window may be closed before it has loaded.
    await popup.goto(failed).catch(() => undefined);
    await page.getByText('The server of Gatehouse can’t reach Microsoft Entra ID.').waitFor();
    await lookAt(page, 'web-sign-in-again-failed');
    await page.getByRole('button', { name: 'Not now' }).click();
    await page.getByText('You need to sign in again').first().waitFor();
    await context.close();
  });

  it('goes on when the window had to begin anew', async () => {
    const { context, page } = await openAsBram('/sensors', 'Sensors');
    await context.clearCookies();
    await page.getByRole('link', { name: 'Sensor settings', exact: true }).click();
    const opening = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Sign in again' }).click();
    const popup = await opening;
    await atEntra(popup).waitFor();
    // What ties the sign-in to the browser goes missing: nobody can tell any more whose window it is.
    await context.clearCookies({ name: /gatehouse-attempt/ });
    if (await popup.getByLabel('Email or user name').isVisible()) {
      await giveCredentials(popup, bram);
    } else await enterPassword(popup);
    await staySignedIn(popup, 'Yes');
    await expectHeading(popup, /You aren’t signed in/);
    await popup.getByRole('button', { name: 'Try again' }).click();
    await expectHeading(page, 'Sensor settings');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await context.close();
  });
});

describe('a sign-in that fails', () => {
  it('is explained, with what to quote, and can be tried again', async () => {
    const { context, page, complaints } = await newVisitor(browser);
    await page.goto(address('/sensors'));
    await page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await page.getByLabel('Email or user name').fill(`mila.novak@${domain}`);
    await page.getByLabel('Email or user name').waitFor();
    await context.clearCookies({ name: /gatehouse-attempt/ });
    await page.getByLabel('Email or user name').fill(bram);
    await page.getByRole('button', { name: 'Next' }).click();
    await enterPassword(page);
    await staySignedIn(page, 'Yes');
    await expectHeading(page, /You aren’t signed in/);
    await page.getByText('This browser doesn’t know of the sign-in that was answered.').waitFor();
    await lookAt(page, 'web-sign-in-failed');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expectHeading(page, 'Sensors');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('leads from a code to Troubleshooting', async () => {
    const { context, page } = await newVisitor(browser);
    const correlationId = '8f6f8a2e-1c40-4b55-9a61-2a5ed7a5b001';
    const fragment = `code=credential_refused&aadsts=7000222&correlationId=${correlationId}`;
    await page.goto(address(`/sign-in/failed#${fragment}`));
    await page.getByText('The client secret has expired.').waitFor();
    await page.getByText(correlationId).waitFor();
    await page.getByText('an administrator of Gatehouse').first().waitFor();
    await lookAt(page, 'web-sign-in-secret-expired');
    await page.getByRole('link', { name: 'AADSTS7000222 under Troubleshooting' }).click();
    await page.getByText('1 code', { exact: true }).waitFor();
    await lookAt(page, 'web-troubleshooting');
    await context.close();
  });

  it('never goes to another site from the address of a sign-in', async () => {
    const { context, page } = await openAsBram();
    for (const to of ['https://evil.example/', '//evil.example', '/\\evil.example', '/%2fevil']) {
      await page.goto(address(`/sign-in/complete?to=${encodeURIComponent(to)}`));
      await expectHeading(page, 'Overview');
      expect(page.url()).toBe(address('/'));
    }
    await context.close();
  });
});

describe('who doesn’t get in', () => {
  it('is refused with buttons to leave by', async () => {
    const { context, page } = await newVisitor(browser);
    await page.goto(address('/'));
    await page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await giveCredentials(page, `finn.bakker@${domain}`);
    await staySignedIn(page, 'Yes');
    await expectHeading(page, /None of your groups/);
    await lookAt(page, 'web-refused');
    await page.getByRole('button', { name: 'Use another account' }).click();
    await giveCredentials(page, bram);
    await staySignedIn(page, 'Yes');
    await expectHeading(page, 'Overview');
    await context.close();
  });

  it('is told by Microsoft’s own reason, where that comes with a renewal', async () => {
    const { context, page } = await openAsBram();
    world.entra.changePerson(personIds.bram, { disabled: true });
    await context.clearCookies({ name: '__Host-gatehouse-session' });
    await page.reload();
    await page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await page
      .getByText(/AADSTS50057|disabled/)
      .first()
      .waitFor();
    world.entra.changePerson(personIds.bram, { disabled: false });
    await context.close();
  });
});
