import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { staySignedIn } from '../src/testing/local-entra-pages.ts';
import {
  expectHeading,
  giveCredentials,
  lookAt,
  lookNarrow,
  newVisitor,
  signIn,
} from './browser.ts';
import { domain, type PeopleWorld } from './people-world.ts';
import { bram, comeIn, startWebWorld } from './web-world.ts';

let at: PeopleWorld;

beforeAll(async () => {
  at = await startWebWorld();
});

afterAll(() => at?.close());

const openAsBram = (path?: string, heading?: string) => comeIn(at, path, heading);

async function chooseSignOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
}

const storedIn = (page: Page) =>
  page.evaluate(() =>
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]),
  );

describe('signing in by the server', () => {
  it('is what SSO Sign-in does, and the other ways stand below', async () => {
    const { context, page, complaints } = await newVisitor(at.browser);
    await page.goto(at.address('/'));
    await page.getByRole('heading', { name: 'Other ways to sign in' }).waitFor();
    await lookAt(page, 'web-sign-in');
    await lookNarrow(page);
    await signIn(page, bram);
    await expectHeading(page, 'Overview');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('keeps a deep link, and no token in the browser', async () => {
    const { context, page } = await openAsBram('/sensors?search=pump#second', 'Sensors');
    expect(page.url()).toBe(at.address('/sensors?search=pump#second'));
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
    await second.goto(at.address('/my-access'));
    await expectHeading(second, 'My access');
    await lookAt(second, 'web-my-access');
    await context.close();
  });

  it('signs out here, in other tabs and at Microsoft', async () => {
    const { context, page } = await openAsBram();
    const second = await context.newPage();
    await second.goto(at.address('/my-access'));
    await expectHeading(second, 'My access');
    await chooseSignOut(page);
    await second.getByText('You signed out in another tab.').waitFor();
    await page.waitForURL(at.address('/'));
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

  it('shows nobody the page of another person', async () => {
    const { context, page } = await openAsBram('/my-access', 'My access');
    const second = await context.newPage();
    await second.goto(at.address('/sign-in/failed#code=provider_refused'));
    await second.getByRole('button', { name: 'Use another account' }).click();
    await giveCredentials(second, `chloe.peeters@${domain}`);
    await staySignedIn(second, 'Yes');
    await expectHeading(second, 'Overview');
    await page.getByRole('button', { name: 'Account: Chloé Peeters' }).waitFor();
    await context.close();
  });
});
