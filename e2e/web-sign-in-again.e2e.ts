import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterPassword, staySignedIn } from '../src/testing/local-entra-pages.ts';
import { expectHeading, giveCredentials, lookAt } from './browser.ts';
import type { PeopleWorld } from './people-world.ts';
import { bram, comeIn, startWebWorld } from './web-world.ts';

let at: PeopleWorld;

beforeAll(async () => {
  at = await startWebWorld();
});

afterAll(() => at?.close());

const openAsBram = (path?: string, heading?: string) => comeIn(at, path, heading);

const atEntra = (page: Page) =>
  page.getByLabel('Password').or(page.getByLabel('Email or user name')).first();

/** Neither the portal nor Entra knows Bram any more; the window for signing in again is at Entra. */
async function signInAgain() {
  const { context, page } = await openAsBram('/sensors', 'Sensors');
  await context.clearCookies();
  await page.getByRole('link', { name: 'Sensor settings', exact: true }).click();
  const opening = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Sign in again' }).click();
  const popup = await opening;
  await atEntra(popup).waitFor();
  return { context, page, popup };
}

describe('a session of the server that ends while somebody works', () => {
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

  it('tells in the dialog what failed in the window', async () => {
    const { context, page, popup } = await signInAgain();
    // Where the server sends the window when it can't reach Entra.
    const failed = at.address('/sign-in/failed#code=provider_unreachable&window=renewal');
    // The window may be closed before it has loaded.
    await popup.goto(failed).catch(() => undefined);
    await page.getByText('The server of Gatehouse can’t reach Microsoft Entra ID.').waitFor();
    await lookAt(page, 'web-sign-in-again-failed');
    await page.getByRole('button', { name: 'Not now' }).click();
    await page.getByText('You need to sign in again').first().waitFor();
    await context.close();
  });

  it('goes on when the window had to begin anew', async () => {
    const { context, page, popup } = await signInAgain();
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
