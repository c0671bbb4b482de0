import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds } from '../src/demo/directory.ts';
import { approveOnPhone } from '../src/testing/local-entra-pages.ts';
import { expectHeading, goTo, newVisitor, type Visitor } from './browser.ts';
import {
  enter,
  expectFocus,
  expectFocusOnHeading,
  stopsWithoutVisibleFocus,
  tabTo,
  type,
} from './keyboard.ts';
import { startPeopleWorld, type PeopleWorld } from './people-world.ts';

const inventory = new URL('../src/demo/inventory.csv', import.meta.url).pathname;

let at: PeopleWorld;
let ada: Visitor;
let page: Page;

beforeAll(async () => {
  at = await startPeopleWorld();
  ada = await newVisitor(at.browser);
  page = ada.page;
});

afterAll(() => at?.close());

const link = (name: string) => page.getByRole('link', { name, exact: true });
const button = (name: string) => page.getByRole('button', { name, exact: true });

async function chooseByKeyboard(role: string, search: string, name: string): Promise<void> {
  await tabTo(page.getByRole('combobox', { name: role }));
  await page.keyboard.type(search);
  const option = page.getByRole('option', { name });
  await option.waitFor();
  await expect
    .poll(async () => {
      const active = await page.evaluate(
        () => document.activeElement?.getAttribute('aria-activedescendant') ?? '',
      );
      if (active !== '' && active === (await option.getAttribute('id'))) return true;
      await page.keyboard.press('ArrowDown');
      return false;
    })
    .toBe(true);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: `Remove ${name}` }).waitFor();
  await page.keyboard.press('Escape');
}

// One story, told in the order in which it happens, and without a mouse.
describe('by keyboard alone, an administrator', () => {
  it('signs in', async () => {
    await page.goto(at.address('/'));
    await enter(button('SSO Sign-in'));
    await type(page.getByLabel('Email or user name'), 'ada.verhaegen@contoso-plants.example');
    await page.keyboard.press('Enter');
    await type(page.getByLabel('Password'), 'Gatehouse-demo-1');
    await page.keyboard.press('Enter');
    await approveOnPhone(page);
    await enter(button('Yes'));
    await expectHeading(page, 'Overview');
  });

  it('skips to the page with the first stop', async () => {
    await page.reload();
    await expectHeading(page, 'Overview');
    await page.keyboard.press('Tab');
    const skip = link('Skip to the page');
    await expectFocus(skip);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.keyboard.press('Tab');
    const inside = await page.evaluate(() => document.activeElement?.closest('main') !== null);
    expect(inside).toBe(true);
  });

  it('goes to another page, and the focus to its heading', async () => {
    await page.reload();
    await expectHeading(page, 'Overview');
    await enter(link('Sites'));
    await expectFocusOnHeading(page, 'Sites');
    await enter(link('Import inventory').first());
    await expectFocusOnHeading(page, 'Import inventory');
  });

  it('imports a file', async () => {
    page.once('filechooser', (chooser) => void chooser.setFiles(inventory));
    await enter(button('Choose a file'));
    await enter(button('Import'));
    await page.getByRole('region', { name: 'Imported' }).waitFor();
    await enter(link('Create an SSO setting'));
    await expectFocusOnHeading(page, 'Add a setting');
  });

  it('creates a setting with the wizard', async () => {
    await tabTo(page.getByRole('combobox', { name: 'Subscription' }));
    await page.keyboard.press('ArrowDown');
    await type(page.getByRole('textbox', { name: 'Name', exact: true }), 'Typed, not clicked');
    await enter(button('Next'));
    await page.getByRole('main').getByRole('heading', { name: 'Settings' }).waitFor();

    await type(page.getByRole('textbox', { name: 'Application name' }), clientIds.plantSensors);
    await chooseByKeyboard('Admin', 'antwerp ot', 'Antwerp OT Admins');
    await chooseByKeyboard('Read only', 'antwerp ot', 'Antwerp OT Readers');
    await tabTo(page.getByRole('checkbox', { name: /allow/i }));
    await page.keyboard.press('Space');
    await enter(button('Next'));

    const first = page.getByRole('list', { name: 'Sites' }).getByRole('checkbox').first();
    await tabTo(first);
    await page.keyboard.press('Space');
    await tabTo(
      page.getByRole('switch', { name: 'Add selection by specific zone/sensor' }),
      'Shift+Tab',
    );
    await page.keyboard.press('Space');
    await page.getByRole('tree').waitFor();
    await tabTo(page.getByRole('treeitem').first());
    // Down to the second site, open it, into its first zone, and check that.
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    const zone = page.getByRole('treeitem', { name: /^Zone / }).first();
    await zone.waitFor();
    await page.keyboard.press('ArrowRight');
    expect(await zone.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Space');
    await page.getByRole('status').getByText('1 site, 1 zone').waitFor();
    await enter(button('Next'));

    await page.getByRole('region', { name: 'What this changes' }).waitFor();
    await enter(button('Create'));
    await expectFocusOnHeading(page, 'Typed, not clicked');
  });

  it('has the focus back on the button after a question is cancelled', async () => {
    await enter(button('Delete'));
    await page.getByRole('alertdialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').waitFor({ state: 'hidden' });
    await expectFocus(button('Delete'));
  });

  it.each([
    ['/', 'Overview'],
    ['/sensors', 'Sensors'],
    ['/sensor-settings/new?step=settings', 'Add a setting'],
    ['/portal-access', 'Portal access'],
  ])('sees where the focus is at every stop of %s', async (path, heading) => {
    await goTo(page, at.address(path), heading);
    await page.waitForLoadState('networkidle');
    expect(await stopsWithoutVisibleFocus(page)).toEqual([]);
  });

  it('opens the menu of a narrow window, and closes it again', async () => {
    await page.setViewportSize({ width: 400, height: 800 });
    await page.reload();
    await enter(button('Menu'));
    const menu = page.getByRole('dialog', { name: 'Main menu' });
    await menu.waitFor();
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
    await expectFocus(button('Menu'));
    await page.keyboard.press('Enter');
    await enter(menu.getByRole('link', { name: 'My access' }));
    await menu.waitFor({ state: 'hidden' });
    await expectFocusOnHeading(page, 'My access');
    await page.setViewportSize({ width: 1360, height: 850 });
  });

  it('signs out', async () => {
    await page.reload();
    await enter(button('Account: Ada Verhaegen'));
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await button('SSO Sign-in').waitFor();
    expect(ada.complaints).toEqual([]);
  });
});
