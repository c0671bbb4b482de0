import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personIds } from '../src/demo/directory.ts';
import { apiAs, createSetting, findTarget, importSensors, siteGroups } from './api.ts';
import {
  expectHeading,
  goTo,
  launchBrowser,
  lookAt,
  navigationEntries,
  openAs,
  usableChanges,
  type Visitor,
} from './browser.ts';
import { startWorld, type World } from './world.ts';
import type { SsoSetting } from '../src/contract/sso-settings.ts';
import type { Api } from '../src/testing/test-portal.ts';

const domain = 'contoso-plants.example';
const refusedCode = (code: string) => expect.objectContaining({ code });

let world: World;
let browser: Browser;
let antwerp: SsoSetting;

beforeAll(async () => {
  world = await startWorld();
  browser = await launchBrowser();
  const adasApi = await apiAs(world, personIds.ada);
  await importSensors(adasApi);
  antwerp = await createSetting(adasApi, 'Antwerp sign-in', siteGroups.antwerp, ['Antwerp']);
  await createSetting(adasApi, 'Rotterdam sign-in', siteGroups.rotterdam, ['Rotterdam']);
});

afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const openPortal = (person: string, options: { mfa?: boolean } = {}) =>
  openAs(browser, world.portal.origin, `${person}@${domain}`, options);

const address = (path: string) => `${world.portal.origin}${path}`;

describe('an Admin of the portal', () => {
  it('sees everything, and may change it', async () => {
    const ada = await openPortal('ada.verhaegen', { mfa: true });
    const { page } = ada;
    await expectHeading(page, 'Overview');
    await page.getByText('Recent changes').waitFor();
    expect(await navigationEntries(page)).toEqual([
      'Overview',
      'Sites',
      'Sensors',
      'Sensor settings',
      'My access',
      'Who gets what where',
      'Sign-ins',
      'Sessions',
      'Audit',
      'Single Sign-On',
      'Portal access',
      'Users',
      'Security',
      'Troubleshooting',
    ]);
    await lookAt(page, 'overview-admin');
    await goTo(page, address('/sites'), 'Sites');
    await page.getByRole('link', { name: 'Stavanger' }).waitFor();
    expect(await usableChanges(page)).toEqual(['Import inventory']);
    await goTo(page, address(`/sensor-settings/${antwerp.id}`), 'Antwerp sign-in');
    await page.getByRole('button', { name: 'Delete' }).waitFor();
    expect(await usableChanges(page)).toEqual(['Edit', 'Delete']);
    expect(ada.complaints).toEqual([]);
    await ada.context.close();
  });
});

describe('a Security analyst', () => {
  let bram: Visitor;
  let api: Api;

  beforeAll(async () => {
    api = await apiAs(world, personIds.bram);
    bram = await openPortal('bram.claes');
  });
  afterAll(() => bram?.context.close());

  it('sees settings and activity', async () => {
    const { page } = bram;
    await expectHeading(page, 'Overview');
    await page.getByText('Recent changes').waitFor();
    expect(await navigationEntries(page)).toEqual([
      'Overview',
      'Sites',
      'Sensors',
      'Sensor settings',
      'My access',
      'Who gets what where',
      'Sign-ins',
      'Sessions',
      'Audit',
      'Portal access',
      'Security',
      'Troubleshooting',
    ]);
    await lookAt(page, 'overview-analyst');
    await goTo(page, address('/sign-ins'), 'Sign-ins');
    await page.getByRole('rowheader', { name: 'Bram Claes' }).first().waitFor();
    await goTo(page, address('/audit'), 'Audit');
    await page.getByText('SSO setting "Antwerp sign-in" created').first().waitFor();
    await goTo(page, address('/access'), 'Who gets what where');
    await page.getByText('Antwerp OT Admins').waitFor();
  });

  it('is offered no change anywhere', async () => {
    const { page } = bram;
    await goTo(page, address('/sites'), 'Sites');
    await page.getByRole('link', { name: 'Stavanger' }).waitFor();
    expect(await usableChanges(page)).toEqual([]);

    await goTo(page, address('/sensor-settings'), 'Sensor settings');
    await page.getByRole('link', { name: 'Antwerp sign-in' }).waitFor();
    expect(await usableChanges(page)).toEqual([]);
    // It is there, and says what it takes.
    await page.getByRole('button', { name: '+ Add' }).focus();
    await page
      .getByRole('tooltip')
      .getByText(/needs the role Admin/)
      .waitFor();
    await lookAt(page, 'sensor-settings-analyst');

    await goTo(page, address(`/sensor-settings/${antwerp.id}`), 'Antwerp sign-in');
    await page.getByText('Antwerp OT Analysts').waitFor();
    expect(await usableChanges(page)).toEqual([]);

    await goTo(page, address('/portal-access'), 'Portal access');
    await page.getByText('Only an Admin of the portal may change this.').waitFor();
    expect(await usableChanges(page)).toEqual([]);
  });

  it('is told why at an address that leads to a change', async () => {
    const { page } = bram;
    await goTo(page, address('/sensor-settings/new'), 'Add a setting');
    await page.getByText('Your role doesn’t change SSO settings').waitFor();
    await lookAt(page, 'wizard-not-allowed');
    await goTo(page, address(`/sensor-settings/${antwerp.id}/edit`), 'Edit setting');
    await page.getByText('Your role doesn’t change SSO settings').waitFor();
    await goTo(page, address('/inventory/import'), 'Import inventory');
    await page.getByText('Your role doesn’t import').waitFor();
    await goTo(page, address('/single-sign-on'), 'Single Sign-On');
    await page.getByText('Your role doesn’t').first().waitFor();
    await lookAt(page, 'single-sign-on-not-allowed');
    expect(bram.complaints).toEqual([]);
  });

  it('is refused by the API regardless', async () => {
    const { id, revision } = antwerp;
    const setting = (await api('GET', `/sso-settings/${id}`)).body as SsoSetting;
    const { name, type, permissions, subscriptionName, clientId, tenantId } = setting;
    const basics = { name, type, permissions, subscriptionName, clientId, tenantId };
    const body = {
      ...basics,
      targets: [await findTarget(api, 'Antwerp')],
      allowRulesConfirmed: true,
    };
    const access = await api('GET', '/portal-access');
    const tries = [
      api('POST', '/sso-settings', { body }),
      api('POST', '/sso-settings/review', { body }),
      api('PUT', `/sso-settings/${id}`, { body, ifMatch: revision }),
      api('GET', `/sso-settings/${id}/deletion`),
      api('DELETE', `/sso-settings/${id}`, { ifMatch: revision }),
      api('POST', '/inventory/imports/preview', { body: 'Sensor name\n', type: 'text/csv' }),
      api('POST', '/inventory/imports', { body: 'a\n', type: 'text/csv', ifMatch: revision }),
      api('PUT', '/portal-access', {
        body: { permissions: (access.body as { permissions: unknown }).permissions },
        ifMatch: access.etag ?? '',
      }),
      api('GET', '/providers'),
    ];
    for (const answer of await Promise.all(tries)) {
      expect(answer).toMatchObject({ status: 403, body: refusedCode('forbidden') });
    }
    expect((await api('GET', `/sso-settings/${id}`)).body).toEqual(setting);
  });
});

