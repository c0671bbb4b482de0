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
  type Visitor,
} from './browser.ts';
import { startWorld, type World } from './world.ts';
import type { SsoSetting } from '../src/contract/sso-settings.ts';
import type { Api } from '../src/testing/test-portal.ts';

const domain = 'contoso-plants.example';

let world: World;
let browser: Browser;
let adasApi: Api;
let antwerp: SsoSetting;
let rotterdam: SsoSetting;

beforeAll(async () => {
  world = await startWorld();
  browser = await launchBrowser();
  adasApi = await apiAs(world, personIds.ada);
  await importSensors(adasApi);
  antwerp = await createSetting(adasApi, 'Antwerp sign-in', siteGroups.antwerp, ['Antwerp']);
  rotterdam = await createSetting(adasApi, 'Rotterdam sign-in', siteGroups.rotterdam, [
    'Rotterdam',
  ]);
});

afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const address = (path: string) => `${world.portal.origin}${path}`;

describe('somebody of one site', () => {
  let dries: Visitor;
  let api: Api;

  beforeAll(async () => {
    // Something to see at both sites.
    await (
      await apiAs(world, personIds.rosa)
    )('GET', '/me');
    api = await apiAs(world, personIds.dries);
    dries = await openAs(browser, world.portal.origin, `dries.janssens@${domain}`);
  });
  afterAll(() => dries?.context.close());

  it('sees that site only: counts, lists, settings and activity', async () => {
    const { page } = dries;
    await expectHeading(page, 'Overview');
    await page.getByRole('link', { name: /^1\s*Site$/ }).waitFor();
    await page.getByRole('link', { name: /^18\s*Sensors$/ }).waitFor();
    await page.getByRole('link', { name: /^1\s*SSO setting$/ }).waitFor();
    expect(await page.getByText('Rotterdam').count()).toBe(0);
    await lookAt(page, 'overview-site-admin');

    await goTo(page, address('/sensors'), 'Sensors');
    await page.getByText('18 of 18 sensors').waitFor();
    expect(await page.getByRole('link', { name: /^RTM-/ }).count()).toBe(0);

    await goTo(page, address('/sensor-settings'), 'Sensor settings');
    await page.getByRole('link', { name: 'Antwerp sign-in' }).waitFor();
    expect(await page.getByText('Rotterdam').count()).toBe(0);

    for (const [path, heading] of [
      ['/sign-ins', 'Sign-ins'],
      ['/audit', 'Audit'],
    ] as const) {
      await goTo(page, address(path), heading);
      await page.getByRole('table').or(page.getByText('Nothing here')).first().waitFor();
      expect(await page.getByText(/Rotterdam|Rosa van Dijk/).count()).toBe(0);
    }
    await lookAt(page, 'audit-site-admin');
    expect(dries.complaints).toEqual([]);
  });

  it('edits the setting of that site, and is refused those of others', async () => {
    const { page } = dries;
    await goTo(page, address(`/sensor-settings/${antwerp.id}/edit`), 'Edit Antwerp sign-in');
    await page.getByRole('textbox', { name: 'Name', exact: true }).waitFor();

    await goTo(page, address(`/sensor-settings/${rotterdam.id}`), 'Setting');
    await page.getByRole('alert').getByText('Not found').waitFor();
    await lookAt(page, 'sensor-setting-not-found');
    const site = await findTarget(adasApi, 'Rotterdam');
    const sensor = await findTarget(adasApi, 'Rotterdam/Distillation/RTM-DIS-01');
    for (const path of [
      `/sites/${site.id}`,
      `/sensors/${sensor.id}`,
      `/sensors/${sensor.id}/effective-setting`,
      `/sso-settings/${rotterdam.id}`,
      `/sso-settings/${rotterdam.id}/deletion`,
    ]) {
      expect({ path, ...(await api('GET', path)) }).toMatchObject({ path, status: 404 });
    }
    expect((await api('GET', '/portal-access')).status).toBe(403);
    expect((await api('GET', '/providers')).status).toBe(403);
  });
});

/** The role that My access shows, with the group that gives it. */
describe('My access', () => {
  it.each([
    {
      who: 'elif.yilmaz',
      why: 'is in two mapped groups',
      role: 'Security analyst',
      through: 'Gatehouse Security Analysts',
    },
    {
      who: 'jonas.weber_partner.example#EXT#',
      why: 'is a guest',
      role: 'Read only',
      through: 'Gatehouse Readers',
    },
    {
      who: 'quinten.maes',
      why: 'is in a nested group',
      role: 'Security analyst',
      through: 'Antwerp OT Analysts',
    },
    {
      who: 'rosa.van.dijk',
      why: 'reads Rotterdam only',
      role: 'Read only',
      through: 'Rotterdam OT Readers',
    },
  ])('of $who, who $why: $role', async ({ who, role, through }) => {
    const { context, page, complaints } = await openAs(
      browser,
      `${world.portal.origin}/my-access`,
      `${who}@${domain}`,
    );
    await expectHeading(page, 'My access');
    const facts = page.getByRole('main');
    await facts.getByText(through).first().waitFor();
    await facts.getByText(role).first().waitFor();
    await lookAt(page, `my-access-${who.split('.')[0]}`);
    if (who.startsWith('jonas')) await facts.getByText('Jonas Weber (guest)').waitFor();
    if (who.startsWith('elif')) expect(await navigationEntries(page)).toContain('Audit');
    if (who.startsWith('quinten') || who.startsWith('rosa')) {
      const [here, elsewhere] = who.startsWith('rosa')
        ? ['Rotterdam', 'Antwerp']
        : ['Antwerp', 'Rotterdam'];
      await page.getByRole('link', { name: 'Sites', exact: true }).click();
      await page.getByRole('link', { name: here, exact: true }).waitFor();
      expect(await page.getByText(elsewhere).count()).toBe(0);
    }
    expect(complaints).toEqual([]);
    await context.close();
  });
});
