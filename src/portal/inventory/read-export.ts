import {
  inventoryFields,
  readHeading,
  type Heading,
  type InventoryField,
} from '../../domain/inventory-columns.ts';
import {
  readSensorRow,
  repeatedSensors,
  shownValue,
  type RowError,
  type SensorRow,
} from '../../domain/inventory-row.ts';
import { ProblemError } from '../../server/problem-error.ts';
import { csvRecords, detectDelimiter, MalformedRowError } from './csv-records.ts';
import { decodeFile } from './decode-file.ts';
import { exportNotes } from './export-notes.ts';
import { fileProblem } from './file-problem.ts';

/** What a sensor export says: usable only where there is no error. */
export interface ExportReading {
  readonly sensors: readonly SensorRow[];
  /** Rows below the heading. */
  readonly rows: number;
  /** The first 200. */
  readonly errors: readonly RowError[];
  readonly errorCount: number;
  readonly notes: readonly string[];
}

const shownErrors = 200;

/**
 * Reads a sensor export. Cells are kept as text: one that begins with `=` is no formula here.
 * `siteName`: the site of the rows that name none. Throws a problem for a file that is no sensor
 * export at all; everything else is an error at its row.
 */
export async function readExport(
  bytes: Uint8Array,
  siteName: string | undefined,
): Promise<ExportReading> {
  const { text: raw, encoding } = decodeFile(bytes);
  const text = raw.replaceAll(/\r\n?/gu, '\n');
  const delimiter = detectDelimiter(text);
  const sensors: SensorRow[] = [];
  const errors: RowError[] = [];
  let errorCount = 0;
  let rows = 0;
  let heading: Heading | undefined;
  let width = 0;
  const report = (found: readonly RowError[]) => {
    errorCount += found.length;
    errors.push(...found.slice(0, shownErrors - errors.length));
  };
  try {
    for await (const { row, cells } of csvRecords(text, delimiter)) {
      if (heading === undefined) {
        heading = knownHeading(cells, siteName);
        width = cells.length;
        report(headingErrors(heading, row));
        if (errorCount > 0) break;
        continue;
      }
      rows += 1;
      const surplus = surplusError(row, cells, width);
      const reading = surplus ?? readSensorRow(row, namedCells(cells, heading, siteName));
      if ('sensor' in reading) sensors.push(reading.sensor);
      else report(reading.errors);
    }
  } catch (error) {
    if (!(error instanceof MalformedRowError)) throw error;
    const { row, code, message } = error;
    report([{ row, column: null, value: null, code, message }]);
  }
  report(repeatedSensors(sensors));
  const notes = exportNotes({ encoding, delimiter, heading, siteName, sensors });
  return { sensors, rows, errors: errors.toSorted((a, b) => a.row - b.row), errorCount, notes };
}

function knownHeading(cells: readonly string[], siteName: string | undefined): Heading {
  const heading = readHeading(cells);
  if (heading.positions.size === 0) {
    const found = shownValue(cells.join(', '));
    const detail = `The first line has none of the columns of the sensor export, such as "Sensor name". It reads: ${found}`;
    throw fileProblem('file_not_csv', detail);
  }
  if (!heading.positions.has('siteName') && siteName === undefined) {
    const detail =
      'The file has no column "Site", so name the site that its sensors belong to, or add the column.';
    throw new ProblemError(422, 'site_required', detail, {
      errors: [{ path: '/siteName', message: 'is required for a file without a column "Site"' }],
    });
  }
  return heading;
}

function headingErrors(heading: Heading, row: number): RowError[] {
  const error = (code: string, message: string) => (column: string) => ({
    row,
    column,
    value: null,
    code,
    message,
  });
  return [
    ...heading.missing.map(error('missing_column', 'is missing')),
    ...heading.repeated.map(error('repeated_column', 'is there more than once')),
  ];
}

function surplusError(row: number, cells: readonly string[], width: number) {
  if (cells.length === width) return null;
  const message = `has ${cells.length} cells, the heading has ${width}`;
  const error = { row, column: null, value: null, code: 'wrong_cell_count', message };
  return { errors: [error] };
}

function namedCells(
  cells: readonly string[],
  { positions }: Heading,
  siteName: string | undefined,
): Record<InventoryField, string> {
  const cell = (field: InventoryField) => cells[positions.get(field) ?? -1] ?? '';
  const named = Object.fromEntries(inventoryFields.map((field) => [field, cell(field)]));
  if (cell('siteName').trim() === '') named['siteName'] = siteName ?? '';
  return named as Record<InventoryField, string>;
}
