import { Button, DialogActions } from '@fluentui/react-components';
import { useLeaving } from '../api/use-leaving.ts';
import { AlertDialog } from '../ui/alert-dialog.tsx';
import { isAnyUnsaved, useAnyUnsaved } from '../ui/unsaved.ts';

/** Asks before a page is left with something in a form that isn't saved. */
export function LeaveUnsaved() {
  // A router has one blocker at a time: pages that ask by themselves need it.
  return useAnyUnsaved() ? <Asking /> : null;
}

function Asking() {
  const blocker = useLeaving(isAnyUnsaved);
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
