import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { readGateAddress } from '../../contract/gate-address.ts';
import type { GateReport, reportAnswer } from '../../contract/gate-report.ts';
import { shownText } from '../../domain/unsafe-text.ts';
import type { AppendAudits, AuditEntry } from '../storage/audit-log.ts';
import type { Database, Transaction } from '../storage/database.ts';
import { gates } from '../storage/gate-schema.ts';
import { sensors } from '../storage/schema.ts';
import type { EventSource } from './event-rows.ts';
import type { GateFailure } from './gate.ts';
import { gateActor } from './gate-actor.ts';
import { revoked } from './identify-gate.ts';
import { nextEvents, queuedEvents } from './queued-events.ts';
import { storeEvents } from './store-events.ts';

/** A report whose events haven't been read yet: each is, by itself. */
export type ReceivedReport = Omit<GateReport, 'events'> & { readonly events: readonly unknown[] };

export interface ReportDeps {
  readonly database: Pick<Database, 'db'>;
  readonly appendAudits: AppendAudits;
  readonly now: () => Date;
}

export interface TakenReport {
  readonly answer: z.output<typeof reportAnswer>;
  /** What it couldn't apply, as it is stored now; undefined: as before. */
  readonly failure: GateFailure | null | undefined;
}

type GateRow = typeof gates.$inferSelect;

/**
 * Stores what a gate says of itself and the events that haven't been stored yet, in one transaction
 * that locks the gate's row: sent twice, at once or after a crash in between, they are there once.
 */
export async function takeReport(
  deps: ReportDeps,
  gateId: string,
  report: ReceivedReport,
): Promise<TakenReport> {
  return deps.database.db.transaction(async (tx) => {
    const { gate, sensor } = await lockedGate(tx, gateId);
    const now = deps.now();
    const { clockOffset, queue } = report;
    const source = { gateId, queue, sensor, clockOffset, enrolledAt: gate.enrolledAt, now };
    const known = gate.eventQueue === queue ? gate.eventSequence : 0;
    const batch = queuedEvents(report.events, known + 1);
    const begins = batch.length > 0 && gate.eventQueue !== queue;
    const first = batch[0]?.sequence ?? 1;
    const lost = begins ? 0 : Math.max(0, Math.min(report.oldest ?? 0, first) - known - 1);
    const taken = begins ? first - 1 : known + lost;
    const events = nextEvents(batch, taken);
    const acknowledged = events.at(-1)?.sequence ?? taken;

    const failure = sameFailure(gate.failure, report.failed)
      ? undefined
      : shownFailure(report.failed);
    // People follow it: only what could be enrolled takes its place.
    const address = readGateAddress(report.origin);
    const origin = 'origin' in address ? address.origin : gate.origin;
    await tx
      .update(gates)
      .set({
        software: shownText(report.software),
        origin,
        clockOffset,
        certificateExpiresAt:
          report.certificateExpiresAt === null ? null : new Date(report.certificateExpiresAt),
        trouble: shownTrouble(report.trouble),
        openSessions: Math.min(report.openSessions, 1_000_000),
        ...(failure === undefined ? {} : { failure, failedAt: failure === null ? null : now }),
        ...(report.checks === undefined
          ? {}
          : { checks: report.checks.map(shownCheck), checkedAt: now }),
        ...(events.length === 0 ? {} : { eventQueue: queue, eventSequence: acknowledged }),
      })
      .where(eq(gates.id, gateId));
    const changes = [
      origin === gate.origin ? null : originChanged(source, gate.origin, origin),
      begins ? queueBegun(source, gate, taken + 1) : null,
      lost > 0 ? eventsMissing(source, known + 1, taken) : null,
    ].filter((entry) => entry !== null);
    await storeEvents(tx, deps.appendAudits, { changes, events }, source);
    return { answer: { acknowledged, now: now.toISOString() }, failure };
  });
}

/** Others who report for the same gate wait here. Throws 401 for a gate that was revoked meanwhile. */
async function lockedGate(tx: Transaction, gateId: string) {
  const [gate] = await tx
    .select()
    .from(gates)
    .where(and(eq(gates.id, gateId), isNull(gates.revokedAt)))
    .for('update');
  if (gate === undefined) throw revoked();
  const [sensor] = await tx
    .select({ id: sensors.id, name: sensors.name, siteId: sensors.siteId })
    .from(sensors)
    .where(eq(sensors.id, gate.sensorId));
  if (sensor === undefined) throw revoked();
  return { gate, sensor };
}

function sameFailure(a: GateFailure | null, b: GateReport['failed']): boolean {
  if (a === null || b === null) return a === b;
  const shown = shownFailure(b);
  return a.tag === shown?.tag && a.code === shown.code && a.detail === shown.detail;
}

function shownFailure(failed: GateReport['failed']): GateFailure | null {
  if (failed === null) return null;
  const { tag, code, detail } = failed;
  return {
    tag: tag === null ? null : shownText(tag),
    code: shownText(code),
    detail: shownText(detail),
  };
}

function shownTrouble(trouble: GateReport['trouble']): { code: string; detail: string } | null {
  if (trouble === undefined) return null;
  return { code: shownText(trouble.code), detail: shownText(trouble.detail) };
}

type Check = NonNullable<GateReport['checks']>[number];

function shownCheck({ address, code, detail, ...rest }: Check): Check {
  return {
    ...rest,
    address: shownText(address),
    code: code === null ? null : shownText(code),
    detail: shownText(detail),
  };
}

function ofGate({ sensor, gateId }: EventSource) {
  return {
    actor: gateActor(sensor.name),
    address: null,
    outcome: 'succeeded' as const,
    subject: `Sensor "${sensor.name}" (${sensor.id})`,
    siteIds: [sensor.siteId],
    content: { sensor: { id: sensor.id, name: sensor.name }, gateId },
  };
}

function originChanged(source: EventSource, before: string, after: string): AuditEntry {
  const { content, ...entry } = ofGate(source);
  return {
    ...entry,
    action: 'gate.originChanged',
    before: { origin: before },
    after: { ...content, origin: after },
  };
}

/** Events that the gate has lost, and knows nothing of. */
function eventsMissing(source: EventSource, from: number, to: number): AuditEntry {
  const { content, ...entry } = ofGate(source);
  return { ...entry, action: 'gate.eventsMissing', after: { ...content, sequences: [from, to] } };
}

/** What was before the first event of a queue is lost. Null for the first queue, from its beginning. */
function queueBegun(source: EventSource, gate: GateRow, first: number): AuditEntry | null {
  if (gate.eventQueue === null && first === 1) return null;
  const { content, ...entry } = ofGate(source);
  const before =
    gate.eventQueue === null ? null : { queue: gate.eventQueue, sequence: gate.eventSequence };
  return {
    ...entry,
    action: 'gate.queueBegun',
    before,
    after: { ...content, queue: source.queue, sequence: first },
  };
}
