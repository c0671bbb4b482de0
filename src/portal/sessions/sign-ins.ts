import { and, desc, eq, getTableColumns, lt, or, type SQL } from 'drizzle-orm';
import { listSignIns, type SignIn } from '../../contract/activity.ts';
import { roleAllows } from '../../domain/permissions.ts';
import type { Asker } from '../http/asker.ts';
import type { Routes } from '../http/serve.ts';
import { readCursor } from '../http/cursor.ts';
import { sensorsWhere } from '../http/sensors-where.ts';
import type { Database } from '../storage/database.ts';
import { sensors, signIns } from '../storage/schema.ts';

export interface Page {
  readonly limit: number;
  readonly before?: string | undefined;
}

/**
 * Sign-ins, newest first; those at a gate that was cut off count from when they arrived, so that
 * none slips in behind what was read. All of them are for people who may see activity by their
 * portal role; others see those at the sensors where they may see it, and their own.
 */
export async function findSignIns(
  { db }: Pick<Database, 'db'>,
  asker: Asker,
  { limit, before }: Page,
): Promise<{ signIns: SignIn[]; next: string | null }> {
  const rows = await db
    .select({ ...getTableColumns(signIns), sensorName: sensors.name })
    .from(signIns)
    .leftJoin(sensors, eq(sensors.id, signIns.sensorId))
    .where(
      and(before === undefined ? undefined : lt(signIns.id, readCursor(before)), visible(asker)),
    )
    .orderBy(desc(signIns.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    signIns: page.map((row) => ({
      id: String(row.id),
      at: row.at.toISOString(),
      actor: { kind: row.kind, name: row.name, objectId: row.objectId },
      address: row.address,
      outcome: row.outcome,
      code: row.code,
      portalRole: row.portalRole,
      sensor: row.sensorId === null ? null : { id: row.sensorId, name: row.sensorName ?? '' },
      sensorRole: row.sensorRole,
      provider:
        row.providerId === null ? null : { id: row.providerId, name: row.providerName ?? '' },
    })),
    next: rows.length > limit && last !== undefined ? String(last.id) : null,
  };
}

function visible(asker: Asker): SQL | undefined {
  const { principal, portalRole } = asker;
  if (roleAllows(portalRole, 'activity.view') || principal.kind === 'recovery') return undefined;
  const own = and(
    eq(signIns.tenantId, principal.tenantId),
    eq(signIns.objectId, principal.objectId),
  );
  return or(own, sensorsWhere(asker, 'activity.view'));
}

export function signInRoutes(database: Pick<Database, 'db'>): Routes {
  return (serve) => {
    serve(listSignIns, ({ asker, query }) => findSignIns(database, asker, query));
  };
}
