import { Button, DialogActions } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { AlertDialog } from './alert-dialog.tsx';

/** Asks before something that is hard to take back. `confirm` is the verb: "Delete setting", never "OK". */
export function ConfirmDialog({
  open,
  title,
  confirm,
  busy = false,
  disabled = false,
  onConfirm,
  onCancel,
  children,
}: {
  open: boolean;
  title: string;
  confirm: string;
  busy?: boolean;
  disabled?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
  children: ReactNode;
}) {
  if (!open) return null;
  return (
    <AlertDialog
      title={title}
      onClose={onCancel}
      actions={
        <DialogActions>
          <Button appearance="primary" disabled={busy || disabled} onClick={onConfirm}>
            {confirm}
          </Button>
          <Button onClick={onCancel}>Cancel</Button>
        </DialogActions>
      }
    >
      {children}
    </AlertDialog>
  );
}
