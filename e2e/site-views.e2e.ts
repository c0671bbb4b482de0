import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SsoSetting } from '../src/contract/sso-settings.ts';
import { personIds } from '../src/demo/directory.ts';
import type { Api } from '../src/testing/test-portal.ts';
import { apiAs, findTarget, twoSites } from './api.ts';
import { expectHeading, goTo, lookAt, navigationEntries, type Visitor } from './browser.ts';
import { startPeopleWorld, type PeopleWorld } from './people-world.ts';

let at: PeopleWorld;
let antwerp: SsoSetting;
let rotterdam: SsoSetting;

beforeAll(async () => {
  at = await startPeopleWorld({
    prepare: async ({ api }) => {
      ({ antwerp, rotterdam } = await twoSites(api));
    },
  });
});

afterAll(() => at?.close());

describe('somebody of one site', () => {
  let dries: Visitor;
  let api: Api;

  beforeAll(async () => {
    // Something to see at both sites.
    await (
      await apiAs(at.world, personIds.rosa)
    )('GET', '/me');
    api = await apiAs(at.world, personIds.dries);
    dries = await at.open('dries');
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

    await goTo(page, at.address('/sensors'), 'Sensors');
    await page.getByText('18 of 18 sensors').waitFor();
    expect(await page.getByRole('link', { name: /^RTM-/ }).count()).toBe(0);

    await goTo(page, at.address('/sensor-settings'), 'Sensor settings');
    await page.getByRole('link', { name: 'Antwerp sign-in' }).waitFor();
    expect(await page.getByText('Rotterdam').count()).toBe(0);

    for (const [path, heading] of [
      ['/sign-ins', 'Sign-ins'],
      ['/audit', 'Audit'],
    ] as const) {
      await goTo(page, at.address(path), heading);
      await page.getByRole('table').or(page.getByText('Nothing here')).first().waitFor();
      expect(await page.getByText(/Rotterdam|Rosa van Dijk/).count()).toBe(0);
    }
    await lookAt(page, 'audit-site-admin');
    expect(dries.complaints).toEqual([]);
  });

  it('edits the setting of that site, and is refused those of others', async () => {
    const { page } = dries;
    await goTo(page, at.address(`/sensor-settings/${antwerp.id}/edit`), 'Edit Antwerp sign-in');
    await page.getByRole('textbox', { name: 'Name', exact: true }).waitFor();

    await goTo(page, at.address(`/sensor-settings/${rotterdam.id}`), 'Setting');
    await page.getByRole('alert').getByText('Not found').waitFor();
    await lookAt(page, 'sensor-setting-not-found');
    const site = await findTarget(at.api, 'Rotterdam');
    const sensor = await findTarget(at.api, 'Rotterdam/Distillation/RTM-DIS-01');
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
      who: 'elif',
      why: 'is in two mapped groups',
      role: 'Security analyst',
      through: 'Gatehouse Security Analysts',
    },
    {
      who: 'jonas',
      why: 'is a guest',
      role: 'Read only',
      through: 'Gatehouse Readers',
    },
    {
      who: 'quinten',
      why: 'is in a nested group',
      role: 'Security analyst',
      through: 'Antwerp OT Analysts',
    },
    {
      who: 'rosa',
      why: 'reads Rotterdam only',
      role: 'Read only',
      through: 'Rotterdam OT Readers',
    },
  ] as const)('of $who, who $why: $role', async ({ who, role, through }) => {
    const { context, page, complaints } = await at.open(who, '/my-access');
    await expectHeading(page, 'My access');
    const facts = page.getByRole('main');
    await facts.getByText(through).first().waitFor();
    await facts.getByText(role).first().waitFor();
    await lookAt(page, `my-access-${who}`);
    if (who === 'jonas') await facts.getByText('Jonas Weber (guest)').waitFor();
    if (who === 'elif') expect(await navigationEntries(page)).toContain('Audit');
    if (who === 'quinten' || who === 'rosa') {
      const [here, elsewhere] =
        who === 'rosa' ? ['Rotterdam', 'Antwerp'] : ['Antwerp', 'Rotterdam'];
      await page.getByRole('link', { name: 'Sites', exact: true }).click();
      await page.getByRole('link', { name: here, exact: true }).waitFor();
      expect(await page.getByText(elsewhere).count()).toBe(0);
    }
    expect(complaints).toEqual([]);
    await context.close();
  });
});
