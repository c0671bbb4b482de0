import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ssoSettingVersion, type SsoSetting } from '../../contract/sso-settings.ts';
import { z } from 'zod';
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

const unknownId = 'ffffffff-0000-4000-8000-000000000000';

let portal: TestPortal;
let admin: Api;
let siteAdmin: Api;
let places: Sites;

beforeAll(async () => {
  portal = await startTestPortal();
  admin = await portal.as(portalGroups.admin);
  siteAdmin = await portal.as(siteGroups.admins);
  await importRows(admin, sampleRows);
  places = await readSites(admin);
});
afterAll(() => portal.close());
beforeEach(() => clearSettings(portal));

const { site, zone, sensor } = targetsOf(() => places);

async function versions(setting: SsoSetting) {
  const { body } = await admin('GET', `/sso-settings/${setting.id}/versions`);
  return z.object({ versions: z.array(ssoSettingVersion) }).parse(body).versions;
}

async function get(setting: SsoSetting, api = admin) {
  return api('GET', `/sso-settings/${setting.id}`);
}

describe('R10: Admin at every target', () => {
  it('lets an Admin of a site change what is there, and see no other', async () => {
    const ghent = settingBody({
      name: 'Ghent',
      targets: [site('Ghent')],
      permissions: mapping({ admin: [siteGroups.others] }),
    });
    const other = await created(admin, ghent);
    const own = await created(admin, settingBody({ targets: [site('Antwerp')] }));
    expect((await siteAdmin('GET', '/sso-settings')).body).toMatchObject({
      settings: [{ id: own.id, mayEdit: true }],
    });
    for (const path of ['', '/versions', '/deletion']) {
      const hidden = await siteAdmin('GET', `/sso-settings/${other.id}${path}`);
      expect(hidden).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
    const renamed = settingBody({ name: 'Antwerp SSO', targets: [site('Antwerp')] });
    expect((await change(siteAdmin, own, renamed)).status).toBe(200);
    const wider = settingBody({ targets: [site('Antwerp'), site('Ghent')] });
    expect(await change(siteAdmin, { ...own, revision: '2' }, wider)).toMatchObject({
      status: 422,
      body: { errors: [{ path: '/targets/1' }] },
    });
    expect((await change(siteAdmin, other, ghent)).status).toBe(404);
  });

  it('refuses those who see the place but are not Admin there', async () => {
    const own = await created(admin, settingBody({ targets: [site('Antwerp')] }));
    const analyst = await portal.as(siteGroups.analysts);
    expect((await analyst('GET', `/sso-settings/${own.id}`)).body).toMatchObject({
      mayEdit: false,
    });
    const body = settingBody({ targets: [site('Antwerp')] });
    for (const api of [analyst, await portal.as(portalGroups.securityAnalyst)]) {
      expect(await change(api, own, body)).toMatchObject({ status: 403 });
      expect((await api('POST', '/sso-settings/review', { body })).status).toBe(403);
    }
    const reader = await portal.as(siteGroups.readers);
    expect((await reader('GET', '/sso-settings')).status).toBe(403);
    const adminElsewhere = await portal.as(siteGroups.admins, portalGroups.readOnly);
    const elsewhere = settingBody({ name: 'Ghent', targets: [site('Ghent')] });
    expect(await create(adminElsewhere, elsewhere)).toMatchObject({
      status: 403,
      body: { details: { targets: [{ kind: 'site' }] } },
    });
  });
});

describe('R4: replacing what another setting holds', () => {
  it('needs exactly these replacements named, and else answers the current list', async () => {
    const antwerp = await created(admin, settingBody({ targets: [site('Antwerp')] }));
    const body = settingBody({ name: 'New', targets: [site('Antwerp'), site('Ghent')] });
    const found = { target: site('Antwerp'), settingId: antwerp.id };
    const wrong = [
      [],
      [{ target: site('Antwerp'), settingId: unknownId }],
      [found, { target: site('Ghent'), settingId: antwerp.id }],
    ];
    for (const replaces of wrong) {
      expect(await create(admin, { ...body, replaces })).toMatchObject({
        status: 409,
        body: {
          code: 'replacement_mismatch',
          details: {
            replacements: [
              { target: { name: 'Antwerp' }, settingId: antwerp.id, settingName: 'Antwerp' },
            ],
          },
        },
      });
    }
    const taker = await created(admin, { ...body, replaces: [found] });
    expect(taker.targets.map(({ name }) => name)).toEqual(['Antwerp', 'Ghent']);
    expect((await get(antwerp)).body).toMatchObject({ version: 2, targets: [], sensors: 0 });
    expect(await versions(antwerp)).toMatchObject([
      { version: 2, change: 'targetsTaken', targets: [] },
      { version: 1, change: 'created', targets: [{ name: 'Antwerp' }] },
    ]);
  });

  it('leaves a setting that applies nowhere to Admins of the portal', async () => {
    const antwerp = await created(admin, settingBody({ targets: [site('Antwerp')] }));
    const replaces = [{ target: site('Antwerp'), settingId: antwerp.id }];
    await created(admin, settingBody({ name: 'New', targets: [site('Antwerp')], replaces }));
    expect((await get(antwerp, siteAdmin)).status).toBe(404);
    const again = settingBody({ targets: [sensor('ANT-TF-01')] });
    const { body } = await change(admin, { ...antwerp, revision: '2' }, again);
    expect(body).toMatchObject({ version: 3, sensors: 1 });
  });

  it('of two people at once succeeds once; the other sees what is there now', async () => {
    const bodies = ['One', 'Two', 'Three', 'Four'].map((name) =>
      settingBody({ name, targets: [site('Antwerp')] }),
    );
    const answers = await Promise.all(bodies.map((body) => create(admin, body)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409]);
    for (const { status, body } of answers) {
      if (status === 409) {
        expect(body).toMatchObject({
          code: 'replacement_mismatch',
          details: { replacements: [{ target: { name: 'Antwerp' } }] },
        });
      }
    }
    const held = await portal.database.pool.query('select * from sso_setting_targets');
    expect(held.rowCount).toBe(1);
  });
});

describe('R7: changing a setting', () => {
  it('that somebody else changed is answered with what is there now', async () => {
    const setting = await created(admin, settingBody({ targets: [site('Antwerp')] }));
    const theirs = settingBody({ name: 'Theirs', targets: [site('Antwerp')] });
    expect(await change(admin, setting, theirs)).toMatchObject({ status: 200, etag: '2' });
    const mine = settingBody({ name: 'Mine', targets: [site('Antwerp')] });
    expect(await change(siteAdmin, setting, mine)).toMatchObject({
      status: 412,
      body: { code: 'stale_revision', details: { current: { name: 'Theirs', revision: '2' } } },
    });
    const unseen = await admin('PUT', `/sso-settings/${setting.id}`, { body: mine });
    expect(unseen.status).toBe(428);
  });

  it('by two people at once succeeds once', async () => {
    const setting = await created(admin, settingBody({ targets: [site('Antwerp')] }));
    const answers = await Promise.all(
      ['One', 'Two', 'Three'].map((name) =>
        change(admin, setting, settingBody({ name, targets: [site('Antwerp')] })),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 412, 412]);
    expect(await versions(setting)).toHaveLength(2);
  });

  it('into what it is already makes no version', async () => {
    const body = settingBody({ targets: [zone('Antwerp', 'Utilities'), site('Ghent')] });
    const setting = await created(admin, body);
    const same = { ...body, targets: body.targets.toReversed() };
    expect(await change(admin, setting, same)).toMatchObject({ status: 200, etag: '1' });
    expect(await versions(setting)).toHaveLength(1);
  });
});

describe('R9: lockout guard', () => {
  it('refuses a setting without an Admin group, unless each target is acknowledged', async () => {
    const permissions = mapping({ readOnly: [siteGroups.readers] });
    const targets = [site('Antwerp'), site('Ghent')];
    const body = settingBody({ targets, permissions });
    const half = { ...body, acknowledges: [site('Ghent')] };
    expect(await create(admin, half)).toMatchObject({
      status: 409,
      body: {
        code: 'lockout',
        details: {
          lockoutRisks: [{ target: { name: 'Antwerp' }, reason: 'no_admin_group' }],
        },
      },
    });
    expect((await create(admin, { ...body, acknowledges: targets })).status).toBe(200);
  });

  it('refuses to take Admin from the person themselves', async () => {
    const setting = await created(admin, settingBody({ targets: [site('Antwerp')] }));
    const body = settingBody({
      targets: [site('Antwerp')],
      permissions: mapping({ admin: [siteGroups.others] }),
    });
    expect(await change(siteAdmin, setting, body)).toMatchObject({
      status: 409,
      body: { code: 'lockout', details: { lockoutRisks: [{ reason: 'own_admin_lost' }] } },
    });
    const acknowledged = { ...body, acknowledges: [site('Antwerp')] };
    expect(await change(siteAdmin, setting, acknowledged)).toMatchObject({
      status: 200,
      body: { mayEdit: false },
    });
    expect((await get(setting, siteAdmin)).status).toBe(403);
  });

  it('counts targets that are given up: nobody is left as Admin where SSO goes off', async () => {
    const targets = [site('Antwerp'), zone('Ghent', 'Utilities')];
    const setting = await created(admin, settingBody({ targets }));
    const body = settingBody({ targets: [site('Antwerp')] });
    expect(await change(admin, setting, body)).toMatchObject({
      status: 409,
      body: { details: { lockoutRisks: [{ target: { name: 'Utilities', siteName: 'Ghent' } }] } },
    });
  });
});
