import { and, eq, isNull } from 'drizzle-orm';
import type { Transaction } from '../storage/database.ts';
import { gateEnrolments, gates, gateSessions } from '../storage/gate-schema.ts';
import { sensors, type StoredActor } from '../storage/schema.ts';

export type StoredGate = typeof gates.$inferSelect;

/** The live gate of a sensor, for as long as the transaction lasts. */
export async function liveGateOf(tx: Transaction, sensorId: string): Promise<StoredGate | null> {
  const [row] = await tx
    .select()
    .from(gates)
    .where(and(eq(gates.sensorId, sensorId), isNull(gates.revokedAt)))
    .for('update');
  return row ?? null;
}

/** A sensor's name, and the site that audit entries about it belong to. */
export async function sensorOf(tx: Transaction, sensorId: string) {
  const [row] = await tx
    .select({ name: sensors.name, siteId: sensors.siteId })
    .from(sensors)
    .where(eq(sensors.id, sensorId));
  if (row === undefined) throw new Error('a gate has lost its sensor');
  return row;
}

/** From now on its key counts no more; its sessions are over, and so are tokens for its sensor. */
export async function endGate(
  tx: Transaction,
  gate: StoredGate,
  by: StoredActor,
  now: Date,
): Promise<void> {
  await tx
    .update(gates)
    .set({ revokedAt: now, revokedBy: by, nextPublicKey: null })
    .where(eq(gates.id, gate.id));
  await tx
    .update(gateSessions)
    .set({ endedAt: now, endReason: 'revoked' })
    .where(and(eq(gateSessions.gateId, gate.id), isNull(gateSessions.endedAt)));
  await dropTokens(tx, gate.sensorId);
}

/** Tokens for the sensor that weren't used enrol nothing any more. */
export async function dropTokens(tx: Transaction, sensorId: string): Promise<void> {
  await tx
    .delete(gateEnrolments)
    .where(and(eq(gateEnrolments.sensorId, sensorId), isNull(gateEnrolments.usedAt)));
}

/** What is shown and audited of a gate. */
export function gateSummary({ id, publicKey, origin, enrolledAt }: StoredGate) {
  return { id, keyFingerprint: publicKey.kid, origin, enrolledAt: enrolledAt.toISOString() };
}
