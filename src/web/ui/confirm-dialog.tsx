import { Button, DialogActions } from '@fluentui/react-components';
import { useEffect, useId, type ReactNode } from 'react';
import { AlertDialog } from './alert-dialog.tsx';

interface ConfirmDialogProps {
  readonly open: boolean;
  readonly title: string;
  /** The verb: "Delete setting", never "OK". */
  readonly confirm: string;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

/** Asks before something that is hard to take back. */
export function ConfirmDialog({ open, ...props }: ConfirmDialogProps) {
  return open ? <Asking {...props} /> : null;
}

function Asking({
  title,
  confirm,
  busy = false,
  disabled = false,
  onConfirm,
  onCancel,
  children,
}: Omit<ConfirmDialogProps, 'open'>) {
  const cancelId = useId();
  // Who presses Enter once too often does nothing by it.
  useEffect(() => document.getElementById(cancelId)?.focus(), [cancelId]);
  return (
    <AlertDialog
      title={title}
      onClose={onCancel}
      actions={
        <DialogActions>
          <Button appearance="primary" disabledFocusable={busy || disabled} onClick={onConfirm}>
            {confirm}
          </Button>
          <Button id={cancelId} onClick={onCancel}>
            Cancel
          </Button>
        </DialogActions>
      }
    >
      {children}
    </AlertDialog>
  );
}
