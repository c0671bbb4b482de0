import { asc, inArray, lt, type SQL } from 'drizzle-orm';
import type { PortalSessionEnd } from '../../contract/sessions.ts';
import type { Database } from '../storage/database.ts';
import type { AccessSnapshot } from '../storage/access-snapshot.ts';
import { portalSessions } from '../storage/provider-schema.ts';
import { endSessions } from './session-store.ts';

export interface UpkeepDependencies {
  readonly database: Pick<Database, 'db'>;
  readonly snapshot: () => AccessSnapshot | Promise<AccessSnapshot>;
  readonly now: () => Date;
}

/** Why a session ended is told for so long to whoever still has its cookie. */
const endsKept = 7 * 24 * 3_600_000;
/** Last-seen times are written late, and not at all while the database is away. */
const idleGrace = 5 * 60_000;

/**
 * Ends what nobody came back to, so that its refresh token is forgotten, and forgets what ended long
 * ago. Any instance may do it, any number of times.
 */
export async function keepSessionsUp({
  database,
  snapshot,
  now,
}: UpkeepDependencies): Promise<void> {
  const { sessionPolicy } = await snapshot();
  const at = now();
  const ago = (milliseconds: number) => new Date(at.getTime() - milliseconds);
  const oldest = ago(sessionPolicy.totalMinutes * 60_000);
  const idle = ago(sessionPolicy.idleMinutes * 60_000 + idleGrace);
  // One at a time, so that nobody waits for one who has locked others.
  const end = (which: SQL, reason: PortalSessionEnd) =>
    database.db.transaction((tx) => endSessions(tx, which, reason, at));
  await end(lt(portalSessions.openedAt, oldest), 'total');
  await end(lt(portalSessions.lastSeenAt, idle), 'idle');
  const forgotten = database.db
    .select({ id: portalSessions.id })
    .from(portalSessions)
    .where(lt(portalSessions.endedAt, ago(endsKept)))
    .orderBy(asc(portalSessions.id))
    .for('update');
  await database.db.delete(portalSessions).where(inArray(portalSessions.id, forgotten));
}
