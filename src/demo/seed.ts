import { readFile } from 'node:fs/promises';
import { clientIds, demoDirectory, groupIds, tenantId } from './directory.ts';
import { openPortalApi, type PortalApi } from './portal-api.ts';

type GroupName = keyof typeof groupIds;

/** Groups for each role. */
interface Permissions {
  readonly admin: readonly GroupName[];
  readonly securityAnalyst: readonly GroupName[];
  readonly readOnly: readonly GroupName[];
}

const demoPortalAccess: Permissions = {
  admin: ['administrators'],
  securityAnalyst: ['securityAnalysts'],
  readOnly: ['readers'],
};

/** A setting of the demo. `zone` null: the whole site. */
interface SampleSetting {
  readonly name: string;
  readonly description: string;
  readonly zone: string | null;
  readonly permissions: Permissions;
}

export const demoSite = 'Antwerp';
export const demoZone = 'Tank farm';

/** A site's setting, and the exception of a zone: the same people have another role there. */
export const demoSettings: readonly SampleSetting[] = [
  {
    name: 'Antwerp SSO',
    description: 'Everybody’s usual role at the site.',
    zone: null,
    permissions: {
      admin: ['antwerpAdmins'],
      securityAnalyst: ['antwerpAnalysts'],
      readOnly: ['antwerpReaders'],
    },
  },
  {
    name: 'Antwerp Tank farm SSO',
    description:
      'The tank farm is run from headquarters: the site’s own administrators read there.',
    zone: demoZone,
    permissions: {
      admin: ['administrators'],
      securityAnalyst: ['antwerpAnalysts'],
      readOnly: ['antwerpAdmins', 'antwerpReaders'],
    },
  },
];

const inventoryFile = new URL('../../src/demo/inventory.csv', import.meta.url);

/**
 * Enters portal access the way its first administrator would: through a recovery link and the API.
 * What is there already is left alone.
 */
export async function seedPortalAccess(portalOrigin: string, recoveryLink: string): Promise<void> {
  const api = await openPortalApi(portalOrigin, recoveryLink);
  await enterPortalAccess(api);
  await api.close();
}

export async function enterPortalAccess(api: PortalApi): Promise<void> {
  const { body, etag } = await api.get<{ permissions: { admin: unknown[] } }>('/portal-access');
  if (body.permissions.admin.length > 0) return;
  const permissions = namedGroups(demoPortalAccess);
  await api.send('PUT', '/portal-access', { body: { permissions }, ifMatch: etag });
}

/** Imports the sample inventory, where there is no site yet. */
export async function enterInventory(api: PortalApi): Promise<void> {
  const { body: known } = await api.get<{ sites: unknown[] }>('/sites');
  if (known.sites.length > 0) return;
  const body = await readFile(inventoryFile, 'utf8');
  const preview = await api.send<{ revision: string }>('POST', '/inventory/imports/preview', {
    body,
  });
  const ifMatch = `"${preview.body.revision}"`;
  await api.send('POST', '/inventory/imports', { body, ifMatch });
}

/** Creates the sample settings, where there is no setting yet and their places are there. */
export async function enterSettings(api: PortalApi): Promise<void> {
  const { body: known } = await api.get<{ settings: unknown[] }>('/sso-settings');
  if (known.settings.length > 0) return;
  const { body: list } = await api.get<{ sites: Named[] }>('/sites');
  const site = list.sites.find(({ name }) => name === demoSite);
  if (site === undefined) return;
  const { body: detail } = await api.get<{ zoneList: Named[] }>(`/sites/${site.id}`);
  for (const setting of demoSettings) {
    const zone = detail.zoneList.find(({ name }) => name === setting.zone);
    if (setting.zone !== null && zone === undefined) continue;
    const target =
      zone === undefined ? { kind: 'site', id: site.id } : { kind: 'zone', id: zone.id };
    await api.send('POST', '/sso-settings', {
      body: {
        subscriptionName: 'Contoso OT Benelux',
        type: 'singleSignOn',
        name: setting.name,
        description: setting.description,
        clientId: clientIds.plantSensors,
        tenantId,
        permissions: namedGroups(setting.permissions),
        targets: [target],
        allowRulesConfirmed: true,
        reason: 'Part of the demo',
        // Whoever has a recovery session is in none of the groups, and knows it.
        acknowledges: [target],
      },
    });
  }
}

interface Named {
  readonly id: string;
  readonly name: string;
}

function namedGroups({ admin, securityAnalyst, readOnly }: Permissions): Record<string, object[]> {
  const { groups } = demoDirectory();
  const named = (names: readonly GroupName[]) =>
    names.map((name) => {
      const id = groupIds[name];
      return { id, displayName: groups.find((group) => group.id === id)?.displayName ?? name };
    });
  return {
    admin: named(admin),
    securityAnalyst: named(securityAnalyst),
    readOnly: named(readOnly),
  };
}
