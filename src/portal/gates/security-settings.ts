import { eq } from 'drizzle-orm';
import type { SecuritySettings } from '../../contract/security.ts';
import type { SessionPolicy } from '../../domain/session-policy.ts';
import type { Asker } from '../http/asker.ts';
import { stillAllowed } from '../http/current-asker.ts';
import { actorOf } from '../http/principal.ts';
import { requireContext } from '../http/step-up.ts';
import { staleRevision } from '../../server/problem-error.ts';
import type { AppendAudit } from '../storage/audit-log.ts';
import type { Database, Drizzle } from '../storage/database.ts';
import { bumpRevision } from '../storage/revisions.ts';
import { securitySettings } from '../storage/gate-schema.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';

type Row = typeof securitySettings.$inferSelect;

export async function readSecuritySettings(db: Pick<Drizzle, 'select'>): Promise<SecuritySettings> {
  const [row] = await db.select().from(securitySettings);
  return shown(requireRow(row));
}

export interface SecurityChange {
  readonly sessionPolicy: SessionPolicy;
  /** Undefined: it stays as it is. */
  readonly stepUpContext: string | null | undefined;
  readonly ifMatch: string | null;
  readonly asker: Asker;
  readonly address: string;
  readonly now: Date;
}

export interface SecurityDeps {
  readonly database: Pick<Database, 'db'>;
  readonly appendAudit: AppendAudit;
}

/**
 * Replaces the session policy whole; every gate gets a bundle with it. Whoever sets a context for
 * changes must have come through it themself (R19): else nobody might be able to change it back.
 * Throws 412 for a stale revision (R7).
 */
export async function changeSecuritySettings(
  { sessionPolicy, stepUpContext: asked, ifMatch, asker, address, now }: SecurityChange,
  { database, appendAudit }: SecurityDeps,
): Promise<SecuritySettings> {
  return database.db.transaction(async (tx) => {
    await stillAllowed(tx, asker, await takeWriteTurn(tx), 'security.edit');
    const [found] = await tx.select().from(securitySettings).for('update');
    const row = requireRow(found);
    const before = shown(row);
    if (before.revision !== ifMatch) throw staleRevision(before);
    const policyStays = samePolicy(before.sessionPolicy, sessionPolicy);
    const stepUpContext = asked === undefined ? before.stepUpContext : asked;
    if (policyStays && stepUpContext === before.stepUpContext) return before;
    if (stepUpContext !== null && stepUpContext !== before.stepUpContext) {
      requireContext(asker.principal, stepUpContext);
    }
    const actor = actorOf(asker.principal);
    const [changed] = await tx
      .update(securitySettings)
      .set({
        ...sessionPolicy,
        stepUpContext,
        // Fewer days, counted from the last renewal, could end bundles that are only being signed.
        ...(policyStays ? {} : { bundlesRenewedAt: now }),
        revision: row.revision + 1,
        changedAt: now,
        changedBy: actor,
      })
      .where(eq(securitySettings.id, 1))
      .returning();
    if (!policyStays) await bumpRevision(tx, 'gates');
    // Sessions of the portal and step-up are judged by the snapshot.
    await bumpRevision(tx, 'access');
    const after = shown(requireRow(changed));
    await appendAudit(tx, {
      actor,
      address,
      action: 'securitySettings.changed',
      outcome: 'succeeded',
      subject: 'Security settings',
      siteIds: [],
      before: { sessionPolicy: before.sessionPolicy, stepUpContext: before.stepUpContext },
      after: { sessionPolicy: after.sessionPolicy, stepUpContext: after.stepUpContext },
    });
    return after;
  });
}

function samePolicy(a: SessionPolicy, b: SessionPolicy): boolean {
  return (
    a.idleMinutes === b.idleMinutes &&
    a.totalMinutes === b.totalMinutes &&
    a.bundleDays === b.bundleDays
  );
}

function shown({
  revision,
  idleMinutes,
  totalMinutes,
  bundleDays,
  stepUpContext,
}: Row): SecuritySettings {
  return {
    revision: String(revision),
    sessionPolicy: { idleMinutes, totalMinutes, bundleDays },
    stepUpContext,
  };
}

function requireRow(row: Row | undefined): Row {
  if (row === undefined) throw new Error('security_settings has lost its row');
  return row;
}
