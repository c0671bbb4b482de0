import { inArray } from 'drizzle-orm';
import type { SensorSummary } from '../../contract/inventory.ts';
import { effectiveSetting } from '../../domain/effective-setting.ts';
import { supportsSso } from '../../domain/sensor-version.ts';
import type { Asker } from '../http/asker.ts';
import { sensorPlace, type SnapshotSensor } from '../storage/access-snapshot.ts';
import type { Drizzle } from '../storage/database.ts';
import { sensors as sensorTable } from '../storage/schema.ts';
import type { DeliveryOf } from './delivery-of.ts';

/** Completes sensors that the asker sees with what the snapshot doesn't hold. Keeps their order. */
export async function sensorSummaries(
  db: Drizzle,
  asker: Asker,
  sensors: readonly SnapshotSensor[],
  deliveryOf: DeliveryOf,
): Promise<SensorSummary[]> {
  if (sensors.length === 0) return [];
  const ids = sensors.map((sensor) => sensor.id);
  const rows = await db
    .select({
      id: sensorTable.id,
      type: sensorTable.type,
      lastConnectedAt: sensorTable.lastConnectedAt,
      threatIntelligenceVersion: sensorTable.threatIntelligenceVersion,
      threatIntelligenceMode: sensorTable.threatIntelligenceMode,
      threatIntelligenceStatus: sensorTable.threatIntelligenceStatus,
    })
    .from(sensorTable)
    .where(inArray(sensorTable.id, ids));
  const rowById = new Map(rows.map((row) => [row.id, row]));
  return sensors.flatMap((sensor) => {
    const row = rowById.get(sensor.id);
    const place = sensorPlace(sensor);
    const role = asker.roleAt(place);
    if (row === undefined || role === null) return [];
    const { zone, version } = sensor;
    const summary: SensorSummary = {
      ...row,
      name: sensor.name,
      siteId: zone.site.id,
      siteName: zone.site.name,
      zoneId: zone.id,
      zoneName: zone.name,
      subscriptionName: zone.site.subscriptionName,
      version,
      supportsSso: supportsSso(version),
      health: sensor.health,
      lastConnectedAt: row.lastConnectedAt?.toISOString() ?? null,
      ssoLevel: effectiveSetting(place, asker.snapshot.holdings)?.level ?? null,
      delivery: deliveryOf(sensor),
      role,
    };
    return [summary];
  });
}
