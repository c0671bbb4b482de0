import { and, eq, gt } from 'drizzle-orm';
import { unauthorized } from '../http/credentials.ts';
import type { Identification } from '../http/identification.ts';
import type { ProblemError } from '../../server/problem-error.ts';
import type { Database } from '../storage/database.ts';
import { recoverySessions } from '../storage/recovery-schema.ts';
import { isSecret, secretHash } from './recovery-link.ts';
import { recoveryActor, type RedeemDependencies } from './redeem-recovery-link.ts';

/** The session that a cookie stands for. Asked of the database each time: closing it acts at once. */
export async function identifyRecovery(
  secret: string,
  { db }: Pick<Database, 'db'>,
  now: Date,
): Promise<Identification> {
  // What can't be one of ours isn't worth a question to the database.
  if (!isSecret(secret)) throw ended();
  const sessionHash = secretHash(secret);
  const [session] = await db
    .select({ endsAt: recoverySessions.endsAt })
    .from(recoverySessions)
    .where(
      and(
        eq(recoverySessions.idHash, sessionHash),
        eq(recoverySessions.closed, false),
        gt(recoverySessions.endsAt, now),
      ),
    );
  if (session === undefined) throw ended();
  return {
    principal: {
      kind: 'recovery',
      name: recoveryActor.name,
      sessionHash,
      sessionEndsAt: session.endsAt,
    },
    refusal: null,
    signInKey: null,
  };
}

function ended(): ProblemError {
  return unauthorized('recovery_session_ended', 'The recovery session has ended. Sign in again.');
}

/** Ends the session of a cookie; one that has ended already stays so. */
export async function closeRecovery(
  secret: string,
  address: string,
  { database, appendAudit }: RedeemDependencies,
): Promise<void> {
  await database.db.transaction(async (tx) => {
    const closed = await tx
      .update(recoverySessions)
      .set({ closed: true })
      .where(
        and(eq(recoverySessions.idHash, secretHash(secret)), eq(recoverySessions.closed, false)),
      )
      .returning({ idHash: recoverySessions.idHash });
    if (closed.length === 0) return;
    await appendAudit(tx, {
      actor: recoveryActor,
      address,
      action: 'recoverySession.closed',
      outcome: 'succeeded',
      subject: 'Recovery session',
      siteIds: [],
    });
  });
}
