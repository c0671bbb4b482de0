import { inArray, sql } from 'drizzle-orm';
import type { AppendAudits, AuditEntry } from '../storage/audit-log.ts';
import type { Transaction } from '../storage/database.ts';
import { gateSessions } from '../storage/gate-schema.ts';
import { signIns } from '../storage/schema.ts';
import { errorCode } from '../storage/storage-error.ts';
import {
  doubtfulTimes,
  notStored,
  rowsOf,
  type EventRows,
  type EventSource,
  type SessionEnd,
} from './event-rows.ts';
import type { QueuedEvent } from './queued-events.ts';

/** What a report leaves behind. */
export interface Reported {
  /** Entries of the gate itself, which stand before those of its events. */
  readonly changes: readonly AuditEntry[];
  readonly events: readonly QueuedEvent[];
}

/**
 * Stores events in their order, all of them: where the database refuses one for what it says, the
 * audit log gets an entry in its place. The caller holds the lock of the gate's row. Rows are written
 * before anything is audited (see appendAudit), but where one was refused: then rows of the next
 * event follow entries of the one before. They are new, and of this gate, so that nobody waits for
 * them who has to audit; but for a gate that makes up sessions of another, whose report is told to
 * come again where PostgreSQL breaks a deadlock.
 */
export async function storeEvents(
  tx: Transaction,
  appendAudits: AppendAudits,
  { changes, events }: Reported,
  source: EventSource,
): Promise<void> {
  if (events.length === 0) return appendAudits(tx, changes);
  const doubtful = doubtfulTimes(events, source);
  try {
    await tx.transaction(async (whole) => {
      const audit = await storeRows(whole, events, source);
      const last = doubtful === null ? [] : [doubtful];
      await appendAudits(whole, [...changes, ...audit, ...last]);
    });
    return;
  } catch (error) {
    if (!isAboutData(error)) throw error;
  }
  await appendAudits(tx, changes);
  for (const queued of events) {
    try {
      await tx.transaction(async (one) => {
        await appendAudits(one, await storeRows(one, [queued], source));
      });
    } catch (error) {
      if (!isAboutData(error)) throw error;
      await appendAudits(tx, [
        notStored(source, queued.sequence, refusedByDatabase(queued, error)),
      ]);
    }
  }
}

/** Writes what events leave behind but for the audit entries, which it answers in their order. */
async function storeRows(
  tx: Transaction,
  events: readonly QueuedEvent[],
  source: EventSource,
): Promise<AuditEntry[]> {
  const rows = events.map((queued) => ({ queued, rows: rowsOf(queued, source) }));
  const all = <Kind extends keyof EventRows>(kind: Kind) =>
    rows.flatMap(({ rows: { [kind]: row } }) => (row === undefined ? [] : [row]));
  const newSignIns = all('signIn');
  if (newSignIns.length > 0) await tx.insert(signIns).values(newSignIns).onConflictDoNothing();
  const foreign = await storeSessions(tx, all('session'), source);
  await storeEnds(tx, all('end'), source);
  return rows.flatMap(({ queued, rows: { audit, session } }) => {
    if (session !== undefined && foreign.has(session.id)) {
      const problems = ['/sessionId is a session of another gate'];
      return [notStored(source, queued.sequence, { ...summary(queued), problems })];
    }
    return audit ?? [];
  });
}

/** Answers the ids that are sessions of other gates: nobody takes those over. */
async function storeSessions(
  tx: Transaction,
  sessions: readonly (typeof gateSessions.$inferInsert)[],
  source: EventSource,
): Promise<ReadonlySet<string>> {
  if (sessions.length === 0) return new Set();
  const added = await tx
    .insert(gateSessions)
    .values([...sessions])
    .onConflictDoNothing()
    .returning({ id: gateSessions.id });
  if (added.length === sessions.length) return new Set();
  const ids = sessions.map(({ id }) => id);
  const there = await tx
    .select({ id: gateSessions.id, gateId: gateSessions.gateId })
    .from(gateSessions)
    .where(inArray(gateSessions.id, ids));
  return new Set(there.filter(({ gateId }) => gateId !== source.gateId).map(({ id }) => id));
}

async function storeEnds(
  tx: Transaction,
  ends: readonly SessionEnd[],
  { gateId }: EventSource,
): Promise<void> {
  if (ends.length === 0) return;
  const list = (pick: (end: SessionEnd) => string) => sql.param(ends.map(pick));
  await tx.execute(sql`
    update gate_sessions set ended_at = told.at, end_reason = told.reason
    from unnest(
      ${list((end) => end.sessionId)}::text[], ${list((end) => end.at.toISOString())}::timestamptz[],
      ${list((end) => end.reason)}::text[]
    ) as told (id, at, reason)
    where gate_sessions.id = told.id and gate_id = ${gateId} and ended_at is null`);
}

function summary({ event }: QueuedEvent): { kind: string | null; at: string | null } {
  return { kind: event?.kind ?? null, at: event?.at ?? null };
}

function refusedByDatabase(queued: QueuedEvent, error: unknown) {
  return { ...summary(queued), problems: [`the database refuses it (${errorCode(error) ?? ''})`] };
}

/** Data exceptions and violated constraints: trying again would never help. */
function isAboutData(error: unknown): boolean {
  return /^2[23]/u.test(errorCode(error) ?? '');
}
