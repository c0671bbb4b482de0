import { Button, DialogActions } from '@fluentui/react-components';
import { useLeaving } from '../api/use-leaving.ts';
import { AlertDialog } from '../ui/alert-dialog.tsx';

interface LeaveDialogProps {
  readonly edited: () => boolean;
  readonly onDiscard: () => void;
}

/** Asks before the wizard is left with something entered: kept in this tab, or discarded. */
export function LeaveDialog({ edited, onDiscard }: LeaveDialogProps) {
  const blocker = useLeaving(edited);
  if (blocker.state !== 'blocked') return null;
  return (
    <AlertDialog
      title="Leave without saving?"
      onClose={() => blocker.reset()}
      actions={
        <DialogActions fluid>
          <Button appearance="primary" onClick={() => blocker.reset()}>
            Stay here
          </Button>
          <Button onClick={() => blocker.proceed()}>Leave and keep it</Button>
          <Button
            onClick={() => {
              onDiscard();
              blocker.proceed();
            }}
          >
            Discard
          </Button>
        </DialogActions>
      }
    >
      Nothing is saved yet. What you entered can stay in this browser tab, so that you can go on
      later, or it can be discarded.
    </AlertDialog>
  );
}
