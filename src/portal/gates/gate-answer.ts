import { and, eq, isNull } from 'drizzle-orm';
import type { Gate as GateAnswer } from '../../contract/gates.ts';
import type { Drizzle } from '../storage/database.ts';
import { gates, securitySettings } from '../storage/gate-schema.ts';
import { allowRulesFor, type OutboundAddresses } from './allow-rules.ts';
import type { Gate } from './gate.ts';

export type GateRow = typeof gates.$inferSelect;

export async function readLiveGate(db: Drizzle, sensorId: string): Promise<GateRow | null> {
  const [row] = await db
    .select()
    .from(gates)
    .where(and(eq(gates.sensorId, sensorId), isNull(gates.revokedAt)));
  return row ?? null;
}

/** A gate as it said itself last: what changes with each sign of life from memory, the rest from its row. */
export function gateAnswer(
  row: GateRow,
  progress: Gate,
  bundleExpiresAt: Date | null,
  addresses: OutboundAddresses,
): GateAnswer {
  const checks = [...(row.checks ?? [])];
  const { name, objectId } = row.enrolledBy;
  return {
    id: row.id,
    keyFingerprint: progress.publicKey.kid,
    keyRotating: progress.nextPublicKey !== null,
    origin: row.origin,
    software: row.software,
    enrolledAt: row.enrolledAt.toISOString(),
    enrolledBy: { name, objectId },
    lastSeenAt: timeOf(progress.lastSeenAt),
    appliedNumber: progress.appliedNumber,
    appliedAt: timeOf(progress.appliedAt),
    bundleExpiresAt: bundleExpiresAt?.toISOString() ?? null,
    clockOffset: row.clockOffset,
    trouble: row.trouble,
    openSessions: row.openSessions,
    certificateExpiresAt: row.certificateExpiresAt?.toISOString() ?? null,
    checks,
    checkedAt: row.checkedAt?.toISOString() ?? null,
    allowRules: allowRulesFor(checks, addresses),
  };
}

function timeOf(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}

const day = 86_400_000;

/**
 * When the bundle that a gate holds ends. What it should hold now ends as the settings say. Of an
 * older one it is known that bundles are renewed once a third of their days, or one, has passed: it
 * lasts at least so long.
 */
export async function bundleEnd(db: Drizzle, gate: Gate, isCurrent: boolean): Promise<Date | null> {
  if (gate.appliedTag === null || gate.appliedAt === null) return null;
  const [security] = await db.select().from(securitySettings);
  if (security === undefined) return null;
  const { bundleDays, bundlesRenewedAt } = security;
  const from = isCurrent
    ? bundlesRenewedAt.getTime()
    : gate.appliedAt - Math.min(bundleDays / 3, 1) * day;
  return new Date(from + bundleDays * day);
}
