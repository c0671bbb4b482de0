import { Button, SearchBox, Text } from '@fluentui/react-components';
import { PersonLinkRegular } from '@fluentui/react-icons';
import { listSessions, type GateSession } from '../../contract/sessions.ts';
import { useEndpoint } from '../api/hooks.ts';
import { useRefreshed } from '../api/use-refreshed.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FilterBar } from '../ui/filter-bar.tsx';
import { Loading } from '../ui/loading.tsx';
import { Panel } from '../ui/panel.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useAddressFilter } from '../ui/use-address-filter.ts';
import { matchingSessions, sessionFilterFrom } from './session-filter.ts';
import { SessionsTable } from './sessions-table.tsx';

/** Milliseconds between two looks: while a session is ending, and otherwise. */
const soon = 2000;
const later = 10_000;

/** Sessions at sensors' consoles, where one may see them. */
export function GateSessions() {
  const answer = useEndpoint(listSessions);
  const sessions = answer.data?.sessions ?? [];
  const every = sessions.some(({ ending }) => ending) ? soon : later;
  useRefreshed(answer, every);
  return (
    <Panel title="At sensors’ consoles">
      {answer.isPending && <Loading what="sessions" />}
      {answer.error !== null && (
        <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {answer.data?.sessions.length === 0 && (
        <EmptyState title="Nobody is signed in at a gate" icon={<PersonLinkRegular />}>
          Sessions appear as people sign in to the consoles of sensors where you may see them. A
          gate that is cut off reports its sessions when it is back.
        </EmptyState>
      )}
      {answer.data !== undefined && sessions.length > 0 && (
        <Sessions sessions={sessions} total={answer.data.total} />
      )}
    </Panel>
  );
}

function Sessions({ sessions, total }: { sessions: readonly GateSession[]; total: number }) {
  const [filter, set] = useAddressFilter(sessionFilterFrom);
  const found = matchingSessions(sessions, filter);
  const sensorName = sessions.find(({ sensorId }) => sensorId === filter.sensorId)?.sensorName;
  return (
    <>
      <FilterBar found={found.length} total={total} what="session">
        <SearchBox
          aria-label="Find a session"
          placeholder="Person, sensor, site…"
          value={filter.search}
          onChange={(_, data) => set('search', data.value)}
        />
        {filter.sensorId !== '' && (
          <Button onClick={() => set('sensor', '')}>
            {`Only at ${sensorName ?? 'one sensor'}: show all`}
          </Button>
        )}
      </FilterBar>
      {found.length === 0 ? (
        <Text>No session matches.</Text>
      ) : (
        <SessionsTable sessions={found} all={sessions} />
      )}
    </>
  );
}
