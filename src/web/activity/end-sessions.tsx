import { Button, Text, useRestoreFocusTarget } from '@fluentui/react-components';
import { useState } from 'react';
import { endSession, endSessionsOf, type GateSession } from '../../contract/sessions.ts';
import { useChange } from '../api/hooks.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { useNotify } from '../ui/notify.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { sessionsOf } from './session-filter.ts';

interface EndSessionsProps {
  readonly session: GateSession;
  readonly all: readonly GateSession[];
}

/** Ends one session, or all that its person has; each is asked about before. */
export function EndSessions({ session, all }: EndSessionsProps) {
  const [asking, setAsking] = useState<'one' | 'all' | null>(null);
  const takesFocusBack = useRestoreFocusTarget();
  const notify = useNotify();
  const one = useChange(endSession);
  const every = useChange(endSessionsOf);
  const { person, sensorName } = session;
  const theirs = sessionsOf(all, person).filter(({ mayEnd, ending }) => mayEnd && !ending);
  const close = () => {
    setAsking(null);
    one.reset();
    every.reset();
  };
  // Not as callbacks of the change: the row has other content by then, and they would be dropped.
  const endOne = async () => {
    await one.mutateAsync({ params: { sessionId: session.id } });
    setAsking(null);
    notify('success', 'Session ended', `${person.name} at ${sensorName}`);
  };
  const endAll = async () => {
    const { tenantId, objectId } = person;
    const { value } = await every.mutateAsync({ body: { tenantId, objectId } });
    setAsking(null);
    notify('success', `${sessionCount(value.ended)} of ${person.name} ended`);
  };
  // What went wrong is shown in the window.
  const act = () => void (asking === 'all' ? endAll() : endOne()).catch(() => undefined);
  return (
    <>
      <Button
        {...takesFocusBack}
        size="small"
        aria-label={`End the session of ${person.name} at ${sensorName}`}
        onClick={() => setAsking('one')}
      >
        End
      </Button>{' '}
      <Button
        {...takesFocusBack}
        size="small"
        appearance="subtle"
        aria-label={`End all sessions of ${person.name}`}
        onClick={() => setAsking('all')}
      >
        End all
      </Button>
      <ConfirmDialog
        open={asking !== null}
        title={
          asking === 'all'
            ? `End all sessions of ${person.name}?`
            : `End the session of ${person.name} at ${sensorName}?`
        }
        confirm={asking === 'all' ? 'End all sessions' : 'End session'}
        busy={one.isPending || every.isPending}
        onConfirm={act}
        onCancel={close}
      >
        <Text as="p" block style={{ marginTop: 0 }}>
          {asking === 'all'
            ? `${sessionCount(theirs.length)}: ${theirs.map((other) => other.sensorName).join(', ')}. Sessions where you aren’t Admin go on.`
            : 'What isn’t saved in the console may be lost.'}
        </Text>
        <Text block>
          It acts within seconds where the gate is connected, else when it is back. Who still has a
          role may sign in again: to keep somebody out, take them out of the groups.
        </Text>
        {one.error !== null && <ProblemNotice error={one.error} />}
        {every.error !== null && <ProblemNotice error={every.error} />}
      </ConfirmDialog>
    </>
  );
}

function sessionCount(count: number): string {
  return `${count} session${count === 1 ? '' : 's'}`;
}
