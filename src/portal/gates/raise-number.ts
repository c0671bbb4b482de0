import { eq, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../storage/database.ts';
import { revisionChannel } from '../storage/revisions.ts';
import { stateRevisions } from '../storage/schema.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import type { BundleSource } from './bundle-source.ts';

/** A gate can't push the number further than this at a time, nor more often than once a minute. */
const mostAtOnce = 1_000_000;
const pause = 60_000;

export interface RaiseNumberDependencies {
  readonly database: Pick<Database, 'db'>;
  readonly source: Pick<BundleSource, 'compare' | 'fresh' | 'changed'>;
  readonly now: () => Date;
}

/**
 * Makes numbers go on rising after the database was restored from a backup: a gate that holds a
 * higher one than ours would refuse every bundle. `held`: the number of the bundle that it holds.
 */
export function createNumberRaiser({ database, source, now }: RaiseNumberDependencies) {
  let last = Number.NEGATIVE_INFINITY;

  return async (held: number): Promise<void> => {
    if ((await source.fresh()).number >= held) return;
    // Another instance may know more than this one.
    await source.compare();
    const { number } = await source.fresh();
    if (number >= held || now().getTime() - last < pause) return;
    last = now().getTime();
    await database.db.transaction(async (tx: Transaction) => {
      const revisions = await takeWriteTurn(tx);
      const missing = held - Object.values(revisions).reduce((sum, one) => sum + one, 0) + 1;
      if (missing <= 0) return;
      const value = revisions.gates + Math.min(missing, mostAtOnce);
      await tx.update(stateRevisions).set({ value }).where(eq(stateRevisions.name, 'gates'));
      await tx.execute(sql`select pg_notify(${revisionChannel}, 'gates')`);
    });
    source.changed();
  };
}
