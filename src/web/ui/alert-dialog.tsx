import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';

interface AlertDialogProps {
  readonly title: string;
  /** By the keyboard; there should be an action for it as well. */
  readonly onClose: () => void;
  /** Of `DialogActions`. */
  readonly actions: ReactNode;
  readonly children: ReactNode;
}

/**
 * Asks for an answer before anything else. Mounted only while it is open: a modal that waits puts
 * focus traps around every page.
 */
export function AlertDialog({ title, onClose, actions, children }: AlertDialogProps) {
  return (
    <Dialog
      open
      modalType="alert"
      onOpenChange={(_, data) => {
        if (!data.open) onClose();
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>{children}</DialogContent>
          {actions}
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
