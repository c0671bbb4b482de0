import { and, eq, inArray } from 'drizzle-orm';
import { providerVerifications, signInProviders } from '../storage/provider-schema.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import { failed, skipRest } from './checks.ts';
import type { ProviderDeps } from './provider-deps.ts';
import { nameOf } from './provider-store.ts';
import { auditedLast } from './provider-turn.ts';

/**
 * Does some of the work of a verification. Where the portal itself fails in it, that has failed: the
 * page that looks on isn't left to wait.
 */
export async function orEnded<T>(
  verificationId: string,
  address: string,
  work: () => Promise<T>,
  deps: ProviderDeps,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // Where the database is away, it reads as abandoned after its ten minutes.
    await end(verificationId, address, deps).catch(() => undefined);
    throw error;
  }
}

/** What was found stays; the rest wasn't tried. */
async function end(verificationId: string, address: string, deps: ProviderDeps): Promise<void> {
  await deps.database.db.transaction(async (tx) => {
    await takeWriteTurn(tx);
    const [row] = await tx
      .select()
      .from(providerVerifications)
      .where(
        and(
          eq(providerVerifications.id, verificationId),
          inArray(providerVerifications.state, ['running', 'judging']),
        ),
      );
    if (row === undefined) return;
    // Where every check was made, it failed to put what passed in force.
    const next = row.checks.find(({ state }) => state === 'waiting') ?? row.checks.at(-1);
    const broken = next === undefined ? [] : [failed(next.name, portalFailed)];
    const made = row.checks.filter(({ state, name }) => state !== 'waiting' && name !== next?.name);
    const names = row.checks.map(({ name }) => name);
    const checks = skipRest([...made, ...broken], names);
    const [provider] = await tx
      .select()
      .from(signInProviders)
      .where(eq(signInProviders.id, row.providerId));
    const subject = provider === undefined ? row.providerId : nameOf(provider);
    const after = { failed: broken.map(({ name }) => name), aadsts: null };
    await auditedLast(tx, { actor: row.startedBy, address }, deps, async ({ audit }) => {
      await tx
        .update(providerVerifications)
        .set({ state: 'failed', checks, finishedAt: deps.now() })
        .where(eq(providerVerifications.id, row.id));
      audit('provider.verificationFailed', subject, { after });
    });
  });
}

const portalFailed =
  'The portal itself failed here, and its log says why. Nothing was activated. Select Verify Integration again.';
