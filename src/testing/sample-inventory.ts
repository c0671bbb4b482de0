import { siteDetail, listSites, type SiteDetail } from '../contract/inventory.ts';
import { importReport } from '../contract/inventory-import.ts';
import { csv, type Cells } from './sensor-rows.ts';
import type { Api } from './test-portal.ts';

const type = 'text/csv';

/** Two sites of one subscription, and one of another. */
export const sampleRows: readonly Partial<Cells>[] = [
  { name: 'ANT-TF-01', zoneName: 'Tank farm', siteName: 'Antwerp' },
  {
    name: 'ANT-TF-02',
    zoneName: 'Tank farm',
    siteName: 'Antwerp',
    version: '22.3.17',
    health: 'Outdated',
  },
  { name: 'ANT-UT-01', zoneName: 'Utilities', siteName: 'Antwerp', health: 'Disconnected' },
  { name: 'GNT-PS-01', zoneName: 'Paint shop', siteName: 'Ghent' },
  { name: 'GNT-UT-01', zoneName: 'Utilities', siteName: 'Ghent', version: '' },
  {
    name: 'GOT-WW-01',
    zoneName: 'Wastewater',
    siteName: 'Gothenburg',
    subscriptionName: 'Nordics',
  },
];

/** Imports rows through the API, as an Admin of the portal. */
export async function importRows(admin: Api, rows: readonly Partial<Cells>[]): Promise<void> {
  const body = csv(rows);
  const preview = await admin('POST', '/inventory/imports/preview', { body, type });
  const { revision } = importReport.parse(preview.body);
  const { status } = await admin('POST', '/inventory/imports', { body, type, ifMatch: revision });
  if (status !== 200) throw new Error(`the import answered ${status}`);
}

export interface Sites {
  site: (name: string) => SiteDetail;
  zone: (site: string, name: string) => SiteDetail['zoneList'][number];
  sensor: (name: string) => SiteDetail['zoneList'][number]['sensors'][number];
}

/** What the API shows of the inventory, to be found by name. */
export async function readSites(api: Api): Promise<Sites> {
  const { sites } = listSites.response.parse((await api('GET', '/sites')).body);
  const details = await Promise.all(
    sites.map(async ({ id }) => siteDetail.parse((await api('GET', `/sites/${id}`)).body)),
  );
  const site = (name: string) =>
    required(
      details.find((one) => one.name === name),
      name,
    );
  return {
    site,
    zone: (at, name) =>
      required(
        site(at).zoneList.find((one) => one.name === name),
        name,
      ),
    sensor: (name) =>
      required(
        details
          .flatMap(({ zoneList }) => zoneList)
          .flatMap(({ sensors }) => sensors)
          .find((one) => one.name === name),
        name,
      ),
  };
}

/** The targets of the inventory, by name. */
export function targetsOf(sites: () => Sites) {
  return {
    site: (name: string) => ({ kind: 'site' as const, id: sites().site(name).id }),
    zone: (at: string, name: string) => ({ kind: 'zone' as const, id: sites().zone(at, name).id }),
    sensor: (name: string) => ({ kind: 'sensor' as const, id: sites().sensor(name).id }),
  };
}

function required<T>(found: T | undefined, name: string): T {
  if (found === undefined) throw new Error(`${name} isn't there`);
  return found;
}
