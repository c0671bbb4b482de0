import { and, eq } from 'drizzle-orm';
import type { GroupMapping } from '../../domain/group-mapping.ts';
import { actorOf } from '../http/principal.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { Transaction } from '../storage/database.ts';
import { bumpRevision } from '../storage/revisions.ts';
import { portalAccess, providers, type StoredActor } from '../storage/schema.ts';
import {
  takeProviderTurn,
  type By,
  type Candidate,
  type CandidateDependencies,
} from './candidate.ts';

export type ReplacePortalAccess = (
  tx: Transaction,
  permissions: GroupMapping,
  changedBy: StoredActor,
) => Promise<unknown>;

/**
 * Puts a candidate that passed its trial in force, together with its portal access: all of it or
 * nothing. Throws 409 where it is no longer the candidate that was tried.
 */
export async function activateCandidate(
  { id, registration, portalAccess: permissions }: Candidate,
  { asker, address }: By,
  { database, appendAudit }: CandidateDependencies,
  replacePortalAccess: ReplacePortalAccess,
): Promise<void> {
  const actor = actorOf(asker.principal);
  const { tenantId, clientId, apiClientId } = registration;
  await database.db.transaction(async (tx) => {
    await takeProviderTurn(tx, asker);
    const [candidate] = await tx
      .select({ id: providers.id })
      .from(providers)
      .where(and(eq(providers.id, id), eq(providers.status, 'candidate')))
      .for('update');
    if (candidate === undefined) {
      throw new ProblemError(
        409,
        'candidate_changed',
        'The candidate was changed while it was tried. Try it again.',
      );
    }
    const [before] = await tx
      .delete(providers)
      .where(eq(providers.status, 'active'))
      .returning({ tenantId: providers.tenantId, clientId: providers.clientId });
    await tx
      .update(providers)
      .set({ status: 'active', verifiedAt: new Date(), portalAccess: null })
      .where(eq(providers.id, id));
    await bumpRevision(tx, 'provider');
    const [access] = await tx.select({ permissions: portalAccess.permissions }).from(portalAccess);
    await replacePortalAccess(tx, permissions, actor);
    const common = { actor, address, outcome: 'succeeded', siteIds: [] } as const;
    await appendAudit(tx, {
      ...common,
      action: 'provider.activated',
      subject: `Tenant ${tenantId}`,
      before,
      after: { tenantId, clientId, apiClientId },
    });
    await appendAudit(tx, {
      ...common,
      action: 'portalAccess.changed',
      subject: 'Portal access',
      before: access?.permissions,
      after: permissions,
    });
  });
}
