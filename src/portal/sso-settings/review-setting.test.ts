import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  effectiveSettingAnswer,
  ssoSettingReview,
  type SsoSetting,
} from '../../contract/sso-settings.ts';
import { ssoSettingDeletion } from '../../contract/sso-setting-deletion.ts';
import { importRows, readSites, sampleRows, type Sites } from '../../testing/sample-inventory.ts';
import { created, settingBody, siteGroups } from '../../testing/sample-setting.ts';
import {
  mapping,
  portalGroups,
  startTestPortal,
  type Api,
  type TestPortal,
} from '../../testing/test-portal.ts';

let portal: TestPortal;
let admin: Api;
let siteAdmin: Api;
let places: Sites;
let ofSite: SsoSetting;
let ofZone: SsoSetting;
let ofSensor: SsoSetting;

beforeAll(async () => {
  portal = await startTestPortal();
  admin = await portal.as(portalGroups.admin);
  siteAdmin = await portal.as(siteGroups.admins);
  await importRows(admin, sampleRows);
  places = await readSites(admin);
  ofSite = await created(admin, settingBody({ name: 'Site', targets: [site] }));
  ofZone = await created(admin, settingBody({ name: 'Zone', targets: [zone()] }));
  const permissions = mapping({ admin: [siteGroups.others] });
  ofSensor = await created(
    admin,
    settingBody({ name: 'Sensor', targets: [sensor()], permissions }),
  );
});
afterAll(() => portal.close());

const site = {
  kind: 'site' as const,
  get id() {
    return places.site('Antwerp').id;
  },
};
const zone = () => ({ kind: 'zone' as const, id: places.zone('Antwerp', 'Tank farm').id });
const sensor = () => ({ kind: 'sensor' as const, id: places.sensor('ANT-TF-01').id });

async function review(body: object, api = admin) {
  const answer = await api('POST', '/sso-settings/review', { body });
  return ssoSettingReview.parse(answer.body);
}

async function effective(name: string, api = admin) {
  const { id } = places.sensor(name);
  const { body } = await api('GET', `/sensors/${id}/effective-setting`);
  return effectiveSettingAnswer.parse(body);
}

describe('the effective setting of a sensor', () => {
  it('R3: is the most specific one, with those that it shadows', async () => {
    expect(await effective('ANT-TF-01')).toMatchObject({
      effective: { settingName: 'Sensor', level: 'sensor', version: 1 },
      shadows: [
        { settingName: 'Zone', level: 'zone', target: { name: 'Tank farm' } },
        { settingName: 'Site', level: 'site', target: { name: 'Antwerp' } },
      ],
      yours: null,
      supportsSso: true,
    });
    expect(await effective('ANT-UT-01')).toMatchObject({
      effective: { settingName: 'Site', level: 'site' },
      shadows: [],
    });
    expect(await effective('GNT-UT-01')).toMatchObject({ effective: null, supportsSso: null });
  });

  it('R1: says what it gives to the person asking, and through which groups', async () => {
    const both = await portal.as(siteGroups.analysts, siteGroups.admins);
    expect((await effective('ANT-UT-01', both)).yours).toMatchObject({
      role: 'admin',
      through: [{ id: siteGroups.admins }],
    });
  });

  it('R10: is for those who may see settings there', async () => {
    const path = `/sensors/${places.sensor('ANT-TF-01').id}/effective-setting`;
    expect((await siteAdmin('GET', path)).status).toBe(404);
    const ofOthers = await portal.as(siteGroups.others);
    expect(await effective('ANT-TF-01', ofOthers)).toMatchObject({
      effective: { settingName: 'Sensor' },
      shadows: [],
      yours: { role: 'admin' },
    });
    const reader = await portal.as(portalGroups.readOnly);
    expect((await reader('GET', path)).status).toBe(403);
  });

  it('R5: follows a sensor that moves, at once', async () => {
    expect((await effective('ANT-UT-01')).effective?.level).toBe('site');
    const moved = { name: 'ANT-UT-01', zoneName: 'Tank farm', siteName: 'Antwerp' };
    await importRows(admin, [{ ...moved, health: 'Disconnected' }]);
    expect((await effective('ANT-UT-01')).effective).toMatchObject({
      level: 'zone',
      settingName: 'Zone',
    });
    const ghent = { ...moved, zoneName: 'Utilities', siteName: 'Ghent', health: 'Disconnected' };
    await importRows(admin, [ghent]);
    expect((await effective('ANT-UT-01')).effective).toBeNull();
    await importRows(admin, sampleRows);
    expect((await effective('ANT-UT-01')).effective?.level).toBe('site');
  });
});

