import { and, asc, count, eq, isNull, ne } from 'drizzle-orm';
import type { Provider } from '../../contract/sign-in-providers.ts';
import type { ProviderRemoval } from '../../contract/provider-removal.ts';
import { afterChange, inOrder, takesLastWayIn, waysIn } from '../../domain/ways-in.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { Asker, By } from '../http/asker.ts';
import type { Transaction } from '../storage/database.ts';
import { portalSessions, signInProviders } from '../storage/provider-schema.ts';
import { auditedCredential } from './credential-store.ts';
import { environmentId, environmentName } from './environment-registration.ts';
import { notActive, setPrimary } from './promote-provider.ts';
import type { ProviderDeps } from './provider-deps.ts';
import { nameOf, requireProvider, type StoredProvider } from './provider-store.ts';
import { answerOf, inProviderTurn, requireRevision, updateProvider } from './provider-turn.ts';
import { cameInBy } from './shown-provider.ts';

/** What retiring or deleting a provider would leave (R9), as of one moment. */
export async function reviewRemoval(
  id: string,
  asker: Asker,
  deps: ProviderDeps,
): Promise<ProviderRemoval> {
  return deps.database.db.transaction(
    async (tx) => {
      const { row } = await requireProvider(tx, id);
      const state = await deps.adminWays.read(tx);
      const change = { withoutProvider: row.id };
      return {
        allowed: !takesLastWayIn(state, change),
        yours: cameInBy(asker, row.id),
        openSessions: await openSessions(tx, row.id),
        nextPrimary: row.isPrimary ? await nextPrimary(tx, row.id, deps) : null,
        left: waysIn(inOrder(afterChange(state, change))).map(
          ({ provider, adminGroups, adminUsers }) => ({
            providerId: provider.id,
            providerName: provider.name,
            adminGroups: adminGroups.map((group) => group.displayName ?? group.id),
            adminUsers: adminUsers.map((user) => user.label),
          }),
        ),
      };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

async function openSessions(tx: Transaction, providerId: string): Promise<number> {
  const [row] = await tx
    .select({ open: count() })
    .from(portalSessions)
    .where(and(eq(portalSessions.providerId, providerId), isNull(portalSessions.endedAt)));
  return row?.open ?? 0;
}

interface Removal {
  readonly ifMatch: string | null;
  readonly acknowledged: boolean;
}

/** Lets a provider sign nobody in any more. Throws 409 `lockout` (R9), 412 for a stale revision (R7). */
export async function retire(
  id: string,
  removal: Removal,
  by: By,
  deps: ProviderDeps,
): Promise<Provider> {
  return inProviderTurn(by, deps, async ({ tx, audit }) => {
    const { row } = await removable(tx, id, removal, by, deps);
    if (row.status !== 'active') throw notActive();
    // First the provider: who signs in by it just now waits for that, or has a session to be ended.
    await updateProvider(tx, row, { status: 'retired', isPrimary: false, failure: null });
    // Other providers before sessions: see appendAudit.
    if (row.isPrimary) await choosePrimary(tx, row.id, deps);
    await deps.sessions.ofProvider(tx, row.id);
    audit('provider.retired', nameOf(row), {
      before: { status: row.status },
      after: { status: 'retired' },
    });
    return answerOf(tx, row.id, by, deps);
  });
}

/** Deletes a provider with its secrets; as `retire` besides. */
export async function remove(
  id: string,
  removal: Removal,
  by: By,
  deps: ProviderDeps,
): Promise<{ readonly deleted: true; readonly revision: string }> {
  return inProviderTurn(by, deps, async ({ tx, audit }) => {
    const { row, credentials } = await removable(tx, id, removal, by, deps);
    await tx.delete(signInProviders).where(eq(signInProviders.id, row.id));
    // Other providers before sessions: see appendAudit.
    if (row.isPrimary) await choosePrimary(tx, row.id, deps);
    await deps.sessions.ofProvider(tx, row.id);
    const { status, verified, draft } = row;
    audit('provider.deleted', nameOf(row), {
      before: { status, verified, draft, credentials: credentials.map(auditedCredential) },
    });
    return { deleted: true, revision: String(row.revision + 1) };
  });
}

async function removable(
  tx: Transaction,
  id: string,
  { ifMatch, acknowledged }: Removal,
  by: By,
  deps: ProviderDeps,
): Promise<StoredProvider> {
  const stored = await requireProvider(tx, id);
  requireRevision(stored, ifMatch, by, deps);
  if (stored.row.status !== 'active') return stored;
  await deps.adminWays.require(tx, { withoutProvider: stored.row.id });
  if (cameInBy(by.asker, stored.row.id) && !acknowledged) throw ownProvider();
  return stored;
}

function ownProvider(): ProblemError {
  return new ProblemError(
    409,
    'lockout',
    'You came in by this provider: you would be signed out, and would need another way in. Acknowledge that.',
    { details: { reason: 'own_provider' } },
  );
}

/** The primary one is gone: the environment's is it again, else the oldest that is active. */
async function choosePrimary(
  tx: Transaction,
  gone: string,
  { environment }: ProviderDeps,
): Promise<void> {
  if (environment !== null) return;
  const next = await oldestActive(tx, gone);
  if (next !== null) await setPrimary(tx, next.id);
}

async function nextPrimary(
  tx: Transaction,
  gone: string,
  { environment }: ProviderDeps,
): Promise<ProviderRemoval['nextPrimary']> {
  if (environment !== null) return { id: environmentId, name: environmentName };
  return oldestActive(tx, gone);
}

async function oldestActive(
  tx: Transaction,
  gone: string,
): Promise<{ readonly id: string; readonly name: string } | null> {
  const [next] = await tx
    .select({ id: signInProviders.id, verified: signInProviders.verified })
    .from(signInProviders)
    .where(and(eq(signInProviders.status, 'active'), ne(signInProviders.id, gone)))
    .orderBy(asc(signInProviders.createdAt), asc(signInProviders.id))
    .limit(1);
  return next === undefined ? null : { id: next.id, name: next.verified?.name ?? '' };
}
