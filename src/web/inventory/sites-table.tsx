import type { SiteSummary } from '../../contract/inventory.ts';
import { roleAllows } from '../../domain/permissions.ts';
import { paths } from '../paths.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { RoleBadge } from '../ui/role-badge.tsx';
import { HeldSetting } from './held-setting.tsx';
import { PageLink } from '../ui/links.tsx';
import { SsoCoverage } from './sso-coverage.tsx';

interface SitesTableProps {
  readonly sites: readonly SiteSummary[];
  /** False for those who see settings nowhere: then the column would only be empty. */
  readonly showSettings: boolean;
}

const columns: readonly Column<SiteSummary>[] = [
  {
    header: 'Site',
    isRowHeader: true,
    width: '20%',
    cell: (site) => <PageLink to={paths.site({ siteId: site.id })}>{site.name}</PageLink>,
  },
  { header: 'Subscription name', cell: (site) => site.subscriptionName },
  { header: 'Zones', width: '72px', cell: (site) => site.zones },
  {
    header: 'Sensors',
    width: '110px',
    cell: (site) => (
      <PageLink to={`${paths.sensors()}?site=${site.id}`}>
        {`${site.sensors} sensor${site.sensors === 1 ? '' : 's'}`}
      </PageLink>
    ),
  },
  {
    header: 'SSO coverage',
    width: '170px',
    cell: (site) => <SsoCoverage covered={site.sensorsWithSso} sensors={site.sensors} />,
  },
];

const settingColumn: Column<SiteSummary> = {
  header: 'SSO setting',
  cell: (site) => (
    <HeldSetting
      heldBy={site.heldBy}
      visible={roleAllows(site.role, 'ssoSetting.view')}
      none="None"
    />
  ),
};

const roleColumn: Column<SiteSummary> = {
  header: 'Your role',
  width: '150px',
  cell: (site) => <RoleBadge role={site.role} />,
};

export function SitesTable({ sites, showSettings }: SitesTableProps) {
  return (
    <DataTable
      label="Sites"
      columns={showSettings ? [...columns, settingColumn, roleColumn] : [...columns, roleColumn]}
      rows={sites}
      rowKey={(site) => site.id}
    />
  );
}
