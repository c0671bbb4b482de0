import { eq } from 'drizzle-orm';
import type { Provider } from '../../contract/sign-in-providers.ts';
import { notFound, ProblemError } from '../../server/problem-error.ts';
import type { By } from '../http/asker.ts';
import type { Transaction } from '../storage/database.ts';
import { signInProviders } from '../storage/provider-schema.ts';
import { environmentId, environmentName } from './environment-registration.ts';
import type { ProviderDeps } from './provider-deps.ts';
import { requireProvider } from './provider-store.ts';
import { answerOf, inProviderTurn } from './provider-turn.ts';
import { shownEnvironment } from './shown-provider.ts';

/** Makes an active provider the one that SSO Sign-in uses; the one before stands below it. */
export async function makePrimary(id: string, by: By, deps: ProviderDeps): Promise<Provider> {
  const { environment } = deps;
  if (id === environmentId) {
    if (environment === null) throw notFound('provider');
    return inProviderTurn(by, deps, async ({ tx, audit }) => {
      const before = await clearPrimary(tx);
      if (before !== null) {
        audit('provider.promoted', environmentName, { before, after: { id } });
      }
      return shownEnvironment(environment, true, by.asker, deps);
    });
  }
  return inProviderTurn(by, deps, async ({ tx, audit }) => {
    const { row } = await requireProvider(tx, id);
    if (row.status !== 'active') throw notActive();
    if (!row.isPrimary) {
      const before = await clearPrimary(tx);
      await setPrimary(tx, row.id);
      audit('provider.promoted', row.verified?.name ?? '', {
        before: before ?? (environment === null ? null : { id: environmentId }),
        after: { id: row.id },
      });
    }
    return answerOf(tx, row.id, by, deps);
  });
}

export function notActive(): ProblemError {
  return new ProblemError(
    409,
    'provider_not_active',
    'This provider signs nobody in. Verify it first.',
  );
}

export async function setPrimary(tx: Transaction, id: string): Promise<void> {
  await tx.update(signInProviders).set({ isPrimary: true }).where(eq(signInProviders.id, id));
}

async function clearPrimary(tx: Transaction): Promise<{ readonly id: string } | null> {
  const [before] = await tx
    .update(signInProviders)
    .set({ isPrimary: false })
    .where(eq(signInProviders.isPrimary, true))
    .returning({ id: signInProviders.id });
  return before ?? null;
}
