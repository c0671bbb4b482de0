import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SsoSetting } from '../src/contract/sso-settings.ts';
import { personIds } from '../src/demo/directory.ts';
import type { Api } from '../src/testing/test-portal.ts';
import { apiAs, findTarget, twoSites } from './api.ts';
import {
  expectHeading,
  goTo,
  lookAt,
  navigationEntries,
  usableChanges,
  type Visitor,
} from './browser.ts';
import { startAdminWorld, type AdminWorld } from './people-world.ts';

const refusedCode = (code: string) => expect.objectContaining({ code });
/** What everybody's navigation has who sees settings, in its order. */
const entries = [
  'Overview',
  'Sites',
  'Sensors',
  'Sensor settings',
  'My access',
  'Who gets what where',
  'Sign-ins',
  'Sessions',
  'Audit',
];

let at: AdminWorld;
let antwerp: SsoSetting;

beforeAll(async () => {
  at = await startAdminWorld({
    prepare: async ({ api }) => {
      ({ antwerp } = await twoSites(api));
    },
  });
});

afterAll(() => at?.close());

describe('an Admin of the portal', () => {
  it('sees everything, and may change it', async () => {
    const { page } = at.ada;
    await page.getByText('Recent changes').waitFor();
    expect(await navigationEntries(page)).toEqual([
      ...entries,
      'Single Sign-On',
      'Portal access',
      'Users',
      'Security',
      'Troubleshooting',
    ]);
    await lookAt(page, 'overview-admin');
    await goTo(page, at.address('/sites'), 'Sites');
    await page.getByRole('link', { name: 'Stavanger' }).waitFor();
    expect(await usableChanges(page)).toEqual(['Import inventory']);
    await goTo(page, at.address(`/sensor-settings/${antwerp.id}`), 'Antwerp sign-in');
    await page.getByRole('button', { name: 'Delete' }).waitFor();
    expect(await usableChanges(page)).toEqual(['Edit', 'Delete']);
    expect(at.ada.complaints).toEqual([]);
  });
});

describe('a Security analyst', () => {
  let bram: Visitor;
  let api: Api;

  beforeAll(async () => {
    api = await apiAs(at.world, personIds.bram);
    bram = await at.open('bram');
  });
  afterAll(() => bram?.context.close());

  it('sees settings and activity', async () => {
    const { page } = bram;
    await expectHeading(page, 'Overview');
    await page.getByText('Recent changes').waitFor();
    expect(await navigationEntries(page)).toEqual([
      ...entries,
      'Portal access',
      'Security',
      'Troubleshooting',
    ]);
    await lookAt(page, 'overview-analyst');
    await goTo(page, at.address('/sign-ins'), 'Sign-ins');
    await page.getByRole('rowheader', { name: 'Bram Claes' }).first().waitFor();
    await goTo(page, at.address('/audit'), 'Audit');
    await page.getByText('SSO setting "Antwerp sign-in" created').first().waitFor();
    await goTo(page, at.address('/access'), 'Who gets what where');
    await page.getByText('Antwerp OT Admins').waitFor();
  });

  it('is offered no change anywhere', async () => {
    const { page } = bram;
    await goTo(page, at.address('/sites'), 'Sites');
    await page.getByRole('link', { name: 'Stavanger' }).waitFor();
    expect(await usableChanges(page)).toEqual([]);

    await goTo(page, at.address('/sensor-settings'), 'Sensor settings');
    await page.getByRole('link', { name: 'Antwerp sign-in' }).waitFor();
    expect(await usableChanges(page)).toEqual([]);
    // It is there, and says what it takes.
    await page.getByRole('button', { name: '+ Add' }).focus();
    await page
      .getByRole('tooltip')
      .getByText(/needs the role Admin/)
      .waitFor();
    await lookAt(page, 'sensor-settings-analyst');

    await goTo(page, at.address(`/sensor-settings/${antwerp.id}`), 'Antwerp sign-in');
    await page.getByText('Antwerp OT Analysts').waitFor();
    expect(await usableChanges(page)).toEqual([]);

    await goTo(page, at.address('/portal-access'), 'Portal access');
    await page.getByText('Only an Admin of the portal may change this.').waitFor();
    expect(await usableChanges(page)).toEqual([]);
  });

  it('is told why at an address that leads to a change', async () => {
    const { page } = bram;
    await goTo(page, at.address('/sensor-settings/new'), 'Add a setting');
    await page.getByText('Your role doesn’t change SSO settings').waitFor();
    await lookAt(page, 'wizard-not-allowed');
    await goTo(page, at.address(`/sensor-settings/${antwerp.id}/edit`), 'Edit setting');
    await page.getByText('Your role doesn’t change SSO settings').waitFor();
    await goTo(page, at.address('/inventory/import'), 'Import inventory');
    await page.getByText('Your role doesn’t import').waitFor();
    await goTo(page, at.address('/single-sign-on'), 'Single Sign-On');
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
    chloe = await at.open('chloe');
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

    await goTo(page, at.address('/sites'), 'Sites');
    await page.getByRole('link', { name: 'Antwerp' }).click();
    await expectHeading(page, 'Antwerp');
    await page.getByRole('link', { name: 'ANT-TF-01' }).click();
    await expectHeading(page, 'ANT-TF-01');
    await page.getByText('Your role here doesn’t show SSO settings').waitFor();
    expect(await page.getByText('Antwerp sign-in').count()).toBe(0);
    expect(await usableChanges(page)).toEqual([]);
    await lookAt(page, 'sensor-read-only');

    await goTo(page, at.address('/my-access'), 'My access');
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
    await goTo(chloe.page, at.address(path), heading);
    await chloe.page.getByText('Your role doesn’t').first().waitFor();
    expect(await usableChanges(chloe.page)).toEqual([]);
    expect(chloe.complaints).toEqual([]);
  });

  it('sees no session but their own', async () => {
    const { page } = chloe;
    await goTo(page, at.address('/sessions'), 'Sessions');
    await page.getByRole('heading', { name: 'Yours at the portal' }).waitFor();
    expect(await page.getByText('At sensors’ consoles').count()).toBe(0);
    expect(chloe.complaints).toEqual([]);
  });

  it('gets settings and activity from the API neither', async () => {
    const api = await apiAs(at.world, personIds.chloe);
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
