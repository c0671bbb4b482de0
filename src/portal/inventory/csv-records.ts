import { setImmediate as breathe } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { inventoryRowLimit } from '../../contract/inventory-import.ts';
import { readHeading } from '../../domain/inventory-columns.ts';
import { fileProblem } from './file-problem.ts';

export interface CsvRecord {
  /** Line of the file where the record begins. */
  readonly row: number;
  readonly cells: readonly string[];
}

/** The quotes of a row are such that nobody can say where its cells end. */
export class MalformedRowError extends Error {
  readonly row: number;
  readonly code: 'malformed_quotes' | 'row_too_long';

  constructor(row: number, code: MalformedRowError['code'], message: string) {
    super(message);
    this.name = 'MalformedRowError';
    this.row = row;
    this.code = code;
  }
}

export type Delimiter = ',' | ';' | '\t';

const delimiters: readonly Delimiter[] = [',', ';', '\t'];

/** The delimiter under which the first line shows most of the export's columns. */
export function detectDelimiter(text: string): Delimiter {
  const firstLine = text.trimStart().split('\n', 1)[0]?.slice(0, 20_000) ?? '';
  const found = (delimiter: Delimiter) =>
    readHeading(firstLine.split(delimiter).map((cell) => cell.trim().replaceAll('"', ''))).positions
      .size;
  return delimiters.reduce((best, one) => (found(one) > found(best) ? one : best));
}

const pieceLength = 64 * 1024;
const longestRecord = 200_000;

/**
 * The records of a CSV text with `\n` line ends (RFC 4180); blank ones are left out. Parsing keeps
 * the thread busy: after each piece others get their turn.
 */
export async function* csvRecords(text: string, delimiter: Delimiter): AsyncGenerator<CsvRecord> {
  const batch: CsvRecord[] = [];
  let lastLine = 0;
  let failure: unknown;
  const parser = parse({
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    record_delimiter: '\n',
    max_record_size: longestRecord,
    on_record: (cells: string[], { lines }) => {
      lastLine = lines;
      batch.push({ row: lines - lineBreaks(cells), cells });
      return null;
    },
  });
  parser.on('error', (error) => (failure = error)).resume();
  let count = 0;
  for (const piece of [...pieces(Buffer.from(text)), null]) {
    if (piece === null) parser.end();
    else parser.write(piece);
    await breathe();
    count += batch.length;
    if (count > inventoryRowLimit + 1) throw tooManyRows();
    yield* batch.splice(0);
    if (failure instanceof CsvError) throw malformed(failure, rowAfter(lastLine, text));
    if (failure !== undefined) throw failure;
  }
}

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += pieceLength) {
    yield bytes.subarray(start, start + pieceLength);
  }
}

function lineBreaks(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
}

/** The first line behind a line that isn't blank: where the record begins that can't be read. */
function rowAfter(line: number, text: string): number {
  let row = 1;
  for (let start = 0; start >= 0 && start < text.length; row += 1) {
    const end = text.indexOf('\n', start);
    if (row > line && text.slice(start, end < 0 ? undefined : end) !== '') return row;
    start = end < 0 ? -1 : end + 1;
  }
  return row;
}

function malformed(error: CsvError, row: number): MalformedRowError {
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return new MalformedRowError(row, 'row_too_long', 'is too long: is a closing quote missing?');
  }
  return new MalformedRowError(
    row,
    'malformed_quotes',
    'has a quote that is not closed, or one in the middle of a cell: write "" for a quote within quotes',
  );
}

function tooManyRows() {
  const most = inventoryRowLimit.toLocaleString('en');
  return fileProblem(
    'file_too_many_rows',
    `The file has more than ${most} sensors. Split it, and import the parts one after the other.`,
  );
}
