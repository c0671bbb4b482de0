import { and, eq, gt, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { enrolmentRequest } from '../../contract/gate-protocol.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { AppendAudit } from '../storage/audit-log.ts';
import type { Database, Transaction } from '../storage/database.ts';
import type { RevisionName } from '../storage/revisions.ts';
import { gateEnrolments, gates } from '../storage/gate-schema.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import { tokenHash } from './enrolment-token.ts';
import { gateActor } from './gate-actor.ts';
import { endGate, gateSummary, liveGateOf, sensorOf } from './live-gate.ts';

export interface RedeemDependencies {
  readonly database: Pick<Database, 'db'>;
  readonly appendAudit: AppendAudit;
  readonly bumpRevision: (tx: Transaction, name: RevisionName) => Promise<void>;
  readonly now: () => Date;
}

export interface EnrolledGate {
  readonly gateId: string;
  readonly sensorId: string;
}

/**
 * Enrols a gate with a token, and ends the one that was there. The caller has made sure that the
 * key is in the gate's hands. Throws 403 for a token that was used, has expired or never was.
 */
export async function redeemEnrolment(
  request: z.output<typeof enrolmentRequest>,
  address: string,
  { database, appendAudit, bumpRevision, now }: RedeemDependencies,
): Promise<EnrolledGate> {
  const { token, publicKey, software, origin } = request;
  return database.db.transaction(async (tx) => {
    // Strangers don't get a turn.
    if (!(await isGood(tx, token, now()))) throw await tokenRefused(tx, token);
    await takeWriteTurn(tx);
    // One statement: of two who redeem at once, the row lets one through.
    const [enrolment] = await tx
      .update(gateEnrolments)
      .set({ usedAt: now() })
      .where(good(token, now()))
      .returning();
    if (enrolment === undefined) throw await tokenRefused(tx, token);
    const { sensorId, createdBy } = enrolment;
    const replaced = await liveGateOf(tx, sensorId);
    if (replaced !== null) await endGate(tx, replaced, createdBy, now());
    const [gate] = await tx
      .insert(gates)
      .values({ sensorId, publicKey, origin, software, enrolledAt: now(), enrolledBy: createdBy })
      .returning();
    if (gate === undefined) throw new Error('the gate wasn’t stored');
    await bumpRevision(tx, 'gates');
    const sensor = await sensorOf(tx, sensorId);
    await appendAudit(tx, {
      actor: gateActor(sensor.name),
      address,
      action: 'gate.enrolled',
      outcome: 'succeeded',
      subject: sensor.name,
      siteIds: [sensor.siteId],
      before: replaced === null ? null : gateSummary(replaced),
      after: { ...gateSummary(gate), software, tokenBy: createdBy.name },
    });
    return { gateId: gate.id, sensorId };
  });
}

function good(token: string, now: Date) {
  return and(
    eq(gateEnrolments.tokenHash, tokenHash(token)),
    isNull(gateEnrolments.usedAt),
    gt(gateEnrolments.expiresAt, now),
  );
}

async function isGood(tx: Transaction, token: string, now: Date): Promise<boolean> {
  return (await tx.select().from(gateEnrolments).where(good(token, now))).length > 0;
}

/** Says why: whoever has a token of ours may know what became of it. */
async function tokenRefused(tx: Transaction, token: string): Promise<ProblemError> {
  const [found] = await tx
    .select({ usedAt: gateEnrolments.usedAt })
    .from(gateEnrolments)
    .where(eq(gateEnrolments.tokenHash, tokenHash(token)));
  const mend = 'Make a new one on the sensor’s page: Enrol gate.';
  const [code, what] =
    found === undefined
      ? (['enrolment_token_unknown', 'isn’t known'] as const)
      : found.usedAt === null
        ? (['enrolment_token_expired', 'has expired: it is good for 15 minutes'] as const)
        : (['enrolment_token_used', 'has been used: it is good once'] as const);
  return new ProblemError(403, code, `This token ${what}. ${mend}`);
}
