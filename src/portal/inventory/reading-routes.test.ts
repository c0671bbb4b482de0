import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listSensors, listSites } from '../../contract/inventory.ts';
import { importRows, readSites, sampleRows, type Sites } from '../../testing/sample-inventory.ts';
import { created, settingBody, siteGroups } from '../../testing/sample-setting.ts';
import {
  mapping,
  portalGroups,
  startTestPortal,
  type Api,
  type TestPortal,
} from '../../testing/test-portal.ts';

const unknownId = 'ffffffff-0000-4000-8000-000000000000';

let portal: TestPortal;
let reader: Api;
let ofSite: Api;
let ofZone: Api;
let all: Sites;
let antwerpSetting: string;
let zoneSetting: string;

beforeAll(async () => {
  portal = await startTestPortal();
  const admin = await portal.as(portalGroups.admin);
  reader = await portal.as(portalGroups.readOnly);
  ofSite = await portal.as(siteGroups.readers);
  ofZone = await portal.as(siteGroups.others);
  await importRows(admin, sampleRows);
  all = await readSites(admin);
  const targets = [{ kind: 'site' as const, id: all.site('Antwerp').id }];
  antwerpSetting = (await created(admin, settingBody({ targets }))).id;
  const zone = { kind: 'zone' as const, id: all.zone('Antwerp', 'Utilities').id };
  const permissions = mapping({ admin: [siteGroups.admins], readOnly: [siteGroups.others] });
  const exception = settingBody({ name: 'Exception', targets: [zone], permissions });
  zoneSetting = (await created(admin, exception)).id;
});
afterAll(() => portal.close());

async function names(api: Api, query = '') {
  const { sensors } = listSensors.response.parse((await api('GET', `/sensors${query}`)).body);
  return sensors.map(({ name }) => name);
}

