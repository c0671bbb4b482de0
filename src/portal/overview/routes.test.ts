import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overview } from '../../contract/overview.ts';
import { importRows, readSites, sampleRows } from '../../testing/sample-inventory.ts';
import { created, settingBody, siteGroups } from '../../testing/sample-setting.ts';
import { portalGroups, startTestPortal, type TestPortal } from '../../testing/test-portal.ts';

let portal: TestPortal;

beforeAll(async () => {
  portal = await startTestPortal();
  const admin = await portal.as(portalGroups.admin);
  await importRows(admin, sampleRows);
  const { id } = (await readSites(admin)).site('Antwerp');
  await created(admin, settingBody({ targets: [{ kind: 'site', id }] }));
});
afterAll(() => portal.close());

async function overviewFor(...groups: string[]) {
  const api = await portal.as(...groups);
  return overview.parse((await api('GET', '/overview')).body);
}

describe('Overview', () => {
  it('counts everything for somebody with a portal role', async () => {
    const answer = await overviewFor(portalGroups.securityAnalyst);
    expect(answer).toMatchObject({
      me: { portalRole: 'securityAnalyst' },
      sites: 3,
      zones: 5,
      sensors: 6,
      sensorsByHealth: [
        { health: 'Healthy', sensors: 4 },
        { health: 'Disconnected', sensors: 1 },
        { health: 'Outdated', sensors: 1 },
      ],
      sso: { on: 2, off: 2, unsupported: 2 },
      ssoSettings: 1,
    });
    expect(answer.recentChanges?.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['ssoSetting.created', 'inventory.imported']),
    );
    expect(answer.recentSignIns?.length).toBeGreaterThan(0);
  });

  it('R10: counts what is at their site for everybody else', async () => {
    expect(await overviewFor(siteGroups.analysts)).toMatchObject({
      sites: 1,
      zones: 2,
      sensors: 3,
      sso: { on: 2, off: 0, unsupported: 1 },
      ssoSettings: 1,
      recentChanges: [{ action: 'ssoSetting.created' }],
      expiringCredentials: null,
    });
  });

  it('tells Read only neither settings nor activity', async () => {
    expect(await overviewFor(portalGroups.readOnly)).toMatchObject({
      sensors: 6,
      ssoSettings: null,
      recentSignIns: null,
      recentChanges: null,
    });
  });
});
