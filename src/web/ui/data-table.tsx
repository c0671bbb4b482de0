import {
  makeStyles,
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
}

const useStyles = makeStyles({
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
  return (
    // What scrolls must be reachable by keyboard (axe: scrollable-region-focusable).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.frame} tabIndex={0}>
      <Table
        aria-label={label}
        style={{ minWidth: minTableWidth(columns.map(({ width }) => width)) }}
      >
        <TableHeader>
          <TableRow>
            {columns.map(({ header, width }) => (
              <TableHeaderCell
                key={header}
                className={styles.header}
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
              {columns.map(({ header, cell, isRowHeader }) => (
                <TableCell
                  key={header}
                  className={styles.cell}
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
