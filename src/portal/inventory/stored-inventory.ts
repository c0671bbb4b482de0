import { eq, sql } from 'drizzle-orm';
import type { Inventory, InventorySensor } from '../../domain/import-plan.ts';
import type { ImportPlan } from '../../domain/import-plan.ts';
import { comparableName } from '../../domain/unsafe-text.ts';
import type { Transaction } from '../storage/database.ts';
import { sensors, sites, stateRevisions, zones } from '../storage/schema.ts';

/** The inventory whole, as imports compare it. */
export async function readInventory(tx: Transaction): Promise<Inventory> {
  const siteRows = await tx.select().from(sites);
  const zoneRows = await tx.select().from(zones);
  const sensorRows = await tx.select().from(sensors);
  const subscriptions = new Map(siteRows.map((site) => [site.id, site.subscriptionName]));
  return {
    sites: siteRows,
    zones: zoneRows,
    sensors: sensorRows.map((row) => ({
      ...row,
      subscriptionName: subscriptions.get(row.siteId) ?? row.subscriptionKey,
      lastConnectedAt: row.lastConnectedAt?.toISOString() ?? null,
    })),
  };
}

export async function readInventoryRevision(tx: Transaction): Promise<number> {
  const [row] = await tx
    .select({ value: stateRevisions.value })
    .from(stateRevisions)
    .where(eq(stateRevisions.name, 'inventory'));
  return row?.value ?? 0;
}

// PostgreSQL takes 65,535 parameters in a statement.
const rowsPerStatement = 2_000;

/** Writes what a plan adds and changes. Sites come before zones before sensors: each needs the one before. */
export async function storePlan(tx: Transaction, plan: ImportPlan, now: Date): Promise<void> {
  for (const chunk of chunks(plan.newSites)) {
    const rows = chunk.map(({ id, subscriptionName, name }) => ({
      id,
      subscriptionName,
      subscriptionKey: comparableName(subscriptionName),
      name,
      nameKey: comparableName(name),
    }));
    await tx.insert(sites).values(rows);
  }
  for (const chunk of chunks(plan.newZones)) {
    const rows = chunk.map(({ id, siteId, name }) => ({
      id,
      siteId,
      name,
      nameKey: comparableName(name),
    }));
    await tx.insert(zones).values(rows);
  }
  const changed = plan.changedSensors.map((change) => change.sensor);
  for (const chunk of chunks([...plan.newSensors, ...changed])) await storeSensors(tx, chunk, now);
}

/**
 * Known ids are overwritten, others added. The rows travel as one JSON parameter: a parameter for
 * each value takes several times as long.
 */
async function storeSensors(
  tx: Transaction,
  chunk: readonly InventorySensor[],
  now: Date,
): Promise<void> {
  const rows = chunk.map((sensor) => ({
    id: sensor.id,
    site_id: sensor.siteId,
    zone_id: sensor.zoneId,
    subscription_key: comparableName(sensor.subscriptionName),
    name: sensor.name,
    name_key: comparableName(sensor.name),
    type: sensor.type,
    version: sensor.version,
    health: sensor.health,
    last_connected_at: sensor.lastConnectedAt,
    threat_intelligence_version: sensor.threatIntelligenceVersion,
    threat_intelligence_mode: sensor.threatIntelligenceMode,
    threat_intelligence_status: sensor.threatIntelligenceStatus,
    changed_at: now,
  }));
  await tx.execute(sql`
    insert into sensors (id, site_id, zone_id, subscription_key, name, name_key, type, version,
      health, last_connected_at, threat_intelligence_version, threat_intelligence_mode,
      threat_intelligence_status, changed_at)
    select id, site_id, zone_id, subscription_key, name, name_key, type, version,
      health, last_connected_at, threat_intelligence_version, threat_intelligence_mode,
      threat_intelligence_status, changed_at
    from json_populate_recordset(null::sensors, ${JSON.stringify(rows)}::json)
    on conflict (id) do update set
      site_id = excluded.site_id,
      zone_id = excluded.zone_id,
      name = excluded.name,
      name_key = excluded.name_key,
      type = excluded.type,
      version = excluded.version,
      health = excluded.health,
      last_connected_at = excluded.last_connected_at,
      threat_intelligence_version = excluded.threat_intelligence_version,
      threat_intelligence_mode = excluded.threat_intelligence_mode,
      threat_intelligence_status = excluded.threat_intelligence_status,
      changed_at = excluded.changed_at`);
}

function* chunks<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < list.length; start += rowsPerStatement) {
    yield list.slice(start, start + rowsPerStatement);
  }
}
