import { makeStyles, ProgressBar, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  root: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  bar: { width: '72px', flexShrink: 0 },
  text: { whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' },
});

interface SsoCoverageProps {
  /** Sensors that a setting reaches and whose software supports SSO. */
  readonly covered: number;
  readonly sensors: number;
}

/** How many sensors one can sign in to with SSO. The bar is for the eye; the words say it all. */
export function SsoCoverage({ covered, sensors }: SsoCoverageProps) {
  const styles = useStyles();
  if (sensors === 0) return <span>No sensors</span>;
  return (
    <span className={styles.root}>
      <ProgressBar
        aria-hidden
        className={styles.bar}
        max={sensors}
        value={covered}
        color={covered === sensors ? 'success' : 'brand'}
        thickness="large"
      />
      <span className={styles.text}>{`${covered} of ${sensors}`}</span>
    </span>
  );
}
