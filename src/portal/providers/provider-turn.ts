import { eq } from 'drizzle-orm';
import type { Provider } from '../../contract/sign-in-providers.ts';
import { staleRevision } from '../../server/problem-error.ts';
import type { By } from '../http/asker.ts';
import { stillAllowed } from '../http/current-asker.ts';
import { actorOf } from '../http/principal.ts';
import type { AuditEntry } from '../storage/audit-log.ts';
import type { Transaction } from '../storage/database.ts';
import { signInProviders } from '../storage/provider-schema.ts';
import { bumpRevision } from '../storage/revisions.ts';
import type { StoredActor } from '../storage/schema.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import type { ProviderRow } from './active-providers.ts';
import type { ProviderDeps } from './provider-deps.ts';
import { requireProvider, type StoredProvider } from './provider-store.ts';
import { shownProvider } from './shown-provider.ts';

export interface Turn {
  readonly tx: Transaction;
  readonly actor: StoredActor;
  /** Notes an entry in the asker's name; nothing secret may be in it (R20). */
  readonly audit: (
    action: string,
    subject: string,
    content: { readonly before?: unknown; readonly after?: unknown },
  ) => void;
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
    return auditedLast(tx, { actor, address }, deps, async (turn) => {
      const answer = await change(turn);
      if (matters(answer)) await bumpRevision(tx, 'provider');
      return answer;
    });
  });
  if (matters(result)) {
    deps.changed();
    deps.sessions.committed();
  }
  return result;
}

/** What isn't done, but was refused: by Microsoft, or by our own checks. */
const failures: ReadonlySet<string> = new Set(['provider.verificationFailed', 'provider.failing']);

/**
 * Does some work, and appends what it noted to the audit log when it has written everything: whoever
 * has the audit log's lock must wait for nobody (see appendAudit).
 */
export async function auditedLast<T>(
  tx: Transaction,
  { actor, address }: { readonly actor: StoredActor; readonly address: string | null },
  { appendAudit }: Pick<ProviderDeps, 'appendAudit'>,
  work: (turn: Turn) => Promise<T>,
): Promise<T> {
  const noted: AuditEntry[] = [];
  const audit: Turn['audit'] = (action, subject, content) => {
    const outcome = failures.has(action) ? 'refused' : 'succeeded';
    noted.push({ actor, address, action, outcome, subject, siteIds: [], ...content });
  };
  const answer = await work({ tx, actor, audit });
  for (const entry of noted) await appendAudit(tx, entry);
  return answer;
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
