import { Text } from '@fluentui/react-components';
import { CheckmarkCircleRegular } from '@fluentui/react-icons';
import type { Me } from '../../contract/me.ts';
import {
  permissionNames,
  permissions,
  roleAllows,
  type Permission,
} from '../../domain/permissions.ts';
import { roleLabels, roles } from '../../domain/role.ts';
import { can } from '../api/hooks.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';

const scopes = { portal: 'Portal role only', target: 'Where you have the role' } as const;

/** The table of permissions that drives the server's guards, as it stands, with what one has oneself. */
export function PermissionMatrix({ me }: { me: Me }) {
  const columns: Column<Permission>[] = [
    {
      header: 'Permission',
      width: '34%',
      isRowHeader: true,
      cell: (name) => permissions[name].label,
    },
    ...roles.toReversed().map((role): Column<Permission> => ({
      header: roleLabels[role],
      cell: (name) => mark(roleAllows(role, name)),
    })),
    { header: 'Counts', cell: (name) => scopes[permissions[name].scope] },
    { header: 'You', cell: (name) => mark(can(me, name)) },
  ];
  return (
    <DataTable
      label="What each role may do in the portal"
      columns={columns}
      rows={permissionNames}
      rowKey={(name) => name}
    />
  );
}

function mark(allowed: boolean) {
  return allowed ? (
    <Text>
      <CheckmarkCircleRegular aria-hidden /> Yes
    </Text>
  ) : (
    <Text>–</Text>
  );
}
