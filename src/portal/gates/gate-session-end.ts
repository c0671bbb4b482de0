import { and, eq } from 'drizzle-orm';
import { requireAt, type Asker } from '../http/asker.ts';
import { currentAsker } from '../http/current-asker.ts';
import { actorOf } from '../http/principal.ts';
import type { SessionEnds } from '../http/web-providers.ts';
import { notFound } from '../../server/problem-error.ts';
import { sensorPlace, type SnapshotSite } from '../storage/access-snapshot.ts';
import type { AppendAudit } from '../storage/audit-log.ts';
import type { Database, Transaction } from '../storage/database.ts';
import { bumpRevision } from '../storage/revisions.ts';
import { gateSessions, sessionRevocations } from '../storage/gate-schema.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import { isEnding, readOpenSessions } from './gate-sessions.ts';
import { forgetRevocations, readRevocations } from './revocations.ts';

export interface EndingDeps {
  readonly database: Pick<Database, 'db'>;
  readonly appendAudit: AppendAudit;
  readonly now: () => Date;
  /** Sessions at the portal itself. */
  readonly portalSessions: SessionEnds;
}

interface Who {
  readonly asker: Asker;
  readonly address: string;
}

export interface Person {
  readonly tenantId: string;
  readonly objectId: string;
}

/** One transaction in turn, judged against what is in force then. */
async function inTurn<T>(
  deps: EndingDeps,
  who: Who,
  end: (tx: Transaction, asker: Asker) => Promise<T>,
): Promise<T> {
  return deps.database.db.transaction(async (tx) =>
    end(tx, await currentAsker(tx, who.asker, await takeWriteTurn(tx))),
  );
}

/** Ends one session. Its gate hears of it with its next bundle; one that is ending already stays so. */
export async function endSession(deps: EndingDeps, who: Who, sessionId: string): Promise<void> {
  const now = deps.now();
  await inTurn(deps, who, async (tx, asker) => {
    const [session] = await readOpenSessions(tx, now, eq(gateSessions.id, sessionId), 1);
    const sensor = asker.snapshot.sensors.get(session?.sensorId ?? '');
    if (session === undefined || sensor === undefined) throw notFound('session');
    const { siteId } = requireAt(asker, 'session.end', { kind: 'sensor', id: sensor.id });
    if (isEnding(session, siteId, await readRevocations(tx))) return;
    const by = actorOf(asker.principal);
    await tx.insert(sessionRevocations).values({ at: now, by, sessionId, gateId: session.gateId });
    await forgetRevocations(tx, now);
    await bumpRevision(tx, 'gates');
    const { tenantId, objectId, name, role, openedAt } = session;
    await deps.appendAudit(tx, {
      actor: by,
      address: who.address,
      action: 'session.ended',
      outcome: 'succeeded',
      subject: `Session of ${name} at sensor "${sensor.name}" (${sensor.id})`,
      siteIds: [siteId],
      before: { sessionId, person: { name, tenantId, objectId }, role, openedAt },
    });
  });
}

/**
 * Ends what a person has open where the asker is Admin, for portal Admins at the portal too, and
 * answers how many sessions are known there. Whole sites also lose the sessions that their gates haven't told yet.
 */
export async function endSessionsOf(deps: EndingDeps, who: Who, person: Person): Promise<number> {
  const now = deps.now();
  return inTurn(deps, who, async (tx, asker) => {
    const { snapshot } = asker;
    const sites = [...snapshot.sites.values()].filter((site) => isAdminThroughout(asker, site));
    const everywhere = asker.portalRole === 'admin';
    const atPortal = everywhere ? await deps.portalSessions.ofPerson(tx, person) : 0;
    const open = (await readOpenSessions(tx, now, ofPerson(person), Number.MAX_SAFE_INTEGER))
      .flatMap((session) => {
        const sensor = snapshot.sensors.get(session.sensorId);
        return sensor === undefined ? [] : [{ session, sensor, place: sensorPlace(sensor) }];
      })
      .filter(({ place }) => asker.allows('session.end', place));
    const revocations = await readRevocations(tx);
    const ending = open.filter(
      ({ session, place }) => !isEnding(session, place.siteId, revocations),
    );
    if (!everywhere && sites.length === 0 && ending.length === 0) return 0;

    const by = actorOf(asker.principal);
    // By their ids too: a gate whose clock is fast opened them later than it is now.
    const rows: (typeof sessionRevocations.$inferInsert)[] = ending.map(({ session }) => ({
      at: now,
      by,
      sessionId: session.id,
      gateId: session.gateId,
    }));
    const siteIds = everywhere ? null : sites.map(({ id }) => id);
    if (siteIds === null || siteIds.length > 0) rows.push({ at: now, by, ...person, siteIds });
    await tx.insert(sessionRevocations).values(rows);
    await forgetRevocations(tx, now);
    await bumpRevision(tx, 'gates');
    const name = open[0]?.session.name ?? person.objectId;
    await deps.appendAudit(tx, {
      actor: by,
      address: who.address,
      action: 'session.allEnded',
      outcome: 'succeeded',
      subject: `Sessions of ${name} (${person.objectId})`,
      siteIds: [...new Set([...(siteIds ?? []), ...ending.map(({ place }) => place.siteId)])],
      after: {
        person: { name, ...person },
        ...(atPortal === 0 ? {} : { atPortal }),
        where: everywhere ? 'everywhere' : sites.map((site) => `${site.name} (${site.id})`),
        sessions: ending.map(({ session, sensor }) => ({
          sessionId: session.id,
          sensor: { id: sensor.id, name: sensor.name },
        })),
      },
    });
    return ending.length + atPortal;
  });
}

function ofPerson({ tenantId, objectId }: Person) {
  return and(eq(gateSessions.tenantId, tenantId), eq(gateSessions.objectId, objectId));
}

/** Is the asker Admin at the site and at every zone and sensor in it, exceptions included? */
function isAdminThroughout(asker: Asker, site: SnapshotSite): boolean {
  const siteId = site.id;
  return (
    asker.allows('session.end', { siteId }) &&
    site.zones.every(
      (zone) =>
        asker.allows('session.end', { siteId, zoneId: zone.id }) &&
        zone.sensors.every((sensor) => asker.allows('session.end', sensorPlace(sensor))),
    )
  );
}
