import { comparableName } from './unsafe-text.ts';

/** The columns of the portal's sensor export, by the field that each fills. */
export const inventoryColumns = {
  name: { label: 'Sensor name', maxLength: 200, mayBeBlank: false },
  type: { label: 'Sensor type', maxLength: 100, mayBeBlank: false },
  zoneName: { label: 'Zone', maxLength: 200, mayBeBlank: false },
  subscriptionName: { label: 'Subscription name', maxLength: 200, mayBeBlank: false },
  version: { label: 'Sensor version', maxLength: 100, mayBeBlank: true },
  health: { label: 'Sensor health', maxLength: 100, mayBeBlank: false },
  lastConnectedAt: { label: 'Last connected (UTC)', maxLength: 100, mayBeBlank: true },
  threatIntelligenceVersion: {
    label: 'Threat Intelligence version',
    maxLength: 100,
    mayBeBlank: true,
  },
  threatIntelligenceMode: { label: 'Threat Intelligence mode', maxLength: 100, mayBeBlank: true },
  threatIntelligenceStatus: {
    label: 'Threat Intelligence update status',
    maxLength: 100,
    mayBeBlank: true,
  },
  /** Not in the export itself, where a file is of one site; with it, one file may hold several. */
  siteName: { label: 'Site', maxLength: 200, mayBeBlank: false },
} as const satisfies Record<string, { label: string; maxLength: number; mayBeBlank: boolean }>;

export type InventoryField = keyof typeof inventoryColumns;

export const inventoryFields = Object.keys(inventoryColumns) as readonly InventoryField[];

const fieldByHeading = new Map<string, InventoryField>([
  ...inventoryFields.map((field): [string, InventoryField] => [
    comparableName(inventoryColumns[field].label),
    field,
  ]),
  ['site name', 'siteName'],
]);

export interface Heading {
  /** Where each field stands in a row. */
  readonly positions: ReadonlyMap<InventoryField, number>;
  /** Labels of the columns that must be there and aren't; `Site` never is among them. */
  readonly missing: readonly string[];
  /** Labels of known columns that are there more than once. */
  readonly repeated: readonly string[];
  readonly ignored: readonly string[];
}

/** Finds the columns by name, in any order, without regard to case. */
export function readHeading(cells: readonly string[]): Heading {
  const positions = new Map<InventoryField, number>();
  const repeated = new Set<string>();
  const ignored: string[] = [];
  cells.forEach((cell, index) => {
    const field = fieldByHeading.get(comparableName(cell));
    if (field === undefined) {
      if (cell.trim() !== '') ignored.push(cell.trim());
    } else if (positions.has(field)) {
      repeated.add(inventoryColumns[field].label);
    } else {
      positions.set(field, index);
    }
  });
  const missing = inventoryFields
    .filter((field) => field !== 'siteName' && !positions.has(field))
    .map((field) => inventoryColumns[field].label);
  return { positions, missing, repeated: [...repeated], ignored };
}
