import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowLeftRegular, ArrowRightRegular } from '@fluentui/react-icons';

const useStyles = makeStyles({
  pager: { display: 'flex', gap: tokens.spacingHorizontalS },
});

/** Through a list that is newest first. `null` where there is nothing in that direction. */
export function Pager({
  onNewest,
  onOlder,
}: {
  onNewest: (() => void) | null;
  onOlder: (() => void) | null;
}) {
  const styles = useStyles();
  if (onNewest === null && onOlder === null) return null;
  return (
    <nav aria-label="Pages of the list" className={styles.pager}>
      <Button
        icon={<ArrowLeftRegular />}
        disabledFocusable={onNewest === null}
        onClick={() => onNewest?.()}
      >
        Newest
      </Button>
      <Button
        icon={<ArrowRightRegular />}
        iconPosition="after"
        disabledFocusable={onOlder === null}
        onClick={() => onOlder?.()}
      >
        Older
      </Button>
    </nav>
  );
}
