import { eq } from 'drizzle-orm';
import type { Provider } from '../../contract/sign-in-providers.ts';
import { ProblemError, staleRevision } from '../../server/problem-error.ts';
import { stillAllowed } from '../http/current-asker.ts';
import { actorOf } from '../http/principal.ts';
import type { Transaction } from '../storage/database.ts';
import { signInProviders } from '../storage/provider-schema.ts';
import { bumpRevision } from '../storage/revisions.ts';
import type { StoredActor } from '../storage/schema.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import type { ProviderRow } from './active-providers.ts';
import type { By, ProviderDeps } from './provider-deps.ts';
import { requireProvider, type StoredProvider } from './provider-store.ts';
import { shownProvider } from './shown-provider.ts';

export interface Turn {
  readonly tx: Transaction;
  readonly actor: StoredActor;
  /** Appends to the audit log in the asker's name; nothing secret may be in it (R20). */
  readonly audit: (
    action: string,
    subject: string,
    content: { readonly before?: unknown; readonly after?: unknown },
  ) => Promise<void>;
}

/**
 * Runs a change of providers: one at a time, in one transaction, by somebody who may still do it
 * when their turn comes. Everybody hears of it, but where `matters` says that nothing has changed
 * that requests are judged by.
 */
export async function inProviderTurn<T>(
  { asker, address }: By,
  deps: ProviderDeps,
  change: (turn: Turn) => Promise<T>,
  matters: (result: T) => boolean = () => true,
): Promise<T> {
  const actor = actorOf(asker.principal);
  const result = await deps.database.db.transaction(async (tx) => {
    await stillAllowed(tx, asker, await takeWriteTurn(tx), 'provider.edit');
    const answer = await change({ tx, actor, audit: auditBy(tx, actor, address, deps) });
    if (matters(answer)) await bumpRevision(tx, 'provider');
    return answer;
  });
  if (matters(result)) {
    deps.changed();
    deps.sessions.committed();
  }
  return result;
}

/** What isn't done, but was refused: by Microsoft, or by our own checks. */
const failures: ReadonlySet<string> = new Set(['provider.verificationFailed', 'provider.failing']);

export function auditBy(
  tx: Transaction,
  actor: StoredActor,
  address: string | null,
  { appendAudit }: Pick<ProviderDeps, 'appendAudit'>,
): Turn['audit'] {
  return (action, subject, content) =>
    appendAudit(tx, {
      actor,
      address,
      action,
      outcome: failures.has(action) ? 'refused' : 'succeeded',
      subject,
      siteIds: [],
      ...content,
    });
}

/** Throws 412 with what is there now, where the revision is another one (R7). */
export function requireRevision(
  stored: StoredProvider,
  revision: string | null,
  { asker }: By,
  deps: ProviderDeps,
): void {
  if (String(stored.row.revision) === revision) return;
  throw staleRevision(shownProvider(stored, asker, deps));
}

/** Writes columns of a provider, and another revision with them. */
export async function updateProvider(
  tx: Transaction,
  { id, revision }: Pick<ProviderRow, 'id' | 'revision'>,
  set: Partial<ProviderRow>,
): Promise<void> {
  await tx
    .update(signInProviders)
    .set({ ...set, revision: revision + 1 })
    .where(eq(signInProviders.id, id));
}

/** What the API answers after a change. */
export async function answerOf(
  tx: Transaction,
  id: string,
  { asker }: By,
  deps: ProviderDeps,
): Promise<Provider> {
  return shownProvider(await requireProvider(tx, id), asker, deps);
}

/** 400 at one field of the request (R21). */
export function fieldProblem(path: string, message: string, code = 'invalid'): ProblemError {
  return new ProblemError(400, 'invalid_request', 'One field isn’t right.', {
    errors: [{ path, code, message }],
  });
}
