import { PersonClockRegular } from '@fluentui/react-icons';
import { listSignIns, type SignIn } from '../../contract/activity.ts';
import { can, useEndpoint, useMe } from '../api/hooks.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Loading } from '../ui/loading.tsx';
import { NotForYourRole } from '../ui/not-for-your-role.tsx';
import { Page } from '../ui/page.tsx';
import { Pager } from '../ui/pager.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { RoleBadge } from '../ui/role-badge.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { Actor } from './actor.tsx';
import { Outcome } from './outcome.tsx';
import { Place } from './place.tsx';
import { usePages } from './use-pages.ts';

const columns: readonly Column<SignIn>[] = [
  { header: 'When', width: '130px', cell: (row) => <Timestamp value={row.at} /> },
  { header: 'Who', isRowHeader: true, cell: (row) => <Actor actor={row.actor} /> },
  {
    header: 'Result',
    width: '26%',
    cell: (row) => <Outcome outcome={row.outcome} code={row.code} />,
  },
  { header: 'Where', width: '140px', cell: (row) => <Place sensor={row.sensor} /> },
  { header: 'Role there', width: '150px', cell: (row) => <RoleThere signIn={row} /> },
  { header: 'Provider', width: '120px', onlyFrom: 1420, cell: (row) => row.provider?.name ?? '–' },
  { header: 'From', width: '120px', cell: (row) => row.address ?? '–' },
];

function RoleThere({ signIn }: { signIn: SignIn }) {
  const role = signIn.sensor === null ? signIn.portalRole : signIn.sensorRole;
  return role === null ? '–' : <RoleBadge role={role} />;
}

/** Sign-ins to the portal and to sensors, newest first. */
export function SignInsPage() {
  const pages = usePages();
  const mayView = can(useMe(), 'activity.view');
  const answer = useEndpoint(listSignIns, { query: pages.query }, { enabled: mayView });
  return (
    <Page
      title="Sign-ins"
      intro="Who signed in to the portal or to a sensor’s console, and who was refused and why."
    >
      {!mayView && <NotForYourRole permission="activity.view" />}
      {mayView && answer.isPending && <Loading what="sign-ins" />}
      {answer.error !== null && (
        <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {answer.data?.signIns.length === 0 && (
        <EmptyState title="No sign-ins here" icon={<PersonClockRegular />}>
          Sign-ins appear as they happen, refusals included.
        </EmptyState>
      )}
      {answer.data !== undefined && answer.data.signIns.length > 0 && (
        <DataTable
          label="Sign-ins"
          columns={columns}
          rows={answer.data.signIns}
          rowKey={(row) => row.id}
        />
      )}
      <Pager onNewest={pages.newest} onOlder={pages.older(answer.data?.next)} />
    </Page>
  );
}
