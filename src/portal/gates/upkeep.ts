import { lt, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../storage/database.ts';
import type { RevisionName } from '../storage/revisions.ts';
import { gateEnrolments, securitySettings } from '../storage/gate-schema.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import { forgetRevocations } from './revocations.ts';

/** Said of tokens that were used or have expired, as long as somebody may try them. */
const tokensKept = 24 * 3_600_000;

export interface UpkeepDependencies {
  readonly database: Pick<Database, 'db'>;
  readonly bumpRevision: (tx: Transaction, name: RevisionName) => Promise<void>;
  readonly now: () => Date;
  readonly changed: () => void;
}

/**
 * Moves the end of bundles on, long before they end, and forgets what counts no more. To be called
 * every hour; any instance may do it.
 */
export async function keepUp(deps: UpkeepDependencies): Promise<void> {
  const { database, bumpRevision, now, changed } = deps;
  const dropUntil = new Date(now().getTime() - tokensKept);
  // By itself: nobody who waits for a turn may hold what others write in theirs.
  await database.db.delete(gateEnrolments).where(lt(gateEnrolments.expiresAt, dropUntil));
  const done = await database.db.transaction(async (tx) => {
    if (!(await isDue(tx, now()))) return false;
    await takeWriteTurn(tx);
    // Another instance may have had its turn first.
    if (!(await isDue(tx, now()))) return false;
    // Together: gates get another bundle once, and not for each of them.
    await tx.update(securitySettings).set({ bundlesRenewedAt: now() });
    await forgetRevocations(tx, now());
    await bumpRevision(tx, 'gates');
    return true;
  });
  if (done) changed();
}

/** A third of the days has passed, or one of them, whichever is less. */
async function isDue(tx: Transaction, now: Date): Promise<boolean> {
  const rows = await tx
    .select({ id: securitySettings.id })
    .from(securitySettings)
    .where(
      lt(
        securitySettings.bundlesRenewedAt,
        sql`${now.toISOString()}::timestamptz - least(${securitySettings.bundleDays} * interval '8 hours', interval '1 day')`,
      ),
    );
  return rows.length > 0;
}
