import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { PortalUser } from '../../contract/users.ts';
import { paths } from '../paths.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { PageLink } from '../ui/links.tsx';
import { RoleBadge } from '../ui/role-badge.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { UserStatus } from './user-status.tsx';
import { accountSecurity } from './user-words.ts';

const useStyles = makeStyles({ soft: { color: tokens.colorNeutralForeground2 } });

// With the cells’ padding they fit into a window of 1280 pixels.
const columns: readonly Column<PortalUser>[] = [
  { header: 'ID', width: '64px', cell: ({ id }) => <ShortId id={id} /> },
  { header: 'Name', width: '124px', isRowHeader: true, cell: (user) => <Name user={user} /> },
  { header: 'Email', width: '208px', cell: ({ email }) => email },
  { header: 'Created', width: '100px', cell: ({ createdAt }) => <Timestamp value={createdAt} /> },
  { header: 'Role', width: '122px', cell: ({ role }) => <RoleBadge role={role} /> },
  { header: 'Account security', width: '116px', cell: accountSecurity },
  { header: 'Status', width: '112px', cell: (user) => <UserStatus user={user} /> },
];

export function UsersTable({ users }: { users: readonly PortalUser[] }) {
  return <DataTable label="Users" columns={columns} rows={users} rowKey={({ id }) => id} />;
}

/** The beginning tells them apart; the whole id stands on the user's page. */
function ShortId({ id }: { id: string }) {
  return (
    <Text font="monospace" size={200} title={id}>
      {id.slice(0, 8)}
    </Text>
  );
}

function Name({ user: { id, name, you } }: { user: PortalUser }) {
  const styles = useStyles();
  return (
    <>
      <PageLink to={paths.user({ userId: id })}>{name}</PageLink>
      {you && (
        <Text size={200} className={styles.soft}>
          {' '}
          (you)
        </Text>
      )}
    </>
  );
}
