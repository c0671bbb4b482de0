import { Field, SearchBox, Text } from '@fluentui/react-components';
import { PeopleLockRegular } from '@fluentui/react-icons';
import { useSearchParams } from 'react-router-dom';
import { listSsoSettings } from '../../contract/sso-settings.ts';
import { listUsers } from '../../contract/users.ts';
import { roleLabels, roles } from '../../domain/role.ts';
import { can, useEndpoint, useMe } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { GroupList } from '../ui/group-list.tsx';
import { PageButton, PageLink } from '../ui/links.tsx';
import { Loading } from '../ui/loading.tsx';
import { NotForYourRole } from '../ui/not-for-your-role.tsx';
import { Page } from '../ui/page.tsx';
import { Panel } from '../ui/panel.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { whoGetsWhat, type Grant } from './who-gets-what.ts';

const columns: readonly Column<Grant>[] = [
  {
    header: 'Applies to',
    width: '20%',
    isRowHeader: true,
    cell: ({ target }) =>
      target.kind === 'site'
        ? 'Whole site'
        : `${target.kind === 'zone' ? 'Zone' : 'Sensor'} ${target.name}`,
  },
  {
    header: 'Setting',
    width: '20%',
    cell: ({ setting }) => (
      <PageLink to={paths.sensorSetting({ settingId: setting.id })}>{setting.name}</PageLink>
    ),
  },
  ...roles.map((role): Column<Grant> => ({
    header: roleLabels[role],
    cell: ({ setting }) => <GroupList groups={setting.permissions[role]} />,
  })),
];

/** Their role counts in the portal at every site, without any group. */
function PortalUsers() {
  const users = useEndpoint(listUsers).data?.users.filter(({ status }) => status === 'active');
  if (users === undefined || users.length === 0) return null;
  const count = users.length === 1 ? '1 portal user has' : `${users.length} portal users have`;
  return (
    <Text>
      {count} a role of their own in the portal, at every site:{' '}
      <PageLink to={paths.users()}>Users</PageLink>
    </Text>
  );
}

/** By site: which setting holds there, and which groups it gives which role. */
export function WhoGetsWhatPage() {
  const me = useMe();
  const mayView = can(me, 'ssoSetting.view');
  const settings = useEndpoint(listSsoSettings, {}, { enabled: mayView });
  const [address, setAddress] = useSearchParams();
  const search = address.get('search') ?? '';
  const sites = whoGetsWhat(settings.data?.settings ?? [], search);
  return (
    <Page
      title="Who gets what where"
      intro="The groups that have a role at each site. A zone’s or a sensor’s own setting replaces the site’s there, whole. Portal roles count everywhere in the portal besides."
    >
      {!mayView && <NotForYourRole permission="ssoSetting.view" />}
      {mayView && (
        <Field label="Search sites, settings and groups">
          <SearchBox
            value={search}
            onChange={(_, { value }) =>
              setAddress(value === '' ? {} : { search: value }, { replace: true })
            }
          />
        </Field>
      )}
      {can(me, 'user.view') && <PortalUsers />}
      {mayView && settings.isPending && <Loading what="settings" />}
      {settings.error !== null && (
        <ProblemNotice error={settings.error} onRetry={() => void settings.refetch()} />
      )}
      {settings.isSuccess && sites.length === 0 && search !== '' && (
        <output>Nothing matches “{search}”.</output>
      )}
      {settings.isSuccess && sites.length === 0 && search === '' && (
        <EmptyState
          title="No SSO setting yet"
          icon={<PeopleLockRegular />}
          action={
            can(me, 'ssoSetting.edit') && (
              <PageButton to={paths.newSensorSetting()} appearance="primary">
                Add an SSO setting
              </PageButton>
            )
          }
        >
          Settings map groups of Entra ID to roles at sites. Until there is one, SSO is off
          everywhere.
        </EmptyState>
      )}
      {sites.map((site) => (
        <Panel
          key={site.siteId}
          title={site.siteName}
          aside={<PageLink to={paths.site({ siteId: site.siteId })}>Open the site</PageLink>}
        >
          <DataTable
            label={`Who gets what at ${site.siteName}`}
            columns={columns}
            rows={site.grants}
            rowKey={({ target }) => `${target.kind} ${target.id}`}
          />
        </Panel>
      ))}
    </Page>
  );
}
