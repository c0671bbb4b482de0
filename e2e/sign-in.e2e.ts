import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personIds } from '../src/demo/directory.ts';
import { approveOnPhone, enterPassword, staySignedIn } from '../src/testing/local-entra-pages.ts';
import {
  expectHeading,
  forgetTokens,
  giveCredentials,
  lookAt,
  newVisitor,
  signIn,
} from './browser.ts';
import { domain, startPeopleWorld, type PeopleWorld } from './people-world.ts';
import { startWorld, type World } from './world.ts';

const bram = `bram.claes@${domain}`;
const karin = `karin.olsen@${domain}`;

let at: PeopleWorld;

beforeAll(async () => {
  at = await startPeopleWorld();
});

afterAll(() => at?.close());

/** Whether local Entra's own pages were shown to the person on the way. */
async function entraPagesDuring(page: Page, act: () => Promise<void>): Promise<number> {
  let shown = 0;
  const count = (frame: { url(): string; parentFrame(): unknown }) => {
    if (frame.parentFrame() === null && frame.url().startsWith(at.world.entra.origin)) shown += 1;
  };
  page.on('framenavigated', count);
  await act();
  page.off('framenavigated', count);
  return shown;
}

describe('signing in', () => {
  it('asks for credentials and MFA the first time, and for nothing the next time', async () => {
    const { context, page, complaints } = await newVisitor(at.browser);
    await page.goto(at.address('/'));
    await lookAt(page, 'sign-in');
    await signIn(page, karin, { mfa: true });
    await expectHeading(page, 'Overview');
    await page.close();

    // The browser was closed and opened again: only its cookies and local storage are left.
    const later = await context.newPage();
    const shown = await entraPagesDuring(later, async () => {
      await later.goto(at.address('/'));
      await expectHeading(later, 'Overview');
    });
    expect(shown).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('keeps a deep link, with its query and fragment, through sign-in', async () => {
    const { context, page } = await newVisitor(at.browser);
    await page.goto(at.address('/sensors?search=pump#second'));
    await signIn(page, bram);
    await expectHeading(page, 'Sensors');
    expect(new URL(page.url()).pathname).toBe('/sensors');
    expect(new URL(page.url()).search).toBe('?search=pump');
    expect(new URL(page.url()).hash).toBe('#second');
    await context.close();
  });

  it('survives a reload, and back to before it', async () => {
    const { context, page } = await at.open('bram');
    await expectHeading(page, 'Overview');
    await page.reload();
    await expectHeading(page, 'Overview');
    await page.goto(at.address('/sensors'));
    await expectHeading(page, 'Sensors');
    await page.goBack();
    await expectHeading(page, 'Overview');
    await context.close();
  });

  it('takes a double click, and coming back from the provider, for one sign-in', async () => {
    const { context, page, complaints } = await newVisitor(at.browser);
    await page.goto(at.address('/'));
    await page.getByRole('button', { name: 'SSO Sign-in' }).dblclick();
    await page.getByLabel('Email or user name').waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'SSO Sign-in' }).waitFor();
    await signIn(page, bram);
    await expectHeading(page, 'Overview');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('continues in a second tab without asking', async () => {
    const { context, page } = await at.open('bram');
    await expectHeading(page, 'Overview');
    const second = await context.newPage();
    await second.goto(at.address('/my-access'));
    await expectHeading(second, 'My access');
    await context.close();
  });

  it('signs out in every tab', async () => {
    const { context, page } = await at.open('bram');
    await expectHeading(page, 'Overview');
    const second = await context.newPage();
    await second.goto(at.address('/my-access'));
    await expectHeading(second, 'My access');

    await page.getByRole('button', { name: /^Account:/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await second.getByText('You signed out in another tab.').waitFor();
    await page.waitForURL(
      (url) => url.origin === at.world.portal.origin || url.pathname.includes('logout'),
    );
    await page.goto(at.address('/'));
    await page.getByRole('button', { name: 'SSO Sign-in' }).waitFor();
    await context.close();
  });

  it('asks to sign in again when the session at Entra was revoked, and goes on where it was', async () => {
    const { context, page } = await at.open('bram');
    await expectHeading(page, 'Overview');
    at.world.entra.revokeSessions(personIds.bram);
    // The access token is forgotten, as it is when it expires; the refresh token no longer works.
    await forgetTokens(page);
    await page.getByRole('link', { name: 'Sensors', exact: true }).click();
    const dialog = page
      .getByRole('dialog', { name: /sign in again/i })
      .or(page.getByRole('alertdialog', { name: /sign in again/i }));
    await dialog.first().waitFor();
    await lookAt(page, 'sign-in-again');
    const opening = context.waitForEvent('page');
    await page
      .getByRole('button', { name: /sign in/i })
      .first()
      .click();
    const popup = await opening;
    await popup.waitForLoadState();
    await enterPassword(popup);
    await staySignedIn(popup, 'Yes');
    await expectHeading(page, 'Sensors');
    await context.close();
  });

  it('is announced in the activity, refusals included', async () => {
    const { context, page } = await newVisitor(at.browser);
    await page.goto(at.address('/sign-ins'));
    await signIn(page, karin, { mfa: true });
    await expectHeading(page, 'Sign-ins');
    await page.getByText('Karin Olsen').first().waitFor();
    await page.getByText('Bram Claes').first().waitFor();
    await lookAt(page, 'sign-ins');
    await context.close();
  });
});

describe('a browser that blocks third-party cookies', () => {
  let elsewhere: World;

  beforeAll(async () => {
    elsewhere = await startWorld({ entraHost: '127.0.0.1' });
  });
  afterAll(() => elsewhere?.close());

  it('signs in, renews, and explains what a new tab can’t do', async () => {
    const { context, page, complaints } = await newVisitor(at.browser);
    await page.goto(elsewhere.portal.origin);
    await page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await giveCredentials(page, karin);
    await approveOnPhone(page);
    await page.getByRole('button', { name: 'Yes' }).click();
    await expectHeading(page, 'Overview');
    // Renewal by refresh token needs no cookie.
    await forgetTokens(page);
    await page.getByRole('link', { name: 'Sensors', exact: true }).click();
    await expectHeading(page, 'Sensors');

    const second = await context.newPage();
    await second.goto(`${elsewhere.portal.origin}/sites`);
    await second.getByText('Your session couldn’t be continued in this tab').waitFor();
    await lookAt(second, 'sign-in-not-continued');
    // One click, nothing typed: at Entra itself its cookie counts.
    await second.getByRole('button', { name: 'SSO Sign-in' }).click();
    await expectHeading(second, 'Sites');
    expect(complaints).toEqual([]);
    await context.close();
  });
});
