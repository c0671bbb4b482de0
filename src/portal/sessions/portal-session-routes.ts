import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import {
  endPortalSession,
  listPortalSessions,
  type PortalSession,
} from '../../contract/sessions.ts';
import { isGuid } from '../../domain/guid.ts';
import { notFound } from '../../server/problem-error.ts';
import type { Asker } from '../http/asker.ts';
import { currentAsker } from '../http/current-asker.ts';
import { actorOf, type Principal } from '../http/principal.ts';
import type { Routes } from '../http/serve.ts';
import type { AppendAudit } from '../storage/audit-log.ts';
import type { Database } from '../storage/database.ts';
import { portalSessions, signInProviders } from '../storage/provider-schema.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import { endedBy } from './session-audit.ts';
import type { SessionMemory } from './session-memory.ts';
import { endSessions, isOf } from './session-store.ts';

export interface PortalSessionRoutesDependencies {
  readonly database: Pick<Database, 'db'>;
  readonly memory: Pick<SessionMemory, 'drop'>;
  readonly appendAudit: AppendAudit;
  readonly now: () => Date;
}

/** The most that are listed; `total` says how many there are. */
const mostListed = 500;

/** Open sessions at the portal: seeing them, and ending them before their time. */
export function portalSessionRoutes(deps: PortalSessionRoutesDependencies): Routes {
  return (serve) => {
    serve(listPortalSessions, ({ asker }) => findPortalSessions(asker, deps));

    serve(endPortalSession, async ({ asker, address, params }) => {
      await endOne(params.sessionId, asker, address, deps);
      deps.memory.drop([params.sessionId]);
      return undefined;
    });
  };
}

async function findPortalSessions(
  asker: Asker,
  { database: { db }, now }: PortalSessionRoutesDependencies,
): Promise<{ sessions: PortalSession[]; total: number }> {
  const { idleMinutes, totalMinutes } = asker.snapshot.sessionPolicy;
  const ago = (minutes: number) => new Date(now().getTime() - minutes * 60_000);
  const which = and(
    isNull(portalSessions.endedAt),
    gt(portalSessions.openedAt, ago(totalMinutes)),
    // Last-seen times are written up to half a minute late.
    gt(portalSessions.lastSeenAt, ago(idleMinutes + 1)),
    theirs(asker),
  );
  const rows = await db
    .select({ session: portalSessions, verified: signInProviders.verified })
    .from(portalSessions)
    .leftJoin(signInProviders, eq(signInProviders.id, portalSessions.providerId))
    .where(which)
    .orderBy(desc(portalSessions.openedAt), desc(portalSessions.id))
    .limit(mostListed);
  const [counted] = await db
    .select({ total: sql<string>`count(*)` })
    .from(portalSessions)
    .where(which);
  return {
    sessions: rows.map(({ session, verified }) => ({
      id: session.id,
      person: { name: session.name, tenantId: session.tenantId, objectId: session.objectId },
      providerName: verified?.name ?? '',
      address: session.address,
      openedAt: session.openedAt.toISOString(),
      lastSeenAt: session.lastSeenAt.toISOString(),
      yours: session.id === sessionIdOf(asker.principal),
    })),
    total: Number(counted?.total ?? 0),
  };
}

async function endOne(
  sessionId: string,
  asker: Asker,
  address: string,
  { database, appendAudit, now }: PortalSessionRoutesDependencies,
): Promise<void> {
  if (!isGuid(sessionId)) throw notFound('session');
  await database.db.transaction(async (tx) => {
    const current = await currentAsker(tx, asker, await takeWriteTurn(tx));
    const { principal } = current;
    const which = and(eq(portalSessions.id, sessionId), theirs(current));
    const own = await tx
      .select({ id: portalSessions.id })
      .from(portalSessions)
      .where(and(which, ofPrincipal(principal)));
    const reason = own.length > 0 ? 'signedOut' : 'administrator';
    const [ended] = await endSessions(tx, which, reason, now());
    if (ended === undefined) throw notFound('session');
    await appendAudit(tx, endedBy(actorOf(principal), address, ended, reason));
  });
}

/** All of them for portal Admins, else one’s own. */
function theirs({ portalRole, principal }: Asker): SQL | undefined {
  return portalRole === 'admin' ? undefined : ofPrincipal(principal);
}

function ofPrincipal(principal: Principal): SQL | undefined {
  return principal.kind === 'entra' ? isOf(principal) : sql`false`;
}

function sessionIdOf(principal: Principal): string | null {
  return principal.kind === 'entra' ? principal.sessionId : null;
}
