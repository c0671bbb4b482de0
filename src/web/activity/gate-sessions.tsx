import { Button, makeStyles, SearchBox, Text, tokens } from '@fluentui/react-components';
import { PersonLinkRegular } from '@fluentui/react-icons';
import { useSearchParams } from 'react-router-dom';
import { listSessions, type GateSession } from '../../contract/sessions.ts';
import { useEndpoint } from '../api/hooks.ts';
import { useRefreshed } from '../api/use-refreshed.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Loading } from '../ui/loading.tsx';
import { Panel } from '../ui/panel.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
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

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
  },
});

function Sessions({ sessions, total }: { sessions: readonly GateSession[]; total: number }) {
  const styles = useStyles();
  const [address, setAddress] = useSearchParams();
  const filter = sessionFilterFrom(address);
  const found = matchingSessions(sessions, filter);
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(address);
    if (value === '') next.delete(name);
    else next.set(name, value);
    setAddress(next, { replace: true });
  };
  const sensorName = sessions.find(({ sensorId }) => sensorId === filter.sensorId)?.sensorName;
  return (
    <>
      <div className={styles.bar}>
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
        <output>{`${found.length} of ${total} session${total === 1 ? '' : 's'}`}</output>
      </div>
      {found.length === 0 ? (
        <Text>No session matches.</Text>
      ) : (
        <SessionsTable sessions={found} all={sessions} />
      )}
    </>
  );
}
