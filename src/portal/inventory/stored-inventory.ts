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

/** Known ids are overwritten, others added. */
async function storeSensors(
  tx: Transaction,
  chunk: readonly InventorySensor[],
  now: Date,
): Promise<void> {
  const rows = chunk.map(({ subscriptionName, lastConnectedAt, ...sensor }) => ({
    ...sensor,
    subscriptionKey: comparableName(subscriptionName),
    nameKey: comparableName(sensor.name),
    lastConnectedAt: lastConnectedAt === null ? null : new Date(lastConnectedAt),
    changedAt: now,
  }));
  await tx
    .insert(sensors)
    .values(rows)
    .onConflictDoUpdate({
      target: sensors.id,
      set: {
        siteId: sql`excluded.site_id`,
        zoneId: sql`excluded.zone_id`,
        name: sql`excluded.name`,
        nameKey: sql`excluded.name_key`,
        type: sql`excluded.type`,
        version: sql`excluded.version`,
        health: sql`excluded.health`,
        lastConnectedAt: sql`excluded.last_connected_at`,
        threatIntelligenceVersion: sql`excluded.threat_intelligence_version`,
        threatIntelligenceMode: sql`excluded.threat_intelligence_mode`,
        threatIntelligenceStatus: sql`excluded.threat_intelligence_status`,
        changedAt: sql`excluded.changed_at`,
      },
    });
}

function* chunks<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < list.length; start += rowsPerStatement) {
    yield list.slice(start, start + rowsPerStatement);
  }
}
