import type { Asker } from '../http/asker.ts';
import { currentAsker } from '../http/current-asker.ts';
import type { AppendAudit } from '../storage/audit-log.ts';
import type { Database, Transaction } from '../storage/database.ts';
import type { RevisionName } from '../storage/revisions.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';

export interface SettingDeps {
  readonly database: Pick<Database, 'db'>;
  readonly appendAudit: AppendAudit;
  readonly bumpRevision: (tx: Transaction, name: RevisionName) => Promise<void>;
  /** Makes requests see the change at once: their snapshot is stale. */
  readonly changed: () => void;
}

/**
 * Runs a change of settings: one at a time, in one transaction, judged against what is in force
 * when its turn comes and not against what was when it was asked for.
 */
export async function inSettingTurn<T>(
  deps: SettingDeps,
  asker: Asker,
  change: (tx: Transaction, asker: Asker) => Promise<T>,
): Promise<T> {
  const result = await deps.database.db.transaction(async (tx) => {
    const revisions = await takeWriteTurn(tx);
    return change(tx, await currentAsker(tx, asker, revisions));
  });
  deps.changed();
  return result;
}
