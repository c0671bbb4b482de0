import { inventoryFields, type InventoryField } from '../domain/inventory-columns.ts';
import type { SensorRow } from '../domain/inventory-row.ts';

export type Cells = Record<InventoryField, string>;

/** Cells of a row that is right. */
export function cells(changes: Partial<Cells> = {}): Cells {
  return {
    name: 'ANT-TF-01',
    type: 'OT cloud-connected',
    zoneName: 'Tank farm',
    subscriptionName: 'Contoso OT Benelux',
    version: '24.1.3',
    health: 'Healthy',
    lastConnectedAt: '1/14/2026, 6:03:23 AM',
    threatIntelligenceVersion: '2026.01.12.1',
    threatIntelligenceMode: 'Automatic',
    threatIntelligenceStatus: 'Ok',
    siteName: 'Antwerp',
    ...changes,
  };
}

export function sensorRow(changes: Partial<SensorRow> = {}): SensorRow {
  return { row: 2, ...cells(), lastConnectedAt: '2026-01-14T06:03:23.000Z', ...changes };
}

const headings: Cells = {
  name: 'Sensor name',
  type: 'Sensor type',
  zoneName: 'Zone',
  subscriptionName: 'Subscription name',
  version: 'Sensor version',
  health: 'Sensor health',
  lastConnectedAt: 'Last connected (UTC)',
  threatIntelligenceVersion: 'Threat Intelligence version',
  threatIntelligenceMode: 'Threat Intelligence mode',
  threatIntelligenceStatus: 'Threat Intelligence update status',
  siteName: 'Site',
};

export interface CsvForm {
  readonly fields?: readonly InventoryField[];
  readonly delimiter?: string;
  readonly lineEnd?: string;
}

/** A sensor export of these rows. */
export function csv(rows: readonly Partial<Cells>[], form: CsvForm = {}): string {
  const { fields = inventoryFields, delimiter = ',', lineEnd = '\n' } = form;
  const line = (row: Cells) => fields.map((field) => quoted(row[field])).join(delimiter);
  return [headings, ...rows.map(cells)].map((row) => line(row) + lineEnd).join('');
}

function quoted(text: string): string {
  return /[",;\t\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