describe('somebody who is Read only', () => {
  let chloe: Visitor;

  beforeAll(async () => {
    chloe = await openPortal('chloe.peeters');
  });
  afterAll(() => chloe?.context.close());

  it('sees the inventory and their own access', async () => {
    const { page } = chloe;
    await expectHeading(page, 'Overview');
    await page.getByText('Sensors by health').waitFor();
    expect(await navigationEntries(page)).toEqual([
      'Overview',
      'Sites',
      'Sensors',
      'My access',
      'Sessions',
      'Troubleshooting',
    ]);
    expect(await page.getByText(/Recent (changes|sign-ins)/).count()).toBe(0);
    await lookAt(page, 'overview-read-only');

    await goTo(page, address('/sites'), 'Sites');
    await page.getByRole('link', { name: 'Antwerp' }).click();
    await expectHeading(page, 'Antwerp');
    await page.getByRole('link', { name: 'ANT-TF-01' }).click();
    await expectHeading(page, 'ANT-TF-01');
    await page.getByText('Your role here doesn’t show SSO settings').waitFor();
    expect(await page.getByText('Antwerp sign-in').count()).toBe(0);
    expect(await usableChanges(page)).toEqual([]);
    await lookAt(page, 'sensor-read-only');

    await goTo(page, address('/my-access'), 'My access');
    await page.getByText('Gatehouse Readers').first().waitFor();
    await lookAt(page, 'my-access-read-only');
  });

  it.each([
    ['/sensor-settings', 'Sensor settings'],
    ['/sensor-settings/new', 'Add a setting'],
    ['/inventory/import', 'Import inventory'],
    ['/access', 'Who gets what where'],
    ['/sign-ins', 'Sign-ins'],
    ['/users', 'Users'],
    ['/audit', 'Audit'],
    ['/single-sign-on', 'Single Sign-On'],
    ['/portal-access', 'Portal access'],
    ['/security', 'Security'],
  ])('is told at %s that their role doesn’t show it', async (path, heading) => {
    await goTo(chloe.page, address(path), heading);
    await chloe.page.getByText('Your role doesn’t').first().waitFor();
    expect(await usableChanges(chloe.page)).toEqual([]);
    expect(chloe.complaints).toEqual([]);
  });

  it('sees no session but their own', async () => {
    const { page } = chloe;
    await goTo(page, address('/sessions'), 'Sessions');
    await page.getByRole('heading', { name: 'Yours at the portal' }).waitFor();
    expect(await page.getByText('At sensors’ consoles').count()).toBe(0);
    expect(chloe.complaints).toEqual([]);
  });

  it('gets settings and activity from the API neither', async () => {
    const api = await apiAs(world, personIds.chloe);
    for (const path of [
      '/sso-settings',
      `/sso-settings/${antwerp.id}`,
      `/sso-settings/${antwerp.id}/versions`,
      '/sign-ins',
      '/audit-events',
      '/portal-access',
      '/providers',
      '/users',
      '/sessions',
      '/security-settings',
      '/gate-keys',
    ]) {
      expect({ path, ...(await api('GET', path)) }).toMatchObject({ path, status: 403 });
    }
  });
});
