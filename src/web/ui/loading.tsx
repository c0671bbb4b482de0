import { makeStyles, Spinner, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  // What loads at once shows no spinner at all: it fades in late.
  late: {
    padding: tokens.spacingVerticalXXL,
    justifyContent: 'flex-start',
    animationName: { from: { opacity: 0 }, to: { opacity: 1 } },
    animationDuration: '200ms',
    animationDelay: '250ms',
    animationFillMode: 'backwards',
  },
});

/** `what` completes "Loading …", such as `sites`. */
export function Loading({ what }: { what: string }) {
  const styles = useStyles();
  return (
    <output>
      <Spinner className={styles.late} size="small" label={`Loading ${what}…`} />
    </output>
  );
}
