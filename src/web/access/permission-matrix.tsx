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

// With the cells’ padding they fit into a window of 1280 pixels, so that “You” is in sight.
const roleWidths = { readOnly: '80px', securityAnalyst: '112px', admin: '60px' } as const;

const scopes = { portal: 'Portal role only', target: 'Where you have the role' } as const;

/** The table of permissions that drives the server's guards, as it stands, with what one has oneself. */
export function PermissionMatrix({ me }: { me: Me }) {
  const columns: Column<Permission>[] = [
    {
      header: 'Permission',
      width: '270px',
      isRowHeader: true,
      cell: (name) => permissions[name].label,
    },
    ...roles.toReversed().map((role): Column<Permission> => ({
      header: roleLabels[role],
      width: roleWidths[role],
      cell: (name) => mark(roleAllows(role, name)),
    })),
    { header: 'Counts', width: '170px', cell: (name) => scopes[permissions[name].scope] },
    { header: 'You', width: '60px', cell: (name) => mark(can(me, name)) },
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
