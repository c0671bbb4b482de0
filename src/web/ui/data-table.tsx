import {
  makeStyles,
  mergeClasses,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  tokens,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { minTableWidth } from './min-table-width.ts';
import { scrollShadows } from './scroll-shadows.ts';

export interface Column<Row> {
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** CSS width, such as `30%` or `120px`. */
  readonly width?: string;
  /** Names the row to a screen reader; one column should. */
  readonly isRowHeader?: boolean;
  /** Left out of windows narrower than so many pixels. */
  readonly onlyFrom?: 900 | 1420;
}

const useStyles = makeStyles({
  from900: { '@media (max-width: 899px)': { display: 'none' } },
  from1420: { '@media (max-width: 1419px)': { display: 'none' } },
  frame: {
    overflowX: 'auto',
    ...scrollShadows,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
  },
  header: { fontWeight: tokens.fontWeightSemibold },
  cell: {
    overflowWrap: 'anywhere',
    paddingTop: tokens.spacingVerticalXS,
    paddingBottom: tokens.spacingVerticalXS,
  },
});

/** A table that scrolls sideways in a narrow window, also by keyboard. `label` names it. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  rowKey,
}: {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}) {
  const styles = useStyles();
  const always = columns.filter(({ onlyFrom }) => onlyFrom === undefined);
  const shownFrom = { 900: styles.from900, 1420: styles.from1420 };
  return (
    // What scrolls must be reachable by keyboard (axe: scrollable-region-focusable).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.frame} tabIndex={0}>
      <Table
        aria-label={label}
        style={{ minWidth: minTableWidth(always.map(({ width }) => width)) }}
      >
        <TableHeader>
          <TableRow>
            {columns.map(({ header, width, onlyFrom }) => (
              <TableHeaderCell
                key={header}
                className={mergeClasses(styles.header, onlyFrom && shownFrom[onlyFrom])}
                {...(width === undefined ? {} : { style: { width } })}
              >
                {header}
              </TableHeaderCell>
            ))}
          </TableRow>
        </TableHeader>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={rowKey(row)}>
              {columns.map(({ header, cell, isRowHeader, onlyFrom }) => (
                <TableCell
                  key={header}
                  className={mergeClasses(styles.cell, onlyFrom && shownFrom[onlyFrom])}
                  {...(isRowHeader === true ? { role: 'rowheader' } : {})}
                >
                  {cell(row)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
