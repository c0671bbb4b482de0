import { Button, makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

interface SaveActionsProps {
  /** There is something to discard. */
  readonly dirty: boolean;
  readonly saving: boolean;
  readonly maySave: boolean;
  readonly onDiscard: () => void;
}

/** Save, which submits the form around it, and the way back. */
export function SaveActions({ dirty, saving, maySave, onDiscard }: SaveActionsProps) {
  const styles = useStyles();
  return (
    <div className={styles.actions}>
      <Button type="submit" appearance="primary" disabledFocusable={!maySave}>
        {saving ? 'Saving…' : 'Save'}
      </Button>
      <Button disabledFocusable={!dirty || saving} onClick={onDiscard}>
        Discard changes
      </Button>
    </div>
  );
}
