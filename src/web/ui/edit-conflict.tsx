import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  tokens,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  conflict: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
});

interface EditConflictProps {
  /** Who saved what is there now, and when, as a sentence; absent where that isn't known. */
  readonly saved?: ReactNode;
  /** False where the own version can't be saved as it is. */
  readonly mayKeepMine: boolean;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
  /** Null where both changed the same. */
  readonly onKeepBoth?: (() => void) | null;
  /** Both versions, side by side. */
  readonly children: ReactNode;
}

/** Two people edited at once: what was typed is still there, and the person decides (R7). */
export function EditConflict(props: EditConflictProps) {
  const styles = useStyles();
  const { onKeepBoth = null } = props;
  const keepsBoth = onKeepBoth !== null;
  return (
    <div className={styles.conflict}>
      <MessageBar intent="warning" layout="multiline" role="alert">
        <MessageBarBody>
          <MessageBarTitle>Somebody else changed this in the meantime</MessageBarTitle>{' '}
          {props.saved} Nothing of yours is lost: compare, then decide.
          {keepsBoth && ' What you changed and what they changed can both be kept.'}
        </MessageBarBody>
        <MessageBarActions>
          {keepsBoth && (
            <Button appearance="primary" onClick={onKeepBoth}>
              Keep both
            </Button>
          )}
          <Button disabledFocusable={!props.mayKeepMine} onClick={props.onKeepMine}>
            Save mine over it
          </Button>
          <Button onClick={props.onTakeTheirs}>Take what is there</Button>
        </MessageBarActions>
      </MessageBar>
      {props.children}
    </div>
  );
}
