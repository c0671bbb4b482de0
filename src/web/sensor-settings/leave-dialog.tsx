import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { useBlocker } from 'react-router-dom';
import { useAskBeforeClosing } from './use-ask-before-closing.ts';

interface LeaveDialogProps {
  readonly edited: () => boolean;
  readonly onDiscard: () => void;
}

/** Asks before the wizard is left with something entered: kept in this tab, or discarded. */
export function LeaveDialog({ edited, onDiscard }: LeaveDialogProps) {
  useAskBeforeClosing(edited);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      currentLocation.pathname !== nextLocation.pathname && edited(),
  );
  // Mounted only while it is open: a modal that waits puts focus traps around every page.
  if (blocker.state !== 'blocked') return null;
  return (
    <Dialog
      open
      modalType="alert"
      onOpenChange={(_, data) => {
        if (!data.open) blocker.reset();
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Leave without saving?</DialogTitle>
          <DialogContent>
            Nothing is saved yet. What you entered can stay in this browser tab, so that you can go
            on later, or it can be discarded.
          </DialogContent>
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
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
