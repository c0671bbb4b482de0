import type { ImportReport } from '../../contract/inventory-import.ts';
import type { Inventory, ImportPlan, SensorChange } from '../../domain/import-plan.ts';
import { planImport } from '../../domain/import-plan.ts';
import type { ExportReading } from './read-export.ts';

type Change = ImportReport['changes'][number];

const shownChanges = 200;

/** What people see of a plan: counts, the first changes, and the errors of the file. */
export function importReport(
  reading: ExportReading,
  plan: ImportPlan,
  current: Inventory,
  revision: number,
): ImportReport {
  return {
    rows: reading.rows,
    sites: { added: plan.newSites.length, changed: 0, unchanged: plan.unchanged.sites },
    zones: { added: plan.newZones.length, changed: 0, unchanged: plan.unchanged.zones },
    sensors: {
      added: plan.newSensors.length,
      changed: plan.changedSensors.length,
      unchanged: plan.unchanged.sensors,
      moved: plan.changedSensors.filter((change) => change.moves).length,
    },
    notInFile: plan.notInFile,
    changes: firstChanges(plan, current),
    errors: [...reading.errors],
    errorCount: reading.errorCount,
    notes: [...reading.notes],
    revision: String(revision),
  };
}

/** The plan of a file with errors is none: nothing of it would be imported. */
export function planOf(
  reading: ExportReading,
  current: Inventory,
  newId: () => string,
): ImportPlan {
  return planImport(current, reading.errorCount > 0 ? [] : reading.sensors, newId);
}

function firstChanges(plan: ImportPlan, current: Inventory): Change[] {
  const siteNames = new Map(
    [...current.sites, ...plan.newSites].map((site) => [site.id, site.name]),
  );
  const zoneNames = new Map(
    [...current.zones, ...plan.newZones].map((zone) => [zone.id, zone.name]),
  );
  const moves = plan.changedSensors.filter((change) => change.moves);
  const others = plan.changedSensors.filter((change) => !change.moves);
  const first = <T>(list: readonly T[], show: (one: T) => Change) =>
    list.slice(0, shownChanges).map(show);
  const changes = [
    ...first(moves, (change) => sensorChange(change, 'move')),
    ...first(plan.newSites, ({ name, subscriptionName }) => added('site', name, subscriptionName)),
    ...first(plan.newZones, ({ name, siteId }) => added('zone', name, siteNames.get(siteId) ?? '')),
    ...first(others, (change) => sensorChange(change, 'change')),
    ...first(plan.newSensors, (sensor) => {
      const place = `${siteNames.get(sensor.siteId) ?? ''} / ${zoneNames.get(sensor.zoneId) ?? ''}`;
      return added('sensor', sensor.name, place);
    }),
  ];
  return changes.slice(0, shownChanges);
}

function added(kind: Change['kind'], name: string, summary: string): Change {
  return { kind, action: 'add', name, summary };
}

function sensorChange({ sensor, fields }: SensorChange, action: 'change' | 'move'): Change {
  const summary = fields
    .map(({ label, before, after }) => `${label}: ${before || 'none'} to ${after || 'none'}`)
    .join('; ');
  return { kind: 'sensor', action, name: sensor.name, summary };
}
