import { and, asc, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm';
import { portalSessionEnds, type PortalSessionEnd } from '../../contract/sessions.ts';
import type { Drizzle, Transaction } from '../storage/database.ts';
import { portalSessions } from '../storage/provider-schema.ts';
import { sessionIdentity, type SessionIdentity } from './session-identity.ts';

/** The channel on which instances tell each other of sessions that ended or changed. */
export const sessionChannel = 'gatehouse_sessions';

/** A session as it is stored. Times in milliseconds since 1970. */
export interface StoredSession {
  readonly id: string;
  readonly providerId: string;
  readonly tenantId: string;
  readonly objectId: string;
  readonly name: string;
  readonly identity: SessionIdentity;
  readonly sealedRefreshToken: string | null;
  readonly confirmedAt: number;
  readonly openedAt: number;
  readonly lastSeenAt: number;
  /** Null while it goes on. */
  readonly end: PortalSessionEnd | null;
}

type Row = typeof portalSessions.$inferSelect;

/** What a refresh token was sealed as. */
export function refreshTokenContext(sessionId: string): string {
  return `refresh token ${sessionId}`;
}

export async function findSession(
  db: Pick<Drizzle, 'select'>,
  which: { readonly secretHash: Buffer } | { readonly id: string },
): Promise<StoredSession | null> {
  const match =
    'id' in which
      ? eq(portalSessions.id, which.id)
      : eq(portalSessions.secretHash, which.secretHash);
  const [row] = await db.select().from(portalSessions).where(match);
  return row === undefined ? null : storedSession(row);
}

function storedSession(row: Row): StoredSession {
  const { id, providerId, tenantId, objectId, name, sealedRefreshToken } = row;
  return {
    id,
    providerId,
    tenantId,
    objectId,
    name,
    sealedRefreshToken,
    identity: sessionIdentity.parse(row.identity),
    confirmedAt: row.confirmedAt.getTime(),
    openedAt: row.openedAt.getTime(),
    lastSeenAt: row.lastSeenAt.getTime(),
    end: row.endedAt === null ? null : endOf(row.endReason),
  };
}

function endOf(text: string | null): PortalSessionEnd {
  return portalSessionEnds.find((end) => end === text) ?? 'unknown';
}

export interface EndedSession {
  readonly id: string;
  readonly providerId: string;
  readonly tenantId: string;
  readonly objectId: string;
  readonly name: string;
  readonly identity: unknown;
}

/**
 * Ends the open sessions that match, and forgets what they could be renewed with. Every instance
 * hears of it when the transaction commits. They are locked in the order of their ids, as by everybody
 * who writes several; to be called before anything is audited (see appendAudit).
 */
export async function endSessions(
  tx: Pick<Transaction, 'select' | 'update' | 'execute'>,
  which: SQL | undefined,
  reason: PortalSessionEnd,
  now: Date,
): Promise<readonly EndedSession[]> {
  const open = tx
    .select({ id: portalSessions.id })
    .from(portalSessions)
    .where(and(isNull(portalSessions.endedAt), which))
    .orderBy(asc(portalSessions.id))
    .for('update');
  const ended = await tx
    .update(portalSessions)
    .set({ endedAt: now, endReason: reason, sealedRefreshToken: null })
    .where(inArray(portalSessions.id, open))
    .returning({
      id: portalSessions.id,
      providerId: portalSessions.providerId,
      tenantId: portalSessions.tenantId,
      objectId: portalSessions.objectId,
      name: portalSessions.name,
      identity: portalSessions.identity,
    });
  if (ended.length > 0)
    await tellSessions(
      tx,
      ended.map(({ id }) => id),
    );
  return ended;
}

/** NOTIFY carries 8,000 bytes at most: of many sessions it says `*`, all of them. */
export async function tellSessions(
  tx: Pick<Transaction, 'execute'>,
  ids: readonly string[],
): Promise<void> {
  const told = ids.length > 100 ? '*' : ids.join(' ');
  await tx.execute(sql`select pg_notify(${sessionChannel}, ${told})`);
}

export function isOf(person: { readonly tenantId: string; readonly objectId: string }) {
  return and(
    eq(portalSessions.tenantId, person.tenantId),
    eq(portalSessions.objectId, person.objectId),
  );
}
