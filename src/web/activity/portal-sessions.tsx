import { Badge, Text } from '@fluentui/react-components';
import { listPortalSessions, type PortalSession } from '../../contract/sessions.ts';
import { useEndpoint, useMe } from '../api/hooks.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { Loading } from '../ui/loading.tsx';
import { Panel } from '../ui/panel.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { EndPortalSession } from './end-portal-session.tsx';

const columns: readonly Column<PortalSession>[] = [
  { header: 'Person', isRowHeader: true, cell: (session) => <Person session={session} /> },
  { header: 'Signed in by', cell: ({ providerName }) => providerName || '–' },
  { header: 'Since', width: '130px', cell: ({ openedAt }) => <Timestamp value={openedAt} /> },
  {
    header: 'Last used',
    width: '130px',
    cell: ({ lastSeenAt }) => <Timestamp value={lastSeenAt} />,
  },
  { header: 'From', width: '130px', cell: ({ address }) => address ?? '–' },
  { header: 'End', width: '110px', cell: (session) => <EndPortalSession session={session} /> },
];

/** Sessions that the portal keeps: one’s own and, for portal Admins, everybody’s. */
export function PortalSessions() {
  const all = useMe().portalRole === 'admin';
  const answer = useEndpoint(listPortalSessions);
  return (
    <Panel title={all ? 'At the portal' : 'Yours at the portal'}>
      <Text>
        {all ? 'Those' : 'Yours'} by a web application, which the server keeps. Who signed in by a
        single-page application holds the sign-in in their own browser, and isn’t listed.
      </Text>
      {answer.isPending && <Loading what="sessions at the portal" />}
      {answer.error !== null && (
        <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {answer.data?.sessions.length === 0 && <Text>There is none at the moment.</Text>}
      {answer.data !== undefined && answer.data.sessions.length > 0 && (
        <>
          {answer.data.total > answer.data.sessions.length && (
            <Text>{`The newest ${answer.data.sessions.length} of ${answer.data.total}.`}</Text>
          )}
          <DataTable
            label="Sessions at the portal"
            columns={columns}
            rows={answer.data.sessions}
            rowKey={({ id }) => id}
          />
        </>
      )}
    </Panel>
  );
}

function Person({ session: { person, yours } }: { session: PortalSession }) {
  return (
    <span title={person.objectId}>
      {person.name}
      {yours && (
        <>
          {' '}
          <Badge appearance="outline">This one</Badge>
        </>
      )}
    </span>
  );
}
