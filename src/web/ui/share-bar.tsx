import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { PageLink } from './links.tsx';

export type ShareColor = 'good' | 'warning' | 'bad' | 'plain' | 'brand';

export interface Share {
  readonly label: string;
  readonly count: number;
  readonly color: ShareColor;
  /** The list of those that it counts. */
  readonly to?: string;
}

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    gap: '2px',
    height: '12px',
    borderRadius: tokens.borderRadiusCircular,
    overflow: 'hidden',
    backgroundColor: tokens.colorNeutralBackground5,
  },
  part: { minWidth: '4px', forcedColorAdjust: 'none' },
  legend: { listStyleType: 'none', margin: `${tokens.spacingVerticalS} 0 0`, padding: 0 },
  row: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXS} 0`,
  },
  dot: {
    width: '10px',
    height: '10px',
    borderRadius: tokens.borderRadiusSmall,
    flexShrink: 0,
    forcedColorAdjust: 'none',
  },
  label: { flexGrow: 1, minWidth: 0 },
  count: { fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: 'tabular-nums' },
  good: { backgroundColor: tokens.colorPaletteGreenBackground3 },
  warning: { backgroundColor: tokens.colorPaletteMarigoldBackground3 },
  bad: { backgroundColor: tokens.colorPaletteRedBackground3 },
  plain: { backgroundColor: tokens.colorNeutralForegroundDisabled },
  brand: { backgroundColor: tokens.colorCompoundBrandBackground },
});

/** Parts of a whole: a bar for the eye, and a list that says the same in words and leads on. */
export function ShareBar({ shares }: { shares: readonly Share[] }) {
  const styles = useStyles();
  return (
    <div>
      <div className={styles.bar} aria-hidden="true">
        {shares
          .filter(({ count }) => count > 0)
          .map(({ label, count, color }) => (
            <span
              key={label}
              className={mergeClasses(styles.part, styles[color])}
              style={{ flexGrow: count }}
            />
          ))}
      </div>
      <ul className={styles.legend}>
        {shares.map(({ label, count, color, to }) => (
          <li key={label} className={styles.row}>
            <span className={mergeClasses(styles.dot, styles[color])} aria-hidden="true" />
            <span className={styles.label}>
              {to === undefined ? label : <PageLink to={to}>{label}</PageLink>}
            </span>
            <span className={styles.count}>{count.toLocaleString()}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
