import { Button, Text, Tooltip } from '@fluentui/react-components';
import { EditRegular } from '@fluentui/react-icons';
import { useNavigate } from 'react-router-dom';
import type { SsoSetting } from '../../contract/sso-settings.ts';
import type { GroupReference } from '../../domain/group-mapping.ts';
import { roleLabels, roles } from '../../domain/role.ts';
import { can, useMe } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { PageLink } from '../ui/links.tsx';
import { useSettingStyles } from './setting-styles.ts';
import { scopeSummary, targetPath } from './target-names.ts';

/** Names of targets in a row; the rest is counted. */
const namedAtMost = 3;

const columns: readonly Column<SsoSetting>[] = [
  {
    header: 'Name',
    isRowHeader: true,
    width: '20%',
    cell: (setting) => (
      <PageLink to={paths.sensorSetting({ settingId: setting.id })}>{setting.name}</PageLink>
    ),
  },
  { header: 'Configuration', width: '34%', cell: (setting) => <Configuration setting={setting} /> },
  { header: 'Scope', cell: (setting) => <Scope setting={setting} /> },
  { header: 'Sensors', width: '84px', cell: (setting) => setting.sensors },
  { header: 'Last change', width: '150px', cell: (setting) => <LastChange setting={setting} /> },
];

const editColumn: Column<SsoSetting> = {
  header: 'Edit',
  width: '64px',
  cell: (setting) => <EditButton setting={setting} />,
};

/** Settings with their configuration and scope. */
export function SettingsTable({ settings }: { readonly settings: readonly SsoSetting[] }) {
  const mayEditSome = can(useMe(), 'ssoSetting.edit');
  if (settings.length === 0) return <Text>No setting matches.</Text>;
  return (
    <DataTable
      label="Single sign-on settings"
      columns={mayEditSome ? [...columns, editColumn] : columns}
      rows={settings}
      rowKey={(setting) => setting.id}
    />
  );
}

function Configuration({ setting }: { readonly setting: SsoSetting }) {
  const styles = useSettingStyles();
  const named = roles.filter((role) => setting.permissions[role].length > 0);
  return (
    <>
      {named.length === 0 ? <div>No groups</div> : null}
      {named.map((role) => (
        <div key={role}>{`${roleLabels[role]}: ${groupWords(setting.permissions[role])}`}</div>
      ))}
      <Text size={200} className={styles.muted}>
        Application {setting.clientId}
      </Text>
    </>
  );
}

/** The first group by name, the others counted; without a name, all are counted. */
function groupWords(groups: readonly GroupReference[]): string {
  const [first] = groups;
  const others = groups.length - 1;
  if (first === undefined || first.displayName === null) {
    return `${groups.length} group${groups.length === 1 ? '' : 's'}`;
  }
  return others === 0 ? first.displayName : `${first.displayName} and ${others} more`;
}

function Scope({ setting }: { readonly setting: SsoSetting }) {
  const styles = useSettingStyles();
  const { targets } = setting;
  const names = targets.slice(0, namedAtMost).map(targetPath);
  const rest = targets.length - namedAtMost;
  return (
    <>
      <div>{scopeSummary(targets)}</div>
      <Text size={200} className={styles.muted}>
        {names.join(', ')}
        {rest > 0 ? ` and ${rest} more` : ''}
      </Text>
    </>
  );
}

function LastChange({ setting }: { readonly setting: SsoSetting }) {
  const styles = useSettingStyles();
  return (
    <>
      <div>
        <Timestamp value={setting.changedAt} />
      </div>
      <Text size={200} className={styles.muted}>
        {setting.changedBy.name}
      </Text>
    </>
  );
}

function EditButton({ setting }: { readonly setting: SsoSetting }) {
  const navigate = useNavigate();
  const why = setting.mayEdit
    ? `Edit ${setting.name}`
    : `Edit ${setting.name}: needs the role Admin at everything it applies to`;
  return (
    <Tooltip content={why} relationship="label">
      <Button
        appearance="subtle"
        icon={<EditRegular />}
        disabledFocusable={!setting.mayEdit}
        onClick={() => void navigate(paths.editSensorSetting({ settingId: setting.id }))}
      />
    </Tooltip>
  );
}
