import { asc, lt } from 'drizzle-orm';
import { clockTolerance } from '../../domain/clock.ts';
import { sessionPolicyBounds } from '../../domain/session-policy.ts';
import type { Drizzle, Transaction } from '../storage/database.ts';
import { sessionRevocations } from '../storage/gate-schema.ts';
import { revocationsOf, type BundleRevocations } from './bundle-revocations.ts';

/** What ends sessions at gates before their time, sorted by the gates that are told. */
export async function readRevocations(db: Pick<Drizzle, 'select'>): Promise<BundleRevocations> {
  return revocationsOf(
    await db.select().from(sessionRevocations).orderBy(asc(sessionRevocations.id)),
  );
}

/**
 * Forgets what no session can be left of. Within a transaction that bumps `gates`: whoever reads at
 * the same revision must read the same, so that all portals make the same bundles.
 */
export async function forgetRevocations(tx: Transaction, now: Date): Promise<void> {
  const longest = sessionPolicyBounds.totalMinutes.most * 60_000 + clockTolerance;
  const over = new Date(now.getTime() - longest);
  await tx.delete(sessionRevocations).where(lt(sessionRevocations.at, over));
}
