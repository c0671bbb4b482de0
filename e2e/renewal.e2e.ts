import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds } from '../src/demo/directory.ts';
import { expectHeading, forgetTokens, launchBrowser, newVisitor, signIn } from './browser.ts';
import { startWorld, type World } from './world.ts';

const domain = 'contoso-plants.example';
const day = 24 * 60 * 60_000;

let world: World;
let browser: Browser;
/** How far local Entra's clock is ahead, in ms. */
let ahead = 0;

beforeAll(async () => {
  world = await startWorld({ clock: () => Date.now() + ahead });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await world?.close();
});

async function signedIn(person: string) {
  const visitor = await newVisitor(browser);
  await visitor.page.goto(world.portal.origin);
  await signIn(visitor.page, `${person}@${domain}`);
  await expectHeading(visitor.page, 'Overview');
  return visitor;
}

describe('renewal without asking', () => {
  it('goes through the hidden frame when the refresh token is lost', async () => {
    const { context, page, complaints } = await signedIn('bram.claes');
    await forgetTokens(page, /accesstoken|refreshtoken/);
    await page.getByRole('link', { name: 'Sensors', exact: true }).click();
    await expectHeading(page, 'Sensors');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('outlives the 24 hours of a refresh token while Entra’s session lasts', async () => {
    const { context, page, complaints } = await signedIn('bram.claes');
    await forgetTokens(page);
    ahead = day + 60_000;
    const refused = page.waitForResponse(
      (response) => response.url().includes('/token') && response.status() === 400,
    );
    // The refresh is refused a day later; what follows happens now, for the portal's clock is not moved.
    await page.route(/\/oauth2\/v2\.0\/authorize/, async (route) => {
      ahead = 0;
      await route.continue();
    });
    await page.getByRole('link', { name: 'Sensors', exact: true }).click();
    expect(await (await refused).text()).toContain('AADSTS700084');
    await expectHeading(page, 'Sensors');
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('while MSAL works', () => {
  it('the page says what it is doing', async () => {
    const { context, page } = await newVisitor(browser);
    await page.goto(world.portal.origin);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(/\/oauth2\/v2\.0\/token/, async (route) => {
      await held;
      await route.continue();
    });
    await signIn(page, `bram.claes@${domain}`);
    await page.getByText('Checking whether you are signed in…').waitFor();
    release();
    await expectHeading(page, 'Overview');
    await context.close();
  });
});

describe('groups where Graph isn’t consented', () => {
  it('are pasted as object ids', async () => {
    world.entra.changeApplication(clientIds.portal, { consentedGraphScopes: [] });
    const { context, page } = await newVisitor(browser);
    await page.goto(`${world.portal.origin}/sensor-settings/new?step=settings`);
    await signIn(page, `ada.verhaegen@${domain}`, { mfa: true });
    const picker = page.getByRole('combobox', { name: 'Admin' });
    await picker.click();
    await picker.pressSequentially('antwerp');
    await page
      .getByText(/object IDs/i)
      .first()
      .waitFor();
    const paste = page.getByLabel('Object IDs of groups for Admin');
    if (!(await paste.isVisible())) {
      await page.getByRole('button', { name: 'Paste object IDs instead' }).first().click();
    }
    await paste.fill('2B000000-0000-4000-8000-000000000011\nnot an id');
    await page.getByRole('button', { name: 'Add groups' }).first().click();
    await page
      .getByText(/not an id/)
      .last()
      .waitFor();
    await paste.fill('2B000000-0000-4000-8000-000000000011');
    await page.getByRole('button', { name: 'Add groups' }).first().click();
    const chosen = page.getByRole('list', { name: 'Admin: chosen groups' });
    await chosen.getByText('2b000000-0000-4000-8000-000000000011').first().waitFor();
    await context.close();
  });
});
