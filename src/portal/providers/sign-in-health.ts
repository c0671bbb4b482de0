import { eq } from 'drizzle-orm';
import type { WebSignInFailure } from '../../domain/web-sign-in.ts';
import type { WebSignInError } from '../../entra/web-sign-in-error.ts';
import { signInProviders } from '../storage/provider-schema.ts';
import { bumpRevision } from '../storage/revisions.ts';
import { systemActor } from '../storage/schema.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import type { ActiveProviders, ProviderRow } from './active-providers.ts';
import type { ProviderDeps } from './provider-deps.ts';
import { findProvider, nameOf } from './provider-store.ts';
import { auditedLast } from './provider-turn.ts';

/**
 * What says something of the provider, unless it is by the browser: anybody can write the address
 * that theirs is sent to. Others are of one person; a refused credential has been noted with the one
 * that it was (noteRefusal).
 */
const telling: ReadonlySet<WebSignInFailure> = new Set([
  'id_token_invalid',
  'provider_unreachable',
  'provider_answer_invalid',
  'clock_off',
]);

/**
 * Remembers how sign-ins by a web application go. Nothing is written but when that changes: the
 * first failure, another one, and the first sign-in that works again.
 */
export async function noteSignIn(
  providerId: string,
  error: WebSignInError | null,
  active: ActiveProviders,
  deps: ProviderDeps,
): Promise<void> {
  if (error !== null && (error.byBrowser || !telling.has(error.code))) return;
  const known = (await active.current()).all.find(({ id }) => id === providerId);
  if (known?.type !== 'web') return;
  if (error === null && !known.failing) return;
  const written = await deps.database.db.transaction(async (tx) => {
    await takeWriteTurn(tx);
    const stored = await findProvider(tx, providerId);
    if (stored?.row.status !== 'active') return false;
    const { row } = stored;
    return auditedLast(tx, { actor: systemActor, address: null }, deps, async ({ audit }) => {
      const failure = failureAfter(row.failure, error, deps.now());
      if (failure === row.failure) return false;
      await tx.update(signInProviders).set({ failure }).where(eq(signInProviders.id, row.id));
      const action = failure === null ? 'provider.recovered' : 'provider.failing';
      audit(action, nameOf(row), { before: row.failure, after: failure });
      await bumpRevision(tx, 'provider');
      return true;
    });
  });
  if (written) deps.changed();
}

type Failure = ProviderRow['failure'];

/** The same object where nothing has changed: when it began is what is kept. */
function failureAfter(before: Failure, error: WebSignInError | null, now: Date): Failure {
  if (error === null) return null;
  const { code } = error;
  const { aadsts } = error.said;
  if (before?.code === code && before.aadsts === aadsts) return before;
  return { at: now.toISOString(), code, aadsts, credentialId: null };
}
