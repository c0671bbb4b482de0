import { Badge, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { GateSession } from '../../contract/sessions.ts';
import { paths } from '../paths.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { PageLink } from '../ui/links.tsx';
import { RoleBadge } from '../ui/role-badge.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { EndSessions } from './end-sessions.tsx';

const useStyles = makeStyles({ soft: { color: tokens.colorNeutralForeground2 } });

interface SessionsTableProps {
  readonly sessions: readonly GateSession[];
  /** Those that the list leaves out too: ending a person's sessions ends all of theirs. */
  readonly all: readonly GateSession[];
}

interface Row {
  readonly session: GateSession;
  readonly all: readonly GateSession[];
}

const columns: readonly Column<Row>[] = [
  {
    header: 'Person',
    isRowHeader: true,
    cell: ({ session: { person } }) => <span title={person.objectId}>{person.name}</span>,
  },
  { header: 'Sensor', cell: ({ session }) => <Where session={session} /> },
  { header: 'Role', width: '150px', cell: ({ session }) => <RoleBadge role={session.role} /> },
  {
    header: 'Since',
    width: '130px',
    cell: ({ session }) => <Timestamp value={session.openedAt} />,
  },
  { header: 'From', width: '130px', cell: ({ session }) => session.address ?? '–' },
  { header: 'End', width: '150px', cell: (row) => <End {...row} /> },
];

/** Who is signed in where, since when and from where. */
export function SessionsTable({ sessions, all }: SessionsTableProps) {
  return (
    <DataTable
      label="Open sessions"
      columns={columns}
      rows={sessions.map((session) => ({ session, all }))}
      rowKey={({ session }) => session.id}
    />
  );
}

function Where({ session }: { readonly session: GateSession }) {
  const styles = useStyles();
  return (
    <div>
      <PageLink to={paths.sensor({ sensorId: session.sensorId })}>{session.sensorName}</PageLink>
      <Text block size={200} className={styles.soft}>
        {session.siteName}
      </Text>
    </div>
  );
}

function End({ session, all }: Row) {
  if (session.ending) {
    return (
      <Badge appearance="tint" color="warning">
        Ending
      </Badge>
    );
  }
  if (!session.mayEnd) return '–';
  return <EndSessions session={session} all={all} />;
}
