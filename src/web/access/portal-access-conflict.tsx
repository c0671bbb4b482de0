import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from '@fluentui/react-components';
import type { PortalAccess } from '../../contract/portal-access.ts';
import type { GroupMapping } from '../../domain/group-mapping.ts';
import { roleLabels, roles, type Role } from '../../domain/role.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { GroupList } from '../ui/group-list.tsx';
import { Timestamp } from '../ui/timestamp.tsx';

const useStyles = makeStyles({
  conflict: { display: 'flex', flexDirection: 'column', gap: '12px' },
});

/** Two people edited at once: both versions side by side, and what was typed is still there (R7). */
export function PortalAccessConflict({
  current,
  mine,
  onKeepMine,
  onTakeTheirs,
}: {
  current: PortalAccess;
  mine: GroupMapping;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}) {
  const styles = useStyles();
  const columns: Column<Role>[] = [
    { header: 'Role', width: '140px', isRowHeader: true, cell: (role) => roleLabels[role] },
    { header: 'There now', cell: (role) => groupList(current.permissions, role) },
    { header: 'Yours', cell: (role) => groupList(mine, role) },
  ];
  return (
    <div className={styles.conflict}>
      <MessageBar intent="warning" layout="multiline" role="alert">
        <MessageBarBody>
          <MessageBarTitle>Somebody else changed this in the meantime</MessageBarTitle>
          {current.changedBy ?? 'Somebody'} saved it{' '}
          <Timestamp value={current.changedAt} fallback="a moment ago" />. Nothing of yours is lost:
          compare, then decide.
        </MessageBarBody>
        <MessageBarActions>
          <Button onClick={onKeepMine}>Save mine over it</Button>
          <Button onClick={onTakeTheirs}>Take what is there</Button>
        </MessageBarActions>
      </MessageBar>
      <DataTable label="Both versions" columns={columns} rows={roles} rowKey={(role) => role} />
    </div>
  );
}

function groupList(mapping: GroupMapping, role: Role) {
  return <GroupList groups={mapping[role]} />;
}
