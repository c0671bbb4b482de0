import { Table } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useInventoryStyles } from './inventory-styles.ts';

interface ScrollTableProps {
  /** What the table lists, for those who don't see it. */
  readonly label: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A table with as many columns as it needs: it scrolls sideways in itself, by keyboard too. */
export function ScrollTable({ label, wide = false, children }: ScrollTableProps) {
  const styles = useInventoryStyles();
  return (
    // A region that scrolls must be reachable by keyboard (axe: scrollable-region-focusable).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles.scroll} aria-label={label} tabIndex={0}>
      <Table aria-label={label} className={wide ? styles.wideTable : styles.table}>
        {children}
      </Table>
    </section>
  );
}
