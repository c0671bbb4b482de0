import type { SsoSetting } from '../../contract/sso-settings.ts';
import type { NamedTarget } from '../../contract/target.ts';
import { roleLabels, roles } from '../../domain/role.ts';
import { targetKey } from '../../domain/target.ts';
import { paths } from '../paths.ts';
import { ConsoleRulesView } from '../ui/console-rules-view.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { GroupList } from '../ui/group-list.tsx';
import { Panel } from '../ui/panel.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { PageLink } from '../ui/links.tsx';
import { scopeSummary, targetKindLabels } from './target-names.ts';

/** Basics, Settings, Permissions management, Console rules, and what the setting applies to. */
export function SettingDetails({ setting }: { readonly setting: SsoSetting }) {
  return (
    <>
      <Panel title="Basics">
        <Facts>
          <Fact term="Subscription">{setting.subscriptionName}</Fact>
          <Fact term="Type">Single sign-on</Fact>
          <Fact term="Name">{setting.name}</Fact>
          <Fact term="Description">{setting.description || '–'}</Fact>
          <Fact term="Version">{setting.version}</Fact>
          <Fact term="Last change">
            <Timestamp value={setting.changedAt} /> by {setting.changedBy.name}
          </Fact>
        </Facts>
      </Panel>
      <Panel title="Settings">
        <Facts>
          <Fact term="Application name">
            {setting.clientId} <CopyButton value={setting.clientId} what="the application’s ID" />
          </Fact>
          <Fact term="Tenant">
            {setting.tenantId} <CopyButton value={setting.tenantId} what="the tenant ID" />
          </Fact>
        </Facts>
      </Panel>
      <Panel title="Permissions management">
        <Facts>
          {roles.map((role) => (
            <Fact key={role} term={roleLabels[role]}>
              <GroupList groups={setting.permissions[role]} showIds empty="No groups" />
            </Fact>
          ))}
        </Facts>
      </Panel>
      <Panel title="Console rules">
        <ConsoleRulesView rules={setting.consoleRules} />
      </Panel>
      <AppliesTo setting={setting} />
    </>
  );
}

const columns: readonly Column<NamedTarget>[] = [
  { header: 'Level', width: '96px', cell: (target) => targetKindLabels[target.kind] },
  { header: 'Name', isRowHeader: true, cell: (target) => <TargetLink target={target} /> },
  { header: 'Zone', cell: (target) => (target.kind === 'sensor' ? target.zoneName : '–') },
  {
    header: 'Site',
    cell: (target) => (
      <PageLink to={paths.site({ siteId: target.siteId })}>{target.siteName}</PageLink>
    ),
  },
];

function AppliesTo({ setting }: { readonly setting: SsoSetting }) {
  if (setting.targets.length === 0) {
    return (
      <Panel title="Applies to nothing">
        Other settings have taken everything that it applied to. It gives nobody a role until it is
        applied again.
      </Panel>
    );
  }
  const sensors = `${setting.sensors} sensor${setting.sensors === 1 ? '' : 's'} reached`;
  return (
    <Panel title={`Applies to ${scopeSummary(setting.targets)}; ${sensors}`}>
      <DataTable
        label="Applies to"
        columns={columns}
        rows={setting.targets}
        rowKey={(target) => targetKey(target)}
      />
    </Panel>
  );
}

function TargetLink({ target }: { readonly target: NamedTarget }) {
  const to = {
    site: paths.site({ siteId: target.id }),
    zone: paths.site({ siteId: target.siteId }),
    sensor: paths.sensor({ sensorId: target.id }),
  }[target.kind];
  return <PageLink to={to}>{target.name}</PageLink>;
}
