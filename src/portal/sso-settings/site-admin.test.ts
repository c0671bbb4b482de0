import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SsoSetting } from '../../contract/sso-settings.ts';
import {
  importRows,
  readSites,
  sampleRows,
  targetsOf,
  type Sites,
} from '../../testing/sample-inventory.ts';
import {
  change,
  clearSettings,
  create,
  created,
  settingBody,
  siteGroups,
} from '../../testing/sample-setting.ts';
import {
  mapping,
  portalGroups,
  startTestPortal,
  type Api,
  type TestPortal,
} from '../../testing/test-portal.ts';
import { csv } from '../../testing/sensor-rows.ts';

let portal: TestPortal;
let admin: Api;
let places: Sites;
const { site, zone, sensor } = targetsOf(() => places);

beforeAll(async () => {
  portal = await startTestPortal();
  admin = await portal.as(portalGroups.admin);
  await importRows(admin, sampleRows);
  places = await readSites(admin);
});
afterAll(() => portal.close());

let antwerp: SsoSetting;
let ghent: SsoSetting;
let tankFarm: SsoSetting;
let local: Api;
const { admins, others, readers } = siteGroups;
const byOthers = mapping({ admin: [others] });

/** `local` is Admin of Antwerp, but of no other site, and not of its tank farm. */
beforeEach(async () => {
  await clearSettings(portal);
  antwerp = await created(admin, settingBody({ targets: [site('Antwerp')] }));
  const at = (name: string, target: ReturnType<typeof site> | ReturnType<typeof zone>) =>
    created(admin, settingBody({ name, permissions: byOthers, targets: [target] }));
  ghent = await at('Ghent', site('Ghent'));
  tankFarm = await at('Tank farm', zone('Antwerp', 'Tank farm'));
  local = await portal.as(admins);
});

const own = { permissions: mapping({ admin: [admins] }) };

describe('an Admin of one site', () => {
  it.each([
    ['another site', () => site('Ghent')],
    ['a zone of another site', () => zone('Ghent', 'Utilities')],
    ['a sensor of another site', () => sensor('GNT-PS-01')],
    ['a zone that another setting has', () => zone('Antwerp', 'Tank farm')],
    ['a sensor under such a zone', () => sensor('ANT-TF-01')],
  ])('can’t give themself %s', async (_what, target) => {
    const targets = [target()];
    const replaces = [ghent, tankFarm].flatMap(({ id }) =>
      targets.map((one) => ({ target: one, settingId: id })),
    );
    for (const body of [
      settingBody({ ...own, name: 'New', targets }),
      settingBody({ ...own, name: 'New', targets, replaces, acknowledges: targets }),
    ]) {
      expect(await create(local, body)).toMatchObject({
        status: 422,
        body: { code: 'invalid_targets' },
      });
    }
    const more = settingBody({ ...own, targets: [site('Antwerp'), ...targets] });
    expect((await change(local, antwerp, more)).status).toBe(422);
    const moved = settingBody({ ...own, targets });
    expect((await change(local, antwerp, moved)).status).toBe(422);
  });

  it('can neither see nor change nor delete the settings of others', async () => {
    for (const setting of [ghent, tankFarm]) {
      const path = `/sso-settings/${setting.id}`;
      const statuses = [
        await local('GET', path),
        await local('GET', `${path}/versions`),
        await local('GET', `${path}/deletion`),
        await change(local, setting, settingBody({ ...own, targets: [site('Antwerp')] })),
        await local('DELETE', path, { ifMatch: setting.revision }),
      ].map(({ status }) => status);
      expect(statuses).toEqual([404, 404, 404, 404, 404]);
    }
    const { body } = await local('GET', '/sso-settings');
    expect((body as { settings: SsoSetting[] }).settings.map(({ name }) => name)).toEqual([
      'Antwerp',
    ]);
  });

  it('moves no sensor to where they are Admin, and raises no role in the portal', async () => {
    const rows = [{ name: 'GNT-PS-01', zoneName: 'Utilities', siteName: 'Antwerp' }];
    const file = { body: csv(rows), type: 'text/csv' };
    const access = { permissions: mapping({ admin: [admins] }) };
    const statuses = [
      await local('POST', '/inventory/imports/preview', file),
      await local('POST', '/inventory/imports', { ...file, ifMatch: '1' }),
      await local('PUT', '/portal-access', { body: access, ifMatch: '1' }),
      await local('DELETE', '/providers/environment/draft'),
    ].map(({ status }) => status);
    expect(statuses).toEqual([403, 403, 403, 403]);
  });

  it('who only reads at another target of a setting can’t take it', async () => {
    const permissions = mapping({ admin: [others], readOnly: [admins, readers] });
    const body = settingBody({ name: 'Ghent', permissions, targets: [site('Ghent')] });
    expect((await change(admin, ghent, body)).status).toBe(200);
    const targets = [site('Ghent')];
    const replaces = [{ target: site('Ghent'), settingId: ghent.id }];
    const taken = settingBody({ ...own, name: 'New', targets, replaces, acknowledges: targets });
    expect(await create(local, taken)).toMatchObject({
      status: 403,
      body: { code: 'forbidden', details: { targets } },
    });
  });
});
