import { and, eq, isNull, sql } from 'drizzle-orm';
import { gatePaths, keyChange, type PublicKey } from '../../contract/gate-protocol.ts';
import { ProblemError } from '../../server/problem-error.ts';
import { gates } from '../storage/gate-schema.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import { createAnnouncementLimit } from './announcement-limit.ts';
import { parseAssertion, requireBody, requireSignature } from './assertion.ts';
import type { Gate } from './gate.ts';
import { gateActor } from './gate-actor.ts';
import type { GateRoutes } from './gate-call.ts';
import { sensorOf } from './live-gate.ts';
import { isWellNamed } from './public-keys.ts';
import type { RedeemDependencies } from './redeem-enrolment.ts';

export interface KeyChangeDependencies extends RedeemDependencies {
  readonly changed: () => void;
}

/** PUT /gate/v1/key: both keys count from now on, until the next one is used. */
export function keyRoute(deps: KeyChangeDependencies): GateRoutes {
  const count = createAnnouncementLimit(deps.now);
  return (serveGate, { requireOnce }) => {
    serveGate(
      { method: 'PUT', url: gatePaths.key, body: keyChange },
      async ({ gate, body, request }) => {
        const { publicKey } = body;
        const proof = parseAssertion(body.proof);
        const right =
          isWellNamed(publicKey) && proof.kid === publicKey.kid && proof.claims.iss === gate.id;
        if (!right) throw wrongProof();
        await requireSignature(proof, publicKey);
        // The body can't vouch for itself: the proof is in it.
        requireBody(proof, null);
        requireOnce(proof, request);
        if (await isAnnounced(gate, publicKey, deps)) return undefined;
        count(gate.id);
        await announceKey(gate, publicKey, request.ip, deps);
        deps.changed();
        return undefined;
      },
    );
  };
}

/**
 * Has it been announced already? Throws ProblemError 409 `gate_key_current` for the gate's own key. Asks
 * the database: this very request may have been the first with that key, or another instance was told.
 */
async function isAnnounced(
  gate: Gate,
  next: PublicKey,
  { database }: Pick<RedeemDependencies, 'database'>,
): Promise<boolean> {
  const { publicKey, nextPublicKey } = gates;
  const [row] = await database.db
    .select({ publicKey, nextPublicKey })
    .from(gates)
    .where(eq(gates.id, gate.id));
  if (row?.publicKey.kid === next.kid) {
    throw new ProblemError(409, 'gate_key_current', 'This is the gate’s key already.');
  }
  return row?.nextPublicKey?.kid === next.kid;
}

async function announceKey(
  gate: Gate,
  next: PublicKey,
  address: string,
  { database, appendAudit, bumpRevision }: RedeemDependencies,
): Promise<void> {
  await database.db.transaction(async (tx) => {
    await takeWriteTurn(tx);
    const stored = await tx
      .update(gates)
      .set({ nextPublicKey: next })
      .where(and(eq(gates.id, gate.id), isNull(gates.revokedAt)))
      .returning({ id: gates.id });
    if (stored.length === 0) return;
    await bumpRevision(tx, 'gates');
    const sensor = await sensorOf(tx, gate.sensorId);
    await appendAudit(tx, {
      actor: gateActor(sensor.name),
      address,
      action: 'gate.keyAnnounced',
      outcome: 'succeeded',
      subject: sensor.name,
      siteIds: [sensor.siteId],
      before: { keyFingerprint: gate.publicKey.kid },
      after: { keyFingerprint: next.kid },
    });
  });
}

/** The gate has used its next key: it takes the place of the first, which counts no more. */
export async function promoteGateKey(
  gate: Gate,
  next: PublicKey,
  { database, appendAudit, bumpRevision, changed }: KeyChangeDependencies,
): Promise<void> {
  await database.db.transaction(async (tx) => {
    await takeWriteTurn(tx);
    const promoted = await tx
      .update(gates)
      .set({ publicKey: next, nextPublicKey: null })
      .where(and(eq(gates.id, gate.id), sql`${gates.nextPublicKey} ->> 'kid' = ${next.kid}`))
      .returning({ id: gates.id });
    // Another request of the gate was first.
    if (promoted.length === 0) return;
    await bumpRevision(tx, 'gates');
    const sensor = await sensorOf(tx, gate.sensorId);
    await appendAudit(tx, {
      actor: gateActor(sensor.name),
      address: null,
      action: 'gate.keyChanged',
      outcome: 'succeeded',
      subject: sensor.name,
      siteIds: [sensor.siteId],
      before: { keyFingerprint: gate.publicKey.kid },
      after: { keyFingerprint: next.kid },
    });
  });
  changed();
}

function wrongProof(): ProblemError {
  return new ProblemError(400, 'invalid_request', 'The proof isn’t by the key that is announced.', {
    errors: [{ path: '/proof', message: 'must be an assertion of this gate by the next key' }],
  });
}
