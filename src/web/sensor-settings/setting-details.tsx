import { Subtitle2 } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { SsoSetting } from '../../contract/sso-settings.ts';
import type { NamedTarget } from '../../contract/target.ts';
import { roleLabels, roles } from '../../domain/role.ts';
import { targetKey } from '../../domain/target.ts';
import { paths } from '../paths.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { GroupList } from '../ui/group-list.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { Fact, Facts } from './facts.tsx';
import { RouterLink } from './router-link.tsx';
import { useSettingStyles } from './setting-styles.ts';
import { scopeSummary, targetKindLabels } from './target-names.ts';

/** Basics, Settings, Permissions management, and what the setting applies to. */
export function SettingDetails({ setting }: { readonly setting: SsoSetting }) {
  return (
    <>
      <Section title="Basics">
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
      </Section>
      <Section title="Settings">
        <Facts>
          <Fact term="Application name">
            {setting.clientId} <CopyButton value={setting.clientId} what="the application’s ID" />
          </Fact>
          <Fact term="Tenant">
            {setting.tenantId} <CopyButton value={setting.tenantId} what="the tenant ID" />
          </Fact>
        </Facts>
      </Section>
      <Section title="Permissions management">
        <Facts>
          {roles.map((role) => (
            <Fact key={role} term={roleLabels[role]}>
              <GroupList groups={setting.permissions[role]} showIds empty="No groups" />
            </Fact>
          ))}
        </Facts>
      </Section>
      <Section
        title={`Applies to ${scopeSummary(setting.targets)}; ${setting.sensors} sensor${setting.sensors === 1 ? '' : 's'} reached`}
      >
        <DataTable
          label="Applies to"
          columns={columns}
          rows={setting.targets}
          rowKey={(target) => targetKey(target)}
        />
      </Section>
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
      <RouterLink to={paths.site({ siteId: target.siteId })}>{target.siteName}</RouterLink>
    ),
  },
];

function TargetLink({ target }: { readonly target: NamedTarget }) {
  const to = {
    site: paths.site({ siteId: target.id }),
    zone: paths.site({ siteId: target.siteId }),
    sensor: paths.sensor({ sensorId: target.id }),
  }[target.kind];
  return <RouterLink to={to}>{target.name}</RouterLink>;
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const styles = useSettingStyles();
  return (
    <section className={styles.card} aria-label={title}>
      <Subtitle2 as="h2" className={styles.heading}>
        {title}
      </Subtitle2>
      {children}
    </section>
  );
}
