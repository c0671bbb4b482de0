import { appendAudit } from '../portal/audit/append.ts';
import type { TestDatabase } from './test-database.ts';

/** Somebody who has the audit log's lock, so that whoever audits waits. */
export interface HeldAuditLog {
  /** Until so many transactions of the database wait for a lock. */
  readonly waiting: (transactions: number) => Promise<void>;
  readonly release: () => Promise<void>;
}

export async function holdAuditLog({
  db,
  pool,
}: Pick<TestDatabase, 'db' | 'pool'>): Promise<HeldAuditLog> {
  const actor = { kind: 'system', name: 'Test', tenantId: null, objectId: null } as const;
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let done: Promise<void> = Promise.resolve();
  await new Promise<void>((resolve, reject) => {
    done = db.transaction(async (tx) => {
      const entry = { actor, address: null, action: 'test.held', subject: '', siteIds: [] };
      await appendAudit(tx, { ...entry, outcome: 'succeeded' });
      resolve();
      await released;
    });
    done.catch(reject);
  });
  return {
    async waiting(transactions) {
      for (;;) {
        const { rows } = await pool.query<{ waiting: string }>(
          `select count(*) as waiting from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`,
        );
        if (Number(rows[0]?.waiting) >= transactions) return;
      }
    },
    async release() {
      release();
      await done;
    },
  };
}