describe('the review of a change', () => {
  it('R4: shows what is replaced, and R3: the exceptions below', async () => {
    const body = settingBody({ name: 'New', targets: [site] });
    expect(await review(body)).toMatchObject({
      replacements: [{ target: { name: 'Antwerp' }, settingId: ofSite.id, settingName: 'Site' }],
      exceptions: [
        { target: { name: 'Tank farm' }, settingName: 'Zone' },
        { target: { name: 'ANT-TF-01', zoneName: 'Tank farm' }, settingName: 'Sensor' },
      ],
      sensors: 1,
      sensorsUnsupported: 0,
      lockoutRisks: [],
      uncovered: [],
    });
  });

  it('R10: names no exception where the asker sees no settings', async () => {
    const { exceptions } = await review(settingBody({ name: 'New', targets: [site] }), siteAdmin);
    expect(exceptions.map(({ settingName }) => settingName)).toEqual(['Zone']);
  });

  it('R6: shows what wins at targets that are given up', async () => {
    const targets = [{ kind: 'sensor' as const, id: places.sensor('ANT-TF-02').id }];
    const dropped = settingBody({ name: 'Zone', targets });
    expect(await review({ ...dropped, settingId: ofZone.id })).toMatchObject({
      uncovered: [{ target: { name: 'Tank farm' }, next: { settingName: 'Site', level: 'site' } }],
      lockoutRisks: [],
      sensors: 1,
      sensorsUnsupported: 1,
    });
    const moved = settingBody({ name: 'Site', targets });
    expect(await review({ ...moved, settingId: ofSite.id })).toMatchObject({
      uncovered: [{ target: { name: 'Antwerp' }, next: null }],
      lockoutRisks: [{ target: { name: 'Antwerp' }, reason: 'no_admin_group' }],
    });
  });

  it('R9: shows what could lock people out', async () => {
    const permissions = mapping({ admin: [siteGroups.others] });
    const body = settingBody({ name: 'New', targets: [site], permissions });
    expect((await review(body, siteAdmin)).lockoutRisks).toMatchObject([
      { target: { name: 'Antwerp' }, reason: 'own_admin_lost' },
    ]);
    expect((await review(body)).lockoutRisks).toEqual([]);
  });

  it('refuses what the change would refuse', async () => {
    const taken = settingBody({ name: 'zone', targets: [site] });
    expect((await admin('POST', '/sso-settings/review', { body: taken })).status).toBe(409);
    const gone = { ...settingBody({ targets: [site] }), settingId: places.site('Ghent').id };
    expect((await admin('POST', '/sso-settings/review', { body: gone })).status).toBe(404);
  });
});

describe('deleting a setting', () => {
  const path = (setting: SsoSetting) => `/sso-settings/${setting.id}`;
  const deletion = async (setting: SsoSetting) =>
    ssoSettingDeletion.parse((await admin('GET', `${path(setting)}/deletion`)).body);

  it('R6, R9: says where SSO goes off, and needs that acknowledged', async () => {
    const reviewed = await deletion(ofSite);
    expect(reviewed).toMatchObject({
      revision: '1',
      uncovered: [{ target: { name: 'Antwerp' }, next: null }],
      lockoutRisks: [{ target: { name: 'Antwerp' }, reason: 'no_admin_group' }],
      sensorsWithoutSso: 1,
    });
    for (const query of ['', '?acknowledges=yes']) {
      expect(await admin('DELETE', path(ofSite) + query, { ifMatch: '1' })).toMatchObject({
        status: 409,
        body: {
          code: 'lockout',
          details: {
            lockoutRisks: [{ target: { name: 'Antwerp' } }],
            acknowledgement: reviewed.acknowledgement,
          },
        },
      });
    }
    const stale = `${path(ofSite)}?acknowledges=${reviewed.acknowledgement}`;
    expect((await admin('DELETE', stale, { ifMatch: '7' })).status).toBe(412);
    expect((await admin('DELETE', stale)).status).toBe(428);
    expect((await admin('GET', path(ofSite))).status).toBe(200);
  });

  it('R6: lets the next less specific one win, at once, and keeps the history', async () => {
    expect(await deletion(ofSensor)).toMatchObject({
      uncovered: [{ target: { name: 'ANT-TF-01' }, next: { settingName: 'Zone', level: 'zone' } }],
      acknowledgement: null,
      sensorsWithoutSso: 0,
    });
    const answer = await admin('DELETE', `${path(ofSensor)}?reason=done`, { ifMatch: '1' });
    expect(answer).toMatchObject({ status: 204, body: null });
    expect((await effective('ANT-TF-01')).effective?.settingName).toBe('Zone');
    expect((await admin('GET', path(ofSensor))).status).toBe(404);
    expect((await admin('GET', `${path(ofSensor)}/versions`)).body).toMatchObject({
      versions: [{ version: 2, change: 'deleted', reason: 'done' }, { version: 1 }],
    });
    const again = await admin('DELETE', path(ofSensor), { ifMatch: '2' });
    expect(again.status).toBe(404);
  });

  it('R10: is for those who are Admin at its targets', async () => {
    const analyst = await portal.as(siteGroups.analysts);
    expect((await analyst('DELETE', path(ofZone), { ifMatch: '1' })).status).toBe(403);
    const others = await portal.as(portalGroups.securityAnalyst);
    expect((await others('DELETE', path(ofZone), { ifMatch: '1' })).status).toBe(403);
    expect((await siteAdmin('DELETE', path(ofZone), { ifMatch: '1' })).status).toBe(204);
  });
});
