import { Text } from '@fluentui/react-components';
import { DocumentSearchRegular } from '@fluentui/react-icons';
import { listAuditEvents, type AuditEvent } from '../../contract/activity.ts';
import { can, useEndpoint, useMe } from '../api/hooks.ts';
import { changeText } from '../ui/action-text.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Loading } from '../ui/loading.tsx';
import { NotForYourRole } from '../ui/not-for-your-role.tsx';
import { Page } from '../ui/page.tsx';
import { Pager } from '../ui/pager.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { Actor } from './actor.tsx';
import { BeforeAndAfter } from './before-and-after.tsx';
import { Outcome } from './outcome.tsx';
import { refusalReason } from './refusal-reason.ts';
import { usePages } from './use-pages.ts';

const columns: readonly Column<AuditEvent>[] = [
  { header: 'No.', width: '60px', onlyFrom: 900, cell: (event) => event.sequence },
  { header: 'When', width: '140px', cell: (event) => <Timestamp value={event.at} /> },
  {
    header: 'What',
    isRowHeader: true,
    cell: (event) => (
      <div>
        {changeText(event)}
        <Reason event={event} />
        <BeforeAndAfter event={event} />
      </div>
    ),
  },
  { header: 'Who', width: '170px', cell: (event) => <Actor actor={event.actor} /> },
  { header: 'Result', width: '110px', cell: (event) => <Outcome outcome={event.outcome} /> },
  { header: 'From', width: '110px', onlyFrom: 900, cell: (event) => event.address ?? '–' },
];

function Reason({ event }: { event: AuditEvent }) {
  const reason = refusalReason(event);
  if (reason === null) return null;
  return (
    <Text block size={200}>
      {reason}
    </Text>
  );
}

/** Changes and refusals, newest first. */
export function AuditPage() {
  const pages = usePages();
  const mayView = can(useMe(), 'activity.view');
  const answer = useEndpoint(listAuditEvents, { query: pages.query }, { enabled: mayView });
  return (
    <Page
      title="Audit"
      intro="Every change and every refusal. Entries are only ever added, and each is chained to the one before it by its hash."
    >
      {!mayView && <NotForYourRole permission="activity.view" />}
      {mayView && answer.isPending && <Loading what="the audit log" />}
      {answer.error !== null && (
        <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {answer.data?.events.length === 0 && (
        <EmptyState title="Nothing here" icon={<DocumentSearchRegular />}>
          Changes and refusals appear as they happen.
        </EmptyState>
      )}
      {answer.data !== undefined && answer.data.events.length > 0 && (
        <DataTable
          label="Audit"
          columns={columns}
          rows={answer.data.events}
          rowKey={(event) => String(event.sequence)}
        />
      )}
      <Pager onNewest={pages.newest} onOlder={pages.older(answer.data?.next)} />
    </Page>
  );
}
