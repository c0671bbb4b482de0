import {
  Button,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Subtitle2,
  Text,
} from '@fluentui/react-components';
import type { ImportReport } from '../../contract/inventory-import.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { changesNothing, changeSummary, cutNotice } from './import-report.ts';
import { useInventoryStyles } from './inventory-styles.ts';
import { useFocusOnMount } from './use-focus-on-mount.ts';

type Change = ImportReport['changes'][number];
type RowError = ImportReport['errors'][number];

interface ImportPreviewProps {
  readonly report: ImportReport;
  /** The inventory changed after the preview that somebody had looked at. */
  readonly renewed: boolean;
  readonly busy: boolean;
  readonly onImport: () => void;
}

/** What importing would change; with errors, what to correct, and nothing can be imported. */
export function ImportPreview({ report, renewed, busy, onImport }: ImportPreviewProps) {
  const styles = useInventoryStyles();
  const section = useFocusOnMount<HTMLElement>();
  const nothing = changesNothing(report);
  return (
    <section ref={section} tabIndex={-1} className={styles.focusable} aria-label="Preview">
      {renewed ? (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            <MessageBarTitle>The inventory changed in the meantime</MessageBarTitle> Nothing was
            imported. This is the new preview: look at it, then import.
          </MessageBarBody>
        </MessageBar>
      ) : null}
      {report.errorCount > 0 ? <Errors report={report} /> : <Summary report={report} />}
      {report.notes.length === 0 ? null : <Notes notes={report.notes} />}
      {report.changes.length === 0 ? null : <Changes report={report} />}
      {report.errorCount > 0 || nothing ? null : (
        <div className={styles.bar}>
          <Button appearance="primary" disabledFocusable={busy} onClick={onImport}>
            Import
          </Button>
          <Text>{changeSummary(report, 'planned')}</Text>
        </div>
      )}
    </section>
  );
}

function Summary({ report }: { readonly report: ImportReport }) {
  return (
    <MessageBar intent={changesNothing(report) ? 'success' : 'info'} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{changeSummary(report, 'planned')}</MessageBarTitle>
        {` ${rowsRead(report)} `}
        {report.notInFile === 0
          ? ''
          : `${report.notInFile} of the inventory’s sensors are not in the file; they stay as they are.`}
      </MessageBarBody>
    </MessageBar>
  );
}

function rowsRead({ rows, sensors }: ImportReport): string {
  const read = `${rows} row${rows === 1 ? '' : 's'} read`;
  const { unchanged } = sensors;
  return unchanged === 0
    ? `${read}.`
    : `${read}; ${unchanged} sensor${unchanged === 1 ? ' is' : 's are'} as before.`;
}

const errorColumns: readonly Column<RowError>[] = [
  { header: 'Row', width: '72px', isRowHeader: true, cell: (error) => error.row },
  { header: 'Column', width: '22%', cell: (error) => error.column ?? '–' },
  { header: 'Value', width: '26%', cell: (error) => error.value ?? '–' },
  { header: 'What is wrong', cell: (error) => error.message },
];

function Errors({ report }: { readonly report: ImportReport }) {
  const styles = useInventoryStyles();
  const cut = cutNotice(report.errors.length, report.errorCount, 'error');
  return (
    <>
      <MessageBar intent="error" layout="multiline" role="alert">
        <MessageBarBody>
          <MessageBarTitle>
            {`${report.errorCount} error${report.errorCount === 1 ? '' : 's'} in the file`}
          </MessageBarTitle>{' '}
          Nothing is imported while there are any. Correct them in the file, then choose it again.
        </MessageBarBody>
      </MessageBar>
      <Subtitle2 as="h2" className={styles.heading}>
        Errors
      </Subtitle2>
      <DataTable
        label="Errors by row and column"
        columns={errorColumns}
        rows={report.errors}
        rowKey={(error) => `${error.row} ${error.column ?? ''} ${error.code} ${error.message}`}
      />
      {cut === null ? null : <Text>{cut}</Text>}
    </>
  );
}

const actionLabels = { add: 'Add', change: 'Change', move: 'Move' } as const;
const kindLabels = { site: 'Site', zone: 'Zone', sensor: 'Sensor' } as const;

const changeColumns: readonly Column<Change>[] = [
  { header: 'Change', width: '96px', cell: (change) => actionLabels[change.action] },
  { header: 'What', width: '96px', cell: (change) => kindLabels[change.kind] },
  { header: 'Name', width: '28%', isRowHeader: true, cell: (change) => change.name },
  { header: 'Details', cell: (change) => change.summary },
];

function Changes({ report }: { readonly report: ImportReport }) {
  const styles = useInventoryStyles();
  const { sites, zones, sensors } = report;
  const all = [sites, zones, sensors].reduce((sum, one) => sum + one.added + one.changed, 0);
  const cut = cutNotice(report.changes.length, all, 'change');
  return (
    <>
      <Subtitle2 as="h2" className={styles.heading}>
        Changes
      </Subtitle2>
      <DataTable
        label="Changes"
        columns={changeColumns}
        rows={report.changes}
        rowKey={(change) => `${change.kind} ${change.action} ${change.name} ${change.summary}`}
      />
      {cut === null ? null : <Text>{cut}</Text>}
    </>
  );
}

function Notes({ notes }: { readonly notes: readonly string[] }) {
  const styles = useInventoryStyles();
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>What was understood of the file</MessageBarTitle>
        <ul className={styles.list}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      </MessageBarBody>
    </MessageBar>
  );
}
