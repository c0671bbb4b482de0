import { Button, DialogActions } from '@fluentui/react-components';
import { useBlocker } from 'react-router-dom';
import { AlertDialog } from '../ui/alert-dialog.tsx';
import { isAnyUnsaved, useAnyUnsaved } from '../ui/unsaved.ts';
import { useAskBeforeClosing } from '../api/use-ask-before-closing.ts';

/** Asks before a page is left with something in a form that isn't saved. */
export function LeaveUnsaved() {
  // A router has one blocker at a time: pages that ask by themselves need it.
  return useAnyUnsaved() ? <Asking /> : null;
}

function Asking() {
  useAskBeforeClosing(isAnyUnsaved);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      currentLocation.pathname !== nextLocation.pathname && isAnyUnsaved(),
  );
  if (blocker.state !== 'blocked') return null;
  return (
    <AlertDialog
      title="Leave without saving?"
      onClose={() => blocker.reset()}
      actions={
        <DialogActions>
          <Button appearance="primary" onClick={() => blocker.reset()}>
            Stay here
          </Button>
          <Button onClick={() => blocker.proceed()}>Leave</Button>
        </DialogActions>
      }
    >
      What you changed on this page isn’t saved, and is lost when you leave it.
    </AlertDialog>
  );
}
