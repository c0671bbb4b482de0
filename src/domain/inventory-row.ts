import { inventoryColumns, inventoryFields, type InventoryField } from './inventory-columns.ts';
import { readLastConnected } from './last-connected.ts';
import { comparableName, shownText, unsafeText } from './unsafe-text.ts';

export const sensorTypes = [
  'OT locally connected',
  'OT cloud-connected',
  'Enterprise IoT',
] as const;

/** What one row of the export says about a sensor. */
export interface SensorRow {
  /** Line of the file where the row begins. */
  readonly row: number;
  readonly name: string;
  readonly type: string;
  readonly siteName: string;
  readonly zoneName: string;
  readonly subscriptionName: string;
  readonly version: string;
  readonly health: string;
  /** ISO timestamp; null: never, as far as is known. */
  readonly lastConnectedAt: string | null;
  readonly threatIntelligenceVersion: string;
  readonly threatIntelligenceMode: string;
  readonly threatIntelligenceStatus: string;
}

export interface RowError {
  readonly row: number;
  readonly column: string | null;
  readonly value: string | null;
  readonly code: string;
  readonly message: string;
}

/** Reads one row, or says everything that is wrong with it. Cells that the file doesn't have are ''. */
export function readSensorRow(
  row: number,
  cells: Readonly<Record<InventoryField, string>>,
): { readonly sensor: SensorRow } | { readonly errors: readonly RowError[] } {
  const clean = { ...cells };
  const errors: RowError[] = [];
  for (const field of inventoryFields) {
    clean[field] = cells[field].normalize('NFC').trim();
    const problem = cellProblem(field, clean[field]);
    if (problem !== null) errors.push(cellError(row, field, clean[field], ...problem));
  }
  const type = sensorTypes.find((known) => comparableName(known) === comparableName(clean.type));
  const lastConnectedAt = readLastConnected(clean.lastConnectedAt);
  const faulty = new Set(errors.map((error) => error.column));
  if (type === undefined && !faulty.has(inventoryColumns.type.label)) {
    const message = `must be one of: ${sensorTypes.join(', ')}`;
    errors.push(cellError(row, 'type', clean.type, 'unknown_type', message));
  }
  if (lastConnectedAt === undefined && !faulty.has(inventoryColumns.lastConnectedAt.label)) {
    const message = 'must be a time such as 2026-01-31T08:15:00Z or 1/31/2026, 8:15:00 AM';
    errors.push(cellError(row, 'lastConnectedAt', clean.lastConnectedAt, 'invalid_time', message));
  }
  if (errors.length > 0 || type === undefined || lastConnectedAt === undefined) return { errors };
  return { sensor: { ...clean, row, type, lastConnectedAt } };
}

const unsafeMessages = {
  control_character: 'has a control, invisible or text-direction character',
  line_break: 'must be on one line, without tabs',
} as const;

function cellProblem(field: InventoryField, text: string): [code: string, message: string] | null {
  const { maxLength, mayBeBlank } = inventoryColumns[field];
  if (text === '') return mayBeBlank ? null : ['required', 'is required'];
  if (text.length > maxLength) return ['too_long', `must have at most ${maxLength} characters`];
  const unsafe = unsafeText(text);
  return unsafe === null ? null : [unsafe, unsafeMessages[unsafe]];
}

function cellError(
  row: number,
  field: InventoryField,
  text: string,
  code: string,
  message: string,
): RowError {
  return { row, column: inventoryColumns[field].label, value: shownValue(text), code, message };
}

const shownLength = 80;

/** A value as it can be shown in an error: cut short, with what can't be seen spelled out. */
export function shownValue(text: string): string {
  const characters = Array.from(text.slice(0, 4 * shownLength));
  const shown = shownText(characters.slice(0, shownLength).join(''));
  return shown + (characters.length > shownLength ? '…' : '');
}

/** A sensor's name counts once in a subscription, whatever its case or Unicode form. */
export function sensorKey(sensor: Pick<SensorRow, 'subscriptionName' | 'name'>): string {
  return `${comparableName(sensor.subscriptionName)}\n${comparableName(sensor.name)}`;
}

/** An error for each row that names a sensor which an earlier row has named. */
export function repeatedSensors(sensors: readonly SensorRow[]): RowError[] {
  const first = new Map<string, SensorRow>();
  return sensors.flatMap((sensor): RowError[] => {
    const key = sensorKey(sensor);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, sensor);
      return [];
    }
    const alike = earlier.name === sensor.name ? '' : ` ("${shownValue(earlier.name)}")`;
    const message = `names the same sensor as row ${earlier.row}${alike}`;
    return [cellError(sensor.row, 'name', sensor.name, 'duplicate_sensor', message)];
  });
}
