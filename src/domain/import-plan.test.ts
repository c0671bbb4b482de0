import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sensorRow } from '../testing/sensor-rows.ts';
import { changesNothing, planImport, type ImportPlan, type Inventory } from './import-plan.ts';
import { sensorKey, type SensorRow } from './inventory-row.ts';

const empty: Inventory = { sites: [], zones: [], sensors: [] };

/** What the inventory is once a plan is carried out. */
function carriedOut({ sites, zones, sensors }: Inventory, plan: ImportPlan): Inventory {
  const changed = new Map(plan.changedSensors.map(({ sensor }) => [sensor.id, sensor]));
  return {
    sites: [...sites, ...plan.newSites],
    zones: [...zones, ...plan.newZones],
    sensors: [...sensors.map((one) => changed.get(one.id) ?? one), ...plan.newSensors],
  };
}

let made = 0;
const newId = () => `id-${(made += 1)}`;

const spelt = (...names: string[]) =>
  fc.constantFrom(...names.flatMap((name) => [name, name.toUpperCase(), ` ${name}`]));

const rows: fc.Arbitrary<SensorRow[]> = fc
  .uniqueArray(
    fc.record({
      name: spelt('a', 'b', 'c', 'd', 'e'),
      siteName: spelt('antwerp', 'ghent'),
      zoneName: spelt('utilities', 'jetty'),
      subscriptionName: spelt('north', 'south'),
      version: fc.constantFrom('24.1.3', '22.3.1'),
      lastConnectedAt: fc.constantFrom(null, '2026-01-14T06:03:23.000Z'),
    }),
    { selector: sensorKey, maxLength: 12 },
  )
  .map((list) => list.map((one, index) => sensorRow({ ...one, row: index + 2 })));

describe('R5: importing', () => {
  it('the same file twice changes nothing the second time', () => {
    fc.assert(
      fc.property(rows, rows, (before, file) => {
        const start = carriedOut(empty, planImport(empty, before, newId));
        const after = carriedOut(start, planImport(start, file, newId));
        const again = planImport(after, file, newId);
        expect(changesNothing(again)).toBe(true);
        expect(again.unchanged.sensors).toBe(file.length);
      }),
    );
  });

  it('puts every sensor where its row says, under one name for each site and zone', () => {
    fc.assert(
      fc.property(rows, rows, (before, file) => {
        const start = carriedOut(empty, planImport(empty, before, newId));
        const { sites, zones, sensors } = carriedOut(start, planImport(start, file, newId));
        for (const row of file) {
          const sensor = sensors.find((one) => sensorKey(one) === sensorKey(row));
          const zone = zones.find((one) => one.id === sensor?.zoneId);
          const site = sites.find((one) => one.id === sensor?.siteId);
          expect(sensor?.version).toBe(row.version);
          expect(zone?.siteId).toBe(site?.id);
          expect(zone?.name.trim().toLowerCase()).toBe(row.zoneName.trim().toLowerCase());
          expect(site?.name.trim().toLowerCase()).toBe(row.siteName.trim().toLowerCase());
        }
      }),
    );
  });

  it('removes nothing, keeps ids, and counts every row once', () => {
    fc.assert(
      fc.property(rows, rows, (before, file) => {
        const start = carriedOut(empty, planImport(empty, before, newId));
        const plan = planImport(start, file, newId);
        const after = carriedOut(start, plan);
        const ids = new Set(after.sensors.map((sensor) => sensor.id));
        for (const sensor of start.sensors) expect(ids).toContain(sensor.id);
        const { newSensors, changedSensors, unchanged, notInFile } = plan;
        expect(newSensors.length + changedSensors.length + unchanged.sensors).toBe(file.length);
        expect(after.sensors.length).toBe(file.length + notInFile);
      }),
    );
  });

  it('says what moves, and from where to where', () => {
    const start = carriedOut(empty, planImport(empty, [sensorRow()], newId));
    const row = sensorRow({ siteName: 'Ghent', zoneName: 'Paint shop', version: '25.1.0' });
    const { changedSensors, newSites, newZones } = planImport(start, [row], newId);
    expect(newSites.map(({ name }) => name)).toEqual(['Ghent']);
    expect(newZones.map(({ name }) => name)).toEqual(['Paint shop']);
    expect(changedSensors).toMatchObject([
      {
        moves: true,
        fields: [
          { label: 'Site', before: 'Antwerp', after: 'Ghent' },
          { label: 'Zone', before: 'Tank farm', after: 'Paint shop' },
          { label: 'Sensor version', before: '24.1.3', after: '25.1.0' },
        ],
      },
    ]);
  });

  it('keeps zones of the same name in two sites apart', () => {
    const file = [
      sensorRow({ name: 'a', siteName: 'Antwerp', zoneName: 'Utilities' }),
      sensorRow({ name: 'b', siteName: 'Ghent', zoneName: 'Utilities' }),
    ];
    const plan = planImport(empty, file, newId);
    expect(plan.newZones).toHaveLength(2);
    expect(new Set(plan.newSensors.map((sensor) => sensor.zoneId)).size).toBe(2);
  });
});
