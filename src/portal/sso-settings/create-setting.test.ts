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
import { auditEvents } from '../storage/schema.ts';

const unknownId = 'ffffffff-0000-4000-8000-000000000000';

let portal: TestPortal;
let admin: Api;
let places: Sites;

beforeAll(async () => {
  portal = await startTestPortal();
  admin = await portal.as(portalGroups.admin);
  await importRows(admin, sampleRows);
  places = await readSites(admin);
});
afterAll(() => portal.close());
beforeEach(() => clearSettings(portal));

const { site, sensor } = targetsOf(() => places);

async function versions(setting: SsoSetting) {
  const { body } = await admin('GET', `/sso-settings/${setting.id}/versions`);
  return z.object({ versions: z.array(ssoSettingVersion) }).parse(body).versions;
}

async function get(setting: SsoSetting, api = admin) {
  return api('GET', `/sso-settings/${setting.id}`);
}

describe('creating a setting', () => {
  it('answers it, lists it, and acts at once', async () => {
    const setting = await created(admin, settingBody({ targets: [site('Antwerp')] }));
    expect(setting).toMatchObject({
      version: 1,
      revision: '1',
      name: 'Antwerp',
      sensors: 3,
      mayEdit: true,
      changedBy: { name: 'Ada Admin' },
      targets: [{ kind: 'site', name: 'Antwerp', siteName: 'Antwerp', zoneName: null }],
    });
    expect(await get(setting)).toMatchObject({ status: 200, etag: '1', body: setting });
    expect((await admin('GET', '/sso-settings')).body).toEqual({ settings: [setting] });
    const reader = await portal.as(siteGroups.readers);
    expect((await reader('GET', '/sites')).body).toMatchObject({
      sites: [{ name: 'Antwerp', role: 'readOnly' }],
    });
  });

  it('R8, R18: leaves a version and an audit entry', async () => {
    const body = settingBody({ targets: [sensor('ANT-TF-01')], reason: 'new shift' });
    const setting = await created(admin, body);
    expect(await versions(setting)).toMatchObject([
      { version: 1, change: 'created', reason: 'new shift', by: { name: 'Ada Admin' } },
    ]);
    const entries = await portal.database.db
      .select()
      .from(auditEvents)
      .orderBy(auditEvents.sequence);
    expect(entries.at(-1)).toMatchObject({
      action: 'ssoSetting.created',
      siteIds: [places.site('Antwerp').id],
      before: null,
      after: {
        name: 'Antwerp',
        permissions: { admin: [{ id: siteGroups.admins }] },
        targets: [{ name: 'ANT-TF-01', siteName: 'Antwerp' }],
      },
    });
  });

  it('R21: takes a name once, compared as people would, and gives it free again', async () => {
    const first = await created(admin, settingBody({ name: 'Café', targets: [site('Antwerp')] }));
    const twin = settingBody({ name: ' CAFÉ'.normalize('NFD'), targets: [site('Ghent')] });
    expect(await create(admin, twin)).toMatchObject({
      status: 409,
      body: { code: 'name_taken', errors: [{ path: '/name' }] },
    });
    const path = `/sso-settings/${first.id}`;
    const { body } = await admin('GET', `${path}/deletion`);
    const { acknowledgement } = z.object({ acknowledgement: z.string() }).parse(body);
    await admin('DELETE', `${path}?acknowledges=${acknowledgement}`, { ifMatch: '1' });
    expect((await create(admin, twin)).status).toBe(200);
  });

  it.each([
    ['an unknown field', { color: 'red' }, '/color'],
    ['a name on two lines', { name: 'a\nb' }, '/name'],
    ['a hidden character in the name', { name: 'a\u202Eb' }, '/name'],
    ['a name that is too long', { name: 'x'.repeat(121) }, '/name'],
    ['a control character in the description', { description: 'a\u0000b' }, '/description'],
    ['a client id that is none', { clientId: 'portal' }, '/clientId'],
    ['rules that nobody confirmed', { allowRulesConfirmed: false }, '/allowRulesConfirmed'],
    ['no target', { targets: [] }, '/targets'],
    ['a target of no kind', { targets: [{ kind: 'planet', id: unknownId }] }, '/targets/0/kind'],
    [
      'a group that is no id',
      { permissions: { ...mapping({}), admin: [{ id: 'x', displayName: null }] } },
      '/permissions/admin/0/id',
    ],
  ])('R21: refuses %s at its field', async (_what, changes, path) => {
    const body = { ...settingBody({ targets: [site('Antwerp')] }), ...changes };
    expect(await admin('POST', '/sso-settings', { body })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ path }] },
    });
  });

  it('R21: refuses targets that are not there, twice there, or of another subscription', async () => {
    const unknown = settingBody({ targets: [site('Antwerp'), { kind: 'zone', id: unknownId }] });
    expect(await create(admin, unknown)).toMatchObject({
      status: 422,
      body: { code: 'invalid_targets', errors: [{ path: '/targets/1', code: 'unknown_target' }] },
    });
    const kind = settingBody({ targets: [{ kind: 'zone', id: site('Antwerp').id }] });
    expect((await create(admin, kind)).status).toBe(422);
    const { id } = site('Antwerp');
    const twice = settingBody({
      targets: [site('Antwerp'), { kind: 'site', id: id.toUpperCase() }],
    });
    expect(await create(admin, twice)).toMatchObject({
      status: 400,
      body: { errors: [{ path: '/targets/1' }] },
    });
    expect(await create(admin, settingBody({ targets: [site('Gothenburg')] }))).toMatchObject({
      status: 422,
      body: { errors: [{ path: '/targets/0', code: 'other_subscription' }] },
    });
  });
});
