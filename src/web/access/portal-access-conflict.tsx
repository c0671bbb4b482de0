import type { PortalAccess } from '../../contract/portal-access.ts';
import type { GroupMapping } from '../../domain/group-mapping.ts';
import { roleLabels, roles, type Role } from '../../domain/role.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EditConflict } from '../ui/edit-conflict.tsx';
import { GroupList } from '../ui/group-list.tsx';
import { Timestamp } from '../ui/timestamp.tsx';

interface PortalAccessConflictProps {
  readonly current: PortalAccess;
  readonly mine: GroupMapping;
  readonly onKeepMine: () => void;
  readonly onKeepBoth: (() => void) | null;
  readonly onTakeTheirs: () => void;
}

/** What somebody else saved in the meantime, beside what was chosen. */
export function PortalAccessConflict(props: PortalAccessConflictProps) {
  const { current, mine, onKeepMine, onKeepBoth, onTakeTheirs } = props;
  const columns: Column<Role>[] = [
    { header: 'Role', width: '140px', isRowHeader: true, cell: (role) => roleLabels[role] },
    { header: 'There now', cell: (role) => groupList(current.permissions, role) },
    { header: 'Yours', cell: (role) => groupList(mine, role) },
  ];
  return (
    <EditConflict
      saved={
        <>
          {current.changedBy ?? 'Somebody'} saved it{' '}
          <Timestamp value={current.changedAt} fallback="a moment ago" />.
        </>
      }
      mayKeepMine
      onKeepMine={onKeepMine}
      onKeepBoth={onKeepBoth}
      onTakeTheirs={onTakeTheirs}
    >
      <DataTable label="Both versions" columns={columns} rows={roles} rowKey={(role) => role} />
    </EditConflict>
  );
}

function groupList(mapping: GroupMapping, role: Role) {
  return <GroupList groups={mapping[role]} />;
}
