import { Button, Text, useRestoreFocusTarget } from '@fluentui/react-components';
import { useState } from 'react';
import { endPortalSession, type PortalSession } from '../../contract/sessions.ts';
import { useChange } from '../api/hooks.ts';
import { signOut } from '../api/session.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { useNotify } from '../ui/notify.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

/** Ends a session at the portal, after asking. The one that is being used ends by signing out. */
export function EndPortalSession({ session }: { session: PortalSession }) {
  const [asking, setAsking] = useState(false);
  const takesFocusBack = useRestoreFocusTarget();
  const notify = useNotify();
  const end = useChange(endPortalSession);
  const { id, person, yours } = session;
  const close = () => {
    setAsking(false);
    end.reset();
  };
  const act = async () => {
    if (yours) return signOut();
    await end.mutateAsync({ params: { sessionId: id } });
    setAsking(false);
    notify('success', 'Session ended', `${person.name} at the portal`);
  };
  return (
    <>
      <Button
        {...takesFocusBack}
        size="small"
        aria-label={`End the session of ${person.name} at the portal`}
        onClick={() => setAsking(true)}
      >
        End
      </Button>
      <ConfirmDialog
        open={asking}
        title={yours ? 'End your own session?' : `End the session of ${person.name} at the portal?`}
        confirm={yours ? 'Sign out' : 'End session'}
        busy={end.isPending}
        // What went wrong is shown in the window.
        onConfirm={() => void act().catch(() => undefined)}
        onCancel={close}
      >
        <Text block>
          {yours
            ? 'It is the one that you are using: you are signed out here and at Microsoft.'
            : 'It ends at once; what isn’t saved can be saved after signing in again. Who still has a role may do that: to keep somebody out, disable them under Users, or take them out of the groups.'}
        </Text>
        {end.error !== null && <ProblemNotice error={end.error} />}
      </ConfirmDialog>
    </>
  );
}