describe('R10: people see the inventory where they have a role', () => {
  it('with a portal role, all of it', async () => {
    const { sites } = listSites.response.parse((await reader('GET', '/sites')).body);
    expect(sites).toMatchObject([
      { name: 'Antwerp', zones: 2, sensors: 3, sensorsWithSso: 2, role: 'readOnly', heldBy: null },
      { name: 'Ghent', zones: 2, sensors: 2, sensorsWithSso: 0, maySet: false },
      { name: 'Gothenburg', subscriptionName: 'Nordics' },
    ]);
    expect(await names(reader)).toHaveLength(6);
  });

  it('with a role at a site, that site only, without its exceptions', async () => {
    const { sites } = listSites.response.parse((await ofSite('GET', '/sites')).body);
    expect(sites).toMatchObject([{ name: 'Antwerp', zones: 1, sensors: 2, role: 'readOnly' }]);
    expect(await names(ofSite)).toEqual(['ANT-TF-01', 'ANT-TF-02']);
    const seen = await readSites(ofSite);
    expect(seen.site('Antwerp').zoneList.map(({ name }) => name)).toEqual(['Tank farm']);
  });

  it('with a role at a zone, that zone only', async () => {
    const seen = await readSites(ofZone);
    expect(seen.site('Antwerp')).toMatchObject({ zones: 1, sensors: 1, role: 'readOnly' });
    expect(seen.zone('Antwerp', 'Utilities')).toMatchObject({ role: 'readOnly', maySet: false });
    expect(await names(ofZone)).toEqual(['ANT-UT-01']);
  });

  it('and what they do not see is not there', async () => {
    const hidden = [
      `/sites/${all.site('Ghent').id}`,
      `/sensors/${all.sensor('GNT-PS-01').id}`,
      `/sensors/${all.sensor('ANT-UT-01').id}`,
      `/sites/${unknownId}`,
      `/sensors/${unknownId}`,
    ];
    for (const path of hidden) {
      expect(await ofSite('GET', path)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
    const ghent = all.site('Ghent').id;
    expect(await names(ofSite, `?siteId=${ghent}`)).toEqual([]);
  });

  it('shows how far delivery has come to each sensor of a site', async () => {
    const { zoneList } = (await readSites(ofSite)).site('Antwerp');
    const shown = zoneList[0]?.sensors.map(({ name, delivery }) => [name, delivery]);
    expect(shown).toEqual([
      ['ANT-TF-01', 'notEnrolled'],
      ['ANT-TF-02', 'unsupported'],
    ]);
  });

  it('shows who holds what, and what one may set, to those who may know', async () => {
    const admin = await readSites(await portal.as(siteGroups.admins));
    expect(admin.site('Antwerp')).toMatchObject({
      heldBy: { settingName: 'Antwerp' },
      maySet: true,
      role: 'admin',
    });
    expect(admin.zone('Antwerp', 'Utilities').heldBy?.settingName).toBe('Exception');
    expect((await readSites(ofSite)).site('Antwerp')).toMatchObject({
      heldBy: null,
      maySet: false,
    });
  });
});

describe('the list of sensors', () => {
  it('is by name, page by page, with no sensor twice or left out', async () => {
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const after: string = next === '' ? '' : `&after=${next}`;
      const page = listSensors.response.parse(
        (await reader('GET', `/sensors?limit=4${after}`)).body,
      );
      expect(page.total).toBe(6);
      seen.push(...page.sensors.map(({ name }) => name));
      next = page.next;
    }
    expect(seen).toEqual(sampleRows.map(({ name }) => name));
  });

  it('can be searched and filtered', async () => {
    expect(await names(reader, '?search=ut-01')).toEqual(['ANT-UT-01', 'GNT-UT-01']);
    expect(await names(reader, '?health=disconnected')).toEqual(['ANT-UT-01']);
    expect(await names(reader, '?sso=on')).toEqual(['ANT-TF-01', 'ANT-UT-01']);
    expect(await names(reader, '?sso=off')).toEqual(['GNT-PS-01', 'GOT-WW-01']);
    expect(await names(reader, '?sso=unsupported')).toEqual(['ANT-TF-02', 'GNT-UT-01']);
    const zone = all.zone('Ghent', 'Utilities').id;
    expect(await names(reader, `?zoneId=${zone}`)).toEqual(['GNT-UT-01']);
  });

  it('can be narrowed to the sensors whose effective setting one is', async () => {
    const analyst = await portal.as(portalGroups.securityAnalyst);
    expect(await names(analyst, `?settingId=${antwerpSetting}`)).toEqual([
      'ANT-TF-01',
      'ANT-TF-02',
    ]);
    expect(await names(analyst, `?settingId=${zoneSetting}`)).toEqual(['ANT-UT-01']);
    expect(await names(analyst, `?settingId=${unknownId}`)).toEqual([]);
    expect(await names(analyst, `?settingId=${antwerpSetting}&sso=on`)).toEqual(['ANT-TF-01']);
    const ghent = all.site('Ghent').id;
    expect(await names(analyst, `?settingId=${antwerpSetting}&siteId=${ghent}`)).toEqual([]);
    const ofSetting = `/sensors?settingId=${antwerpSetting}&limit=1`;
    const first = listSensors.response.parse((await analyst('GET', ofSetting)).body);
    expect([first.total, first.sensors.map(({ name }) => name)]).toEqual([2, ['ANT-TF-01']]);
    const rest = await analyst('GET', `${ofSetting}&after=${first.next}`);
    expect(rest.body).toMatchObject({ total: 2, next: null, sensors: [{ name: 'ANT-TF-02' }] });
  });

  it('tells nobody which sensors a setting has that they may not see', async () => {
    expect(await names(reader, `?settingId=${antwerpSetting}`)).toEqual([]);
    expect(await names(ofZone, `?settingId=${zoneSetting}`)).toEqual([]);
    const ofAnalysts = await portal.as(siteGroups.analysts);
    expect(await names(ofAnalysts, `?settingId=${antwerpSetting}`)).toHaveLength(2);
    expect(await names(ofAnalysts, `?settingId=${zoneSetting}`)).toEqual([]);
  });

  it('shows a sensor as it was imported', async () => {
    const { id } = all.sensor('ANT-TF-01');
    expect((await reader('GET', `/sensors/${id.toUpperCase()}`)).body).toMatchObject({
      id,
      name: 'ANT-TF-01',
      type: 'OT cloud-connected',
      siteName: 'Antwerp',
      zoneName: 'Tank farm',
      version: '24.1.3',
      supportsSso: true,
      lastConnectedAt: '2026-01-14T06:03:23.000Z',
      threatIntelligenceMode: 'Automatic',
      ssoLevel: 'site',
      role: 'readOnly',
    });
  });

  it.each([
    ['limit=0', '/limit'],
    ['limit=many', '/limit'],
    ['limit=1000', '/limit'],
    ['siteId=..%2F..', '/siteId'],
    ['settingId=1', '/settingId'],
    ['sso=maybe', '/sso'],
    ['after=%00', '/after'],
    ['after=eyJhIjoxfQ', '/after'],
    ['order=name', '/order'],
    [`search=${'x'.repeat(201)}`, '/search'],
  ])('refuses ?%s at its field', async (query, path) => {
    expect(await reader('GET', `/sensors?${query}`)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ path }] },
    });
  });

  it.each(['not-a-guid', "'; drop table sensors; --", '..%2F..%2Fsites', '%00'])(
    'refuses the id %s',
    async (id) => {
      expect((await reader('GET', `/sensors/${encodeURIComponent(id)}`)).status).toBe(400);
    },
  );
});
