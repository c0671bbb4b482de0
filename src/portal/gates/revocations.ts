import { asc, lt } from 'drizzle-orm';
import { clockTolerance } from '../../domain/clock.ts';
import { sessionPolicyBounds, type Revocation } from '../../domain/session-policy.ts';
import type { Drizzle, Transaction } from '../storage/database.ts';
import { sessionRevocations } from '../storage/schema.ts';

/** What ends sessions at gates before their time, and at which gates. */
export interface StoredRevocation {
  readonly revocation: Revocation;
  /** The gate that has the session; null: every gate at these sites. */
  readonly gateId: string | null;
  /** Null: at every site. */
  readonly siteIds: readonly string[] | null;
}

/** The most that a bundle carries; beyond it the oldest are left out. */
const mostInBundle = 10_000;

/**
 * All that are kept, oldest first: the same for everybody who reads at the same `gates` revision,
 * because they are only ever added and forgotten together with one.
 */
export async function readRevocations(db: Pick<Drizzle, 'select'>): Promise<StoredRevocation[]> {
  const rows = await db.select().from(sessionRevocations).orderBy(asc(sessionRevocations.id));
  return rows.flatMap(
    ({ at, sessionId, gateId, tenantId, objectId, siteIds }): StoredRevocation[] => {
      if (sessionId !== null) {
        return [{ revocation: { kind: 'session', sessionId }, gateId, siteIds: null }];
      }
      if (tenantId === null || objectId === null) return [];
      const revocation: Revocation = { kind: 'person', tenantId, objectId, until: at.getTime() };
      return [{ revocation, gateId: null, siteIds }];
    },
  );
}

/** Those that a gate at this site must know. */
export function revocationsAt(
  list: readonly StoredRevocation[],
  at: { readonly gateId: string; readonly siteId: string },
): Revocation[] {
  return list
    .filter(({ gateId, siteIds }) =>
      gateId === null ? (siteIds?.includes(at.siteId) ?? true) : gateId === at.gateId,
    )
    .map(({ revocation }) => revocation)
    .slice(-mostInBundle);
}

/**
 * Forgets what no session can be left of. Within a transaction that bumps `gates`, so that all
 * portals go on telling the same.
 */
export async function forgetRevocations(tx: Transaction, now: Date): Promise<void> {
  const longest = sessionPolicyBounds.totalMinutes.most * 60_000 + clockTolerance;
  const over = new Date(now.getTime() - longest);
  await tx.delete(sessionRevocations).where(lt(sessionRevocations.at, over));
}
