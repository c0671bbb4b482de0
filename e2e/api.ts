import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { apiRoot } from '../src/contract/endpoint.ts';
import { getSite, listSites } from '../src/contract/inventory.ts';
import { importReport } from '../src/contract/inventory-import.ts';
import {
  reviewSsoSetting,
  ssoSetting,
  type createSsoSetting,
  type SsoSetting,
} from '../src/contract/sso-settings.ts';
import type { NamedTarget } from '../src/contract/target.ts';
import { clientIds, demoDirectory, groupIds, tenantId } from '../src/demo/directory.ts';
import { visit } from '../src/testing/entra-sign-in.ts';
import type { Api } from '../src/testing/test-portal.ts';
import type { World } from './world.ts';

type SettingWrite = z.input<typeof createSsoSetting.body>;

const demoInventory = new URL('../src/demo/inventory.csv', import.meta.url);

/** The API with an access token of this person (an object id), signed in without a browser. */
export async function apiAs({ entra, portal: { origin } }: World, oid: string): Promise<Api> {
  const { access_token: token } = await visit(entra).signIn({
    oid,
    clientId: clientIds.portal,
    redirectUri: `${origin}/redirect.html`,
  });
  return async (method, path, { body, ifMatch, type } = {}) => {
    const answer = await fetch(`${origin}${apiRoot}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': type ?? 'application/json' }),
        ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
      },
      ...(body === undefined
        ? {}
        : { body: type === undefined ? JSON.stringify(body) : (body as string) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      etag: answer.headers.get('etag')?.replaceAll('"', '') ?? null,
      body: text === '' ? null : (JSON.parse(text) as unknown),
    };
  };
}

/** Imports a sensor export: the demo's, or this text. */
export async function importSensors(api: Api, csv?: string): Promise<void> {
  const body = csv ?? (await readFile(demoInventory, 'utf8'));
  const preview = await api('POST', '/inventory/imports/preview', { body, type: 'text/csv' });
  const { revision } = importReport.parse(preview.body);
  const done = await api('POST', '/inventory/imports', {
    body,
    type: 'text/csv',
    ifMatch: revision,
  });
  if (done.status !== 200) throw new Error(JSON.stringify(done.body));
}

/** A target by its names: `Antwerp`, `Antwerp/Tank farm` or `Antwerp/Tank farm/ANT-TF-01`. */
export async function findTarget(api: Api, path: string): Promise<SettingWrite['targets'][number]> {
  const [siteName, zoneName, sensorName] = path.split('/');
  const { sites } = listSites.response.parse((await api('GET', '/sites')).body);
  const siteId = sites.find(({ name }) => name === siteName)?.id ?? '';
  if (zoneName === undefined) return { kind: 'site', id: siteId };
  const { zoneList } = getSite.response.parse((await api('GET', `/sites/${siteId}`)).body);
  const zone = zoneList.find(({ name }) => name === zoneName);
  if (sensorName === undefined) return { kind: 'zone', id: zone?.id ?? '' };
  return { kind: 'sensor', id: zone?.sensors.find(({ name }) => name === sensorName)?.id ?? '' };
}

type GroupName = keyof typeof groupIds;

/** One group of the demo's directory for each role, or none. */
export function roleGroups(
  admin: GroupName | null,
  securityAnalyst: GroupName | null,
  readOnly: GroupName | null,
): SettingWrite['permissions'] {
  const { groups } = demoDirectory();
  const named = (name: GroupName | null) =>
    groups
      .filter(({ id }) => name !== null && id === groupIds[name])
      .map(({ id, displayName }) => ({ id, displayName }));
  return {
    admin: named(admin),
    securityAnalyst: named(securityAnalyst),
    readOnly: named(readOnly),
  };
}

/** The groups of the demo's two sites that have some. */
export const siteGroups = {
  antwerp: roleGroups('antwerpAdmins', 'antwerpAnalysts', 'antwerpReaders'),
  rotterdam: roleGroups('rotterdamAdmins', 'rotterdamAnalysts', 'rotterdamReaders'),
};

/** Creates a setting at these targets, acknowledging and replacing whatever its review shows. */
export async function createSetting(
  api: Api,
  name: string,
  permissions: SettingWrite['permissions'],
  targets: readonly string[],
): Promise<SsoSetting> {
  const body: SettingWrite = {
    subscriptionName: 'Contoso OT Benelux',
    type: 'singleSignOn',
    name,
    clientId: clientIds.plantSensors,
    tenantId,
    permissions,
    targets: await Promise.all(targets.map((path) => findTarget(api, path))),
    allowRulesConfirmed: true,
  };
  const reviewed = await api('POST', '/sso-settings/review', { body });
  const review = reviewSsoSetting.response.parse(reviewed.body);
  const plain = ({ kind, id }: NamedTarget) => ({ kind, id });
  const write: SettingWrite = {
    ...body,
    replaces: review.replacements.map(({ target, settingId }) => ({
      target: plain(target),
      settingId,
    })),
    acknowledges: review.lockoutRisks.map(({ target }) => plain(target)),
  };
  return ssoSetting.parse((await api('POST', '/sso-settings', { body: write })).body);
}

/** The demo's sensors, and a setting of its own for each of the two sites. */
export async function twoSites(api: Api): Promise<{ antwerp: SsoSetting; rotterdam: SsoSetting }> {
  await importSensors(api);
  return {
    antwerp: await createSetting(api, 'Antwerp sign-in', siteGroups.antwerp, ['Antwerp']),
    rotterdam: await createSetting(api, 'Rotterdam sign-in', siteGroups.rotterdam, ['Rotterdam']),
  };
}
