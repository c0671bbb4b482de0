import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personIds } from '../src/demo/directory.ts';
import { apiAs, createSetting, findTarget, importSensors, roleGroups, siteGroups } from './api.ts';
import {
  expectHeading,
  expectNoSidewaysScroll,
  goTo,
  keepPicture,
  launchBrowser,
  lookAt,
  newVisitor,
  openAs,
  type Visitor,
} from './browser.ts';
import { startWorld, type World } from './world.ts';

const domain = 'contoso-plants.example';

let world: World;
let browser: Browser;
let ada: Visitor;
const ids = { site: '', sensor: '', setting: '' };

beforeAll(async () => {
  world = await startWorld();
  browser = await launchBrowser();
  const api = await apiAs(world, personIds.ada);
  await importSensors(api);
  const { id } = await createSetting(api, 'Antwerp sign-in', siteGroups.antwerp, ['Antwerp']);
  await createSetting(api, 'Rotterdam sign-in', siteGroups.rotterdam, ['Rotterdam']);
  const nightShift = roleGroups('antwerpAdmins', 'antwerpShiftLeads', 'antwerpReaders');
  await createSetting(api, 'Tank farm night shift', nightShift, [
    'Antwerp/Tank farm',
    'Antwerp/Jetty 7/ANT-J7-01',
  ]);
  ids.setting = id;
  ids.site = (await findTarget(api, 'Antwerp')).id;
  ids.sensor = (await findTarget(api, 'Antwerp/Tank farm/ANT-TF-01')).id;
  for (const person of [personIds.bram, personIds.chloe, personIds.dries]) {
    await (
      await apiAs(world, person)
    )('GET', '/me');
  }
  ada = await openAs(browser, world.portal.origin, `ada.verhaegen@${domain}`, { mfa: true });
  await expectHeading(ada.page, 'Overview');
});

afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const address = (path: string) => `${world.portal.origin}${path}`;

describe('pictures for the README', () => {
  it('can be made', async () => {
    const { page } = ada;
    await goTo(page, address('/'), 'Overview');
    await page.getByText('Recent changes').waitFor();
    await keepPicture(page, 'overview');
    const apply = `/sensor-settings/${ids.setting}/edit?step=apply`;
    await goTo(page, address(apply), 'Edit Antwerp sign-in');
    await page.getByRole('switch', { name: 'Add selection by specific zone/sensor' }).check();
    await page.getByRole('treeitem', { name: /^Site Antwerp/ }).focus();
    await page.keyboard.press('ArrowRight');
    const zone = page.getByRole('treeitem', { name: /^Zone Tank farm/ });
    await zone.getByRole('checkbox').first().check();
    await keepPicture(page, 'wizard');
    // Nothing of it stays for the other journeys.
    await page.getByRole('link', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Discard' }).click();
    await expectHeading(page, 'Antwerp sign-in');
  });
});

/** Light, dark, and in a narrow window. */
async function lookAtAll(page: Page, name: string): Promise<void> {
  // Several parts of a page may load, each by itself.
  const loading = page.getByText(/^Loading .+…$/);
  await expect.poll(() => loading.count(), { timeout: 30_000 }).toBe(0);
  await page.waitForLoadState('networkidle');
  await lookAt(page, `page-${name}`);
  await page.setViewportSize({ width: 400, height: 800 });
  await expectNoSidewaysScroll(page);
  await lookAt(page, `page-${name}-narrow`, ['light']);
  await page.setViewportSize({ width: 1360, height: 850 });
}

/** Every page of the application, by its address in `routes.tsx`. */
describe('every page, in light and dark, wide and narrow', () => {
  it.each([
    { name: 'overview', path: () => '/', heading: 'Overview' },
    { name: 'sites', path: () => '/sites', heading: 'Sites' },
    { name: 'site', path: () => `/sites/${ids.site}`, heading: 'Antwerp' },
    { name: 'sensors', path: () => '/sensors?search=ANT', heading: 'Sensors' },
    { name: 'sensor', path: () => `/sensors/${ids.sensor}`, heading: 'ANT-TF-01' },
    { name: 'import', path: () => '/inventory/import', heading: 'Import inventory' },
    { name: 'sensor-settings', path: () => '/sensor-settings', heading: 'Sensor settings' },
    { name: 'wizard-basics', path: () => '/sensor-settings/new', heading: 'Add a setting' },
    {
      name: 'wizard-settings',
      path: () => `/sensor-settings/${ids.setting}/edit?step=settings`,
      heading: 'Edit Antwerp sign-in',
    },
    {
      name: 'wizard-apply',
      path: () => `/sensor-settings/${ids.setting}/edit?step=apply`,
      heading: 'Edit Antwerp sign-in',
    },
    {
      name: 'wizard-review',
      path: () => `/sensor-settings/${ids.setting}/edit?step=review`,
      heading: 'Edit Antwerp sign-in',
    },
    {
      name: 'sensor-setting',
      path: () => `/sensor-settings/${ids.setting}`,
      heading: 'Antwerp sign-in',
    },
    { name: 'my-access', path: () => '/my-access', heading: 'My access' },
    { name: 'who-gets-what', path: () => '/access', heading: 'Who gets what where' },
    { name: 'sign-ins', path: () => '/sign-ins', heading: 'Sign-ins' },
    { name: 'audit', path: () => '/audit', heading: 'Audit' },
    { name: 'single-sign-on', path: () => '/single-sign-on', heading: 'Single Sign-On' },
    {
      name: 'provider-new-spa',
      path: () => '/single-sign-on/new/spa',
      heading: 'Add a single-page application',
    },
    {
      name: 'provider-new-web',
      path: () => '/single-sign-on/new/web',
      heading: 'Add a web application',
    },
    {
      name: 'provider-environment',
      path: () => '/single-sign-on/environment',
      heading: 'Microsoft',
    },
    { name: 'portal-access', path: () => '/portal-access', heading: 'Portal access' },
    { name: 'troubleshooting', path: () => '/troubleshooting', heading: 'Troubleshooting' },
    { name: 'not-found', path: () => '/nowhere', heading: 'There is no such page' },
  ])('$name', async ({ name, path, heading }) => {
    await goTo(ada.page, address(path()), heading);
    await lookAtAll(ada.page, name);
    expect(ada.complaints).toEqual([]);
  });

  it.each([
    { name: 'sign-in', path: '/', shows: 'SSO Sign-in' },
    { name: 'troubleshooting-outside', path: '/troubleshooting', shows: 'Troubleshooting' },
    { name: 'recover', path: '/recover#token=used-or-mistyped', shows: /link/ },
  ])('$name, for somebody who isn’t signed in', async ({ name, path, shows }) => {
    const { context, page, complaints } = await newVisitor(browser);
    await page.goto(address(path));
    await page.getByText(shows).first().waitFor();
    await lookAtAll(page, name);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('a refusal', async () => {
    const finn = await openAs(browser, world.portal.origin, `finn.bakker@${domain}`);
    await expectHeading(finn.page, /None of your groups/);
    await lookAtAll(finn.page, 'refusal');
    expect(finn.complaints).toEqual([]);
    await finn.context.close();
  });
});
