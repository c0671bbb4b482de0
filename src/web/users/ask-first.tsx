import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
});

interface AskFirstProps {
  readonly title: string;
  /** The verb of the button. */
  readonly confirm: string;
  /** What depends on it, a paragraph each. */
  readonly text: readonly string[];
  readonly busy: boolean;
  readonly error: Error | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something is done to a user, and says what it changes. */
export function AskFirst({ title, confirm, text, busy, error, onConfirm, onClose }: AskFirstProps) {
  const styles = useStyles();
  return (
    <ConfirmDialog
      open
      title={title}
      confirm={confirm}
      busy={busy}
      onConfirm={onConfirm}
      onCancel={onClose}
    >
      <div className={styles.stack}>
        {text.map((paragraph) => (
          <Text key={paragraph}>{paragraph}</Text>
        ))}
        {error !== null && <ProblemNotice error={error} />}
      </div>
    </ConfirmDialog>
  );
}
