import { and, desc, eq, gt, isNull, sql, type SQL } from 'drizzle-orm';
import type { GateSession } from '../../contract/sessions.ts';
import { isRevoked } from '../../domain/session-policy.ts';
import type { Asker } from '../http/asker.ts';
import { sensorsWhere } from '../http/sensors-where.ts';
import { sensorPlace, type SnapshotSensor } from '../storage/access-snapshot.ts';
import type { Drizzle } from '../storage/database.ts';
import { gates, gateSessions } from '../storage/gate-schema.ts';
import { sensors } from '../storage/schema.ts';
import type { BundleRevocations } from './bundle-revocations.ts';
import { readRevocations } from './revocations.ts';
import { readSecuritySettings } from './security-settings.ts';

/** A session as it is kept, with whether its gate is one no more. */
export interface OpenSession {
  readonly id: string;
  readonly gateId: string;
  readonly sensorId: string;
  readonly tenantId: string;
  readonly objectId: string;
  readonly name: string;
  readonly role: GateSession['role'];
  readonly address: string | null;
  readonly openedAt: Date;
  readonly gateRevokedAt: Date | null;
}

/** The most that are listed; `total` says how many there are. */
const mostListed = 500;

/** Not ended, and not older than a session can be: a gate that is cut off tells no ends. */
async function openUntil(db: Pick<Drizzle, 'select'>, now: Date): Promise<SQL | undefined> {
  const { sessionPolicy } = await readSecuritySettings(db);
  const oldest = new Date(now.getTime() - sessionPolicy.totalMinutes * 60_000);
  return and(isNull(gateSessions.endedAt), gt(gateSessions.openedAt, oldest));
}

/** The open sessions that match, newest first. */
export async function readOpenSessions(
  db: Pick<Drizzle, 'select'>,
  now: Date,
  which: SQL | undefined,
  limit: number,
): Promise<OpenSession[]> {
  return db
    .select({
      id: gateSessions.id,
      gateId: gateSessions.gateId,
      sensorId: gateSessions.sensorId,
      tenantId: gateSessions.tenantId,
      objectId: gateSessions.objectId,
      name: gateSessions.name,
      role: gateSessions.role,
      address: gateSessions.address,
      openedAt: gateSessions.openedAt,
      gateRevokedAt: gates.revokedAt,
    })
    .from(gateSessions)
    .innerJoin(gates, eq(gates.id, gateSessions.gateId))
    .innerJoin(sensors, eq(sensors.id, gateSessions.sensorId))
    .where(and(await openUntil(db, now), which))
    .orderBy(desc(gateSessions.openedAt), desc(gateSessions.id))
    .limit(limit);
}

/** Open sessions at the gates of the sensors where the asker may see them. */
export async function findSessions(
  db: Drizzle,
  asker: Asker,
  now: Date,
): Promise<{ sessions: GateSession[]; total: number }> {
  const where = sensorsWhere(asker, 'session.view');
  const [sessions, [counted], revocations] = await Promise.all([
    readOpenSessions(db, now, where, mostListed),
    db
      .select({ total: sql<string>`count(*)` })
      .from(gateSessions)
      .innerJoin(sensors, eq(sensors.id, gateSessions.sensorId))
      .where(and(await openUntil(db, now), where)),
    readRevocations(db),
  ]);
  const answers = sessions.flatMap((session) => {
    const sensor = asker.snapshot.sensors.get(session.sensorId);
    return sensor === undefined ? [] : [sessionAnswer(asker, session, sensor, revocations)];
  });
  return { sessions: answers, total: Number(counted?.total ?? 0) };
}

function sessionAnswer(
  asker: Asker,
  session: OpenSession,
  sensor: SnapshotSensor,
  revocations: BundleRevocations,
): GateSession {
  const { id, tenantId, objectId, name, role, address, openedAt } = session;
  const ending = isEnding(session, sensor.zone.site.id, revocations);
  return {
    id,
    sensorId: sensor.id,
    sensorName: sensor.name,
    siteName: sensor.zone.site.name,
    person: { name, tenantId, objectId },
    role,
    address,
    openedAt: openedAt.toISOString(),
    ending,
    mayEnd: !ending && asker.allows('session.end', sensorPlace(sensor)),
  };
}

/** Has it been ended here, and its gate only not said yet that it knows? */
export function isEnding(
  session: OpenSession,
  siteId: string,
  revocations: BundleRevocations,
): boolean {
  if (session.gateRevokedAt !== null) return true;
  const { id: sessionId, gateId, tenantId, objectId, openedAt } = session;
  const revocable = { sessionId, tenantId, objectId, openedAt: openedAt.getTime() };
  return isRevoked(revocable, revocations.of(gateId, siteId));
}
