import type { By } from '../http/asker.ts';
import { stillAllowed } from '../http/current-asker.ts';
import { actorOf } from '../http/principal.ts';
import type { Transaction } from '../storage/database.ts';
import type { StoredActor } from '../storage/schema.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import type { UserDeps } from './user-deps.ts';

interface Turn {
  readonly tx: Transaction;
  readonly actor: StoredActor;
  /** Appends an entry in the asker's name, after all else that is written (see appendAudit). */
  readonly audit: (
    action: string,
    subject: string,
    content: { readonly before?: unknown; readonly after?: unknown },
  ) => Promise<void>;
}

/**
 * Runs a change of portal users: one at a time, in one transaction, by somebody who may still do it
 * when their turn comes. Requests see it at once.
 */
export async function inUserTurn<T>(
  { asker, address }: By,
  { database, appendAudit, changed }: UserDeps,
  change: (turn: Turn) => Promise<T>,
): Promise<T> {
  const actor = actorOf(asker.principal);
  const by = { actor, address, outcome: 'succeeded', siteIds: [] } as const;
  const result = await database.db.transaction(async (tx) => {
    await stillAllowed(tx, asker, await takeWriteTurn(tx), 'user.edit');
    return change({
      tx,
      actor,
      audit: (action, subject, content) => appendAudit(tx, { ...by, action, subject, ...content }),
    });
  });
  changed();
  return result;
}
