import { inventoryColumns, type InventoryField } from './inventory-columns.ts';
import { sensorKey, type SensorRow } from './inventory-row.ts';
import { comparableName } from './unsafe-text.ts';

export interface InventorySite {
  readonly id: string;
  readonly subscriptionName: string;
  readonly name: string;
}

export interface InventoryZone {
  readonly id: string;
  readonly siteId: string;
  readonly name: string;
}

/** A sensor as it is kept: where it stands, and the values that the export gives. */
export interface InventorySensor extends Omit<SensorRow, 'row' | 'siteName' | 'zoneName'> {
  readonly id: string;
  readonly siteId: string;
  readonly zoneId: string;
}

export interface Inventory {
  readonly sites: readonly InventorySite[];
  readonly zones: readonly InventoryZone[];
  readonly sensors: readonly InventorySensor[];
}

export interface FieldChange {
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

export interface SensorChange {
  readonly sensor: InventorySensor;
  /** True when it changes its zone or site: its effective setting is then another question (R5). */
  readonly moves: boolean;
  readonly fields: readonly FieldChange[];
}

export interface ImportPlan {
  readonly newSites: readonly InventorySite[];
  readonly newZones: readonly InventoryZone[];
  readonly newSensors: readonly InventorySensor[];
  readonly changedSensors: readonly SensorChange[];
  readonly unchanged: { readonly sites: number; readonly zones: number; readonly sensors: number };
  /** Sensors of the inventory that no row names; they stay as they are. */
  readonly notInFile: number;
}

const valueFields = [
  'name',
  'type',
  'version',
  'health',
  'lastConnectedAt',
  'threatIntelligenceVersion',
  'threatIntelligenceMode',
  'threatIntelligenceStatus',
] as const satisfies readonly InventoryField[];

/**
 * What an import would do. Sites and zones are found by name and keep the spelling they have; a
 * sensor is found by its name in its subscription, so one that appears under another site or zone
 * moves. Nothing is ever removed. `rows` must name each sensor once. `newId` makes ids.
 */
export function planImport(
  current: Inventory,
  rows: readonly SensorRow[],
  newId: () => string,
): ImportPlan {
  const sites = register(current.sites, siteKey, newId);
  const zones = register(current.zones, zoneKey, newId);
  const known = new Map(current.sensors.map((sensor) => [sensorKey(sensor), sensor]));
  const names = new Map<string, string>();
  for (const { id, name } of [...current.sites, ...current.zones]) names.set(id, name);

  const newSensors: InventorySensor[] = [];
  const changedSensors: SensorChange[] = [];
  let unchangedSensors = 0;
  for (const { row: _line, siteName, zoneName, ...values } of rows) {
    const site = sites.find({ subscriptionName: values.subscriptionName, name: siteName });
    const zone = zones.find({ siteId: site.id, name: zoneName });
    names.set(site.id, site.name).set(zone.id, zone.name);
    const before = known.get(sensorKey(values));
    if (before === undefined) {
      newSensors.push({ ...values, id: newId(), siteId: site.id, zoneId: zone.id });
      continue;
    }
    const { id, subscriptionName } = before;
    const sensor = { ...values, id, subscriptionName, siteId: site.id, zoneId: zone.id };
    const fields = [...placeChanges(before, sensor, names), ...valueChanges(before, sensor)];
    const moves = before.zoneId !== sensor.zoneId;
    if (fields.length > 0 || moves) changedSensors.push({ sensor, moves, fields });
    else unchangedSensors += 1;
  }
  return {
    newSites: sites.added,
    newZones: zones.added,
    newSensors,
    changedSensors,
    unchanged: { sites: sites.met(), zones: zones.met(), sensors: unchangedSensors },
    notInFile: current.sensors.length - changedSensors.length - unchangedSensors,
  };
}

/** True when the plan would leave everything as it is. */
export function changesNothing(plan: ImportPlan): boolean {
  const { newSites, newZones, newSensors, changedSensors } = plan;
  return [newSites, newZones, newSensors, changedSensors].every((list) => list.length === 0);
}

function siteKey(site: Omit<InventorySite, 'id'>): string {
  return `${comparableName(site.subscriptionName)}\n${comparableName(site.name)}`;
}

function zoneKey(zone: Omit<InventoryZone, 'id'>): string {
  return `${zone.siteId}\n${comparableName(zone.name)}`;
}

/** Finds things by key, and makes those that aren't there. */
function register<T extends { readonly id: string }>(
  current: readonly T[],
  key: (thing: Omit<T, 'id'>) => string,
  newId: () => string,
) {
  const byKey = new Map(current.map((thing) => [key(thing), thing]));
  const metKeys = new Set<string>();
  const added: T[] = [];
  return {
    added: added as readonly T[],
    met: () => metKeys.size - added.length,
    find(wanted: Omit<T, 'id'>): T {
      const wantedKey = key(wanted);
      metKeys.add(wantedKey);
      const found = byKey.get(wantedKey);
      if (found !== undefined) return found;
      const made = { ...wanted, id: newId() } as T;
      byKey.set(wantedKey, made);
      added.push(made);
      return made;
    },
  };
}

function placeChanges(
  before: InventorySensor,
  after: InventorySensor,
  names: ReadonlyMap<string, string>,
): FieldChange[] {
  const change = (field: InventoryField, from: string, to: string): FieldChange => ({
    label: inventoryColumns[field].label,
    before: names.get(from) ?? '',
    after: names.get(to) ?? '',
  });
  return [
    ...(before.siteId === after.siteId ? [] : [change('siteName', before.siteId, after.siteId)]),
    ...(before.zoneId === after.zoneId ? [] : [change('zoneName', before.zoneId, after.zoneId)]),
  ];
}

function valueChanges(before: InventorySensor, after: InventorySensor): FieldChange[] {
  return valueFields
    .filter((field) => before[field] !== after[field])
    .map((field) => ({
      label: inventoryColumns[field].label,
      before: before[field] ?? '',
      after: after[field] ?? '',
    }));
}
