import { Text } from '@fluentui/react-components';
import type { Me } from '../../contract/me.ts';
import { useMe } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { GroupList } from '../ui/group-list.tsx';
import { PageLink } from '../ui/links.tsx';
import { Page } from '../ui/page.tsx';
import { Panel } from '../ui/panel.tsx';
import { RoleBadge } from '../ui/role-badge.tsx';
import { PermissionMatrix } from './permission-matrix.tsx';
import { WhoYouAre } from './who-you-are.tsx';

type SiteRole = Me['sites'][number];

const columns: readonly Column<SiteRole>[] = [
  {
    header: 'Site',
    isRowHeader: true,
    cell: (site) => <PageLink to={paths.site({ siteId: site.siteId })}>{site.siteName}</PageLink>,
  },
  { header: 'Highest role there', width: '190px', cell: (site) => <RoleBadge role={site.role} /> },
  {
    header: 'Holds for',
    cell: (site) => (site.wholeSite ? 'The whole site' : 'Some of its zones or sensors'),
  },
  { header: 'Why', width: '40%', cell: (site) => <Reasons site={site} /> },
];

/** What one may do where, and why. */
export function MyAccessPage() {
  const me = useMe();
  return (
    <Page
      title="My access"
      intro="What you may do, where, and what gives it to you: your groups in Entra ID, or an entry of yours under Users. Where that isn’t what you need, ask for another group, or an administrator."
    >
      <WhoYouAre me={me} />
      <Panel title="Roles at sites">
        {me.sites.length === 0 ? (
          <Text>
            {me.portalRole === null
              ? 'No setting gives you a role at a site.'
              : 'There are no sites yet. Your role in the portal counts at each of them.'}
          </Text>
        ) : (
          <DataTable
            label="Roles at sites"
            columns={columns}
            rows={me.sites}
            rowKey={(site) => site.siteId}
          />
        )}
      </Panel>
      <Panel title="What each role may do in the portal">
        <PermissionMatrix me={me} />
      </Panel>
    </Page>
  );
}

/** The portal role counts at the whole site, each setting where it holds. */
function Reasons({ site }: { site: SiteRole }) {
  const { portalRole } = useMe();
  return (
    <>
      {portalRole !== null && (
        <div>
          Your role in the portal, everywhere: <RoleBadge role={portalRole} />
        </div>
      )}
      {site.settings.map((one) => (
        <div key={`${one.settingId} ${one.targetId}`}>
          {one.settingName} ({one.level} {one.targetName}): <RoleBadge role={one.role} /> through
          <GroupList groups={one.through} />
        </div>
      ))}
    </>
  );
}
