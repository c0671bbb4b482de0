import { notFound } from '../../server/problem-error.ts';
import { requireAt, type Asker } from '../http/asker.ts';
import { currentAsker } from '../http/current-asker.ts';
import { actorOf } from '../http/principal.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import { requireSeen } from './create-enrolment.ts';
import { endGate, gateSummary, liveGateOf, sensorOf } from './live-gate.ts';
import type { RedeemDependencies } from './redeem-enrolment.ts';

export interface Revocation {
  readonly sensorId: string;
  /** The gate that the asker means. */
  readonly gateId: string;
  readonly asker: Asker;
  readonly address: string;
}

/**
 * Ends a gate: its key counts no more. Throws 403 and 404 (R10), and 409 where another gate has
 * taken its place.
 */
export async function revokeGateOf(
  { sensorId, gateId, asker, address }: Revocation,
  { database, appendAudit, bumpRevision, now }: RedeemDependencies,
): Promise<void> {
  const target = { kind: 'sensor', id: sensorId } as const;
  requireAt(asker, 'gate.enrol', target);
  await database.db.transaction(async (tx) => {
    const current = await currentAsker(tx, asker, await takeWriteTurn(tx));
    requireAt(current, 'gate.enrol', target);
    const gate = await liveGateOf(tx, sensorId);
    if (gate === null) throw notFound('gate');
    requireSeen(gate, gateId);
    const actor = actorOf(asker.principal);
    await endGate(tx, gate, actor, now());
    await bumpRevision(tx, 'gates');
    const sensor = await sensorOf(tx, sensorId);
    await appendAudit(tx, {
      actor,
      address,
      action: 'gate.revoked',
      outcome: 'succeeded',
      subject: sensor.name,
      siteIds: [sensor.siteId],
      before: gateSummary(gate),
    });
  });
}
