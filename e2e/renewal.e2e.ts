import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds } from '../src/demo/directory.ts';
import { expectHeading, forgetTokens, newVisitor, signIn } from './browser.ts';
import { domain, startPeopleWorld, type PeopleWorld } from './people-world.ts';

const day = 24 * 60 * 60_000;

/** How far local Entra's clock is ahead, in ms. */
let ahead = 0;
let at: PeopleWorld;

beforeAll(async () => {
  at = await startPeopleWorld({ clock: () => Date.now() + ahead });
});

afterAll(() => at?.close());

describe('renewal without asking', () => {
  it('goes through the hidden frame when the refresh token is lost', async () => {
    const { context, page, complaints } = await at.open('bram');
    await expectHeading(page, 'Overview');
    await forgetTokens(page, /accesstoken|refreshtoken/);
    await page.getByRole('link', { name: 'Sensors', exact: true }).click();
    await expectHeading(page, 'Sensors');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('outlives the 24 hours of a refresh token while Entra’s session lasts', async () => {
    const { context, page, complaints } = await at.open('bram');
    await expectHeading(page, 'Overview');
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
    const { context, page } = await newVisitor(at.browser);
    await page.goto(at.address('/'));
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
    at.world.entra.changeApplication(clientIds.portal, { consentedGraphScopes: [] });
    const { context, page } = await at.open('ada', '/sensor-settings/new?step=settings');
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
