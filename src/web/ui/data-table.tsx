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

export interface Column<Row> {
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** CSS width, such as `30%` or `120px`. */
  readonly width?: string;
  /** Names the row to a screen reader; one column should. */
  readonly isRowHeader?: boolean;
  /** Left out of narrow windows. */
  readonly onlyWide?: boolean;
}

const useStyles = makeStyles({
  // Beside the navigation there is no room for them before.
  onlyWide: { '@media (max-width: 1420px)': { display: 'none' } },
  frame: {
    overflowX: 'auto',
    backgroundColor: tokens.colorNeutralBackground1,
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
  const always = columns.filter(({ onlyWide }) => onlyWide !== true);
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
            {columns.map(({ header, width, onlyWide }) => (
              <TableHeaderCell
                key={header}
                className={mergeClasses(styles.header, onlyWide === true && styles.onlyWide)}
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
              {columns.map(({ header, cell, isRowHeader, onlyWide }) => (
                <TableCell
                  key={header}
                  className={mergeClasses(styles.cell, onlyWide === true && styles.onlyWide)}
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
