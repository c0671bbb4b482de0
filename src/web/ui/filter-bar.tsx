import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
  },
});

interface FilterBarProps {
  readonly found: number;
  readonly total: number;
  /** What is listed, in the singular: `user`. */
  readonly what: string;
  /** What narrows the list. */
  readonly children: ReactNode;
}

/** What narrows the list below, and how much of it is left. */
export function FilterBar({ found, total, what, children }: FilterBarProps) {
  const styles = useStyles();
  return (
    <div className={styles.bar}>
      {children}
      <output>{`${found} of ${total} ${what}${total === 1 ? '' : 's'}`}</output>
    </div>
  );
}
