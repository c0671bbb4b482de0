import { eq, or, sql } from 'drizzle-orm';
import { effectiveSetting } from '../../domain/effective-setting.ts';
import {
  sensorPlace,
  type AccessSnapshot,
  type SnapshotSensor,
} from '../storage/access-snapshot.ts';
import type { Drizzle } from '../storage/database.ts';
import { securitySettings, sessionRevocations, type gates } from '../storage/gate-schema.ts';
import { sensors, ssoSettings } from '../storage/schema.ts';

/**
 * Since when a gate should hold something else than it does: the last change of what its bundle is
 * made of. Null where only something changed that keeps no time, such as a setting that is gone.
 */
export async function pendingSince(
  db: Drizzle,
  row: Pick<typeof gates.$inferSelect, 'id' | 'enrolledAt'>,
  appliedAt: number | null,
  sensor: SnapshotSensor,
  snapshot: AccessSnapshot,
): Promise<Date | null> {
  const settingId = effectiveSetting(sensorPlace(sensor), snapshot.holdings)?.settingId;
  const [[security], [inventory], [setting], [revoked]] = await Promise.all([
    db
      .select({ changed: securitySettings.changedAt, renewed: securitySettings.bundlesRenewedAt })
      .from(securitySettings),
    db.select({ changed: sensors.changedAt }).from(sensors).where(eq(sensors.id, sensor.id)),
    settingId === undefined
      ? []
      : db
          .select({ changed: ssoSettings.changedAt })
          .from(ssoSettings)
          .where(eq(ssoSettings.id, settingId)),
    db
      .select({
        at: sql<Date | null>`max(${sessionRevocations.at})`.mapWith(sessionRevocations.at),
      })
      .from(sessionRevocations)
      .where(
        or(
          eq(sessionRevocations.gateId, row.id),
          sql`${sessionRevocations.gateId} is null and coalesce(${sensor.zone.site.id}::uuid = any(${sessionRevocations.siteIds}), true)`,
        ),
      ),
  ]);
  const times = [
    row.enrolledAt,
    security?.changed,
    security?.renewed,
    inventory?.changed,
    setting?.changed,
    revoked?.at,
  ].flatMap((time) => (time === null || time === undefined ? [] : [time.getTime()]));
  const last = Math.max(...times.filter((time) => time >= (appliedAt ?? 0)));
  return Number.isFinite(last) ? new Date(last) : null;
}
