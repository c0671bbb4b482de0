import type pg from 'pg';
import { freeMegabytes } from './data-directory.ts';
import type { DatabasePlace } from './database-error.ts';
import { databaseError, readOnly } from './database-error.ts';
import type { StorageErrorCode } from './storage-error.ts';

export type Readiness =
  | { readonly ready: true }
  | { readonly ready: false; readonly code: StorageErrorCode; readonly reason: string };

const patience = 3_000;
const leastFree = 16;

/** Whether the database takes reads and writes now. Never throws. `folder`: where its disk is ours to look at. */
export async function askReadiness(
  pool: pg.Pool,
  place: DatabasePlace,
  folder?: string,
): Promise<Readiness> {
  try {
    // First: a server without space soon doesn't answer at all, and this is why.
    if (folder !== undefined && (await freeMegabytes(folder)) < leastFree) {
      return { ready: false, code: 'disk_full', reason: `The disk that holds ${folder} is full.` };
    }
    const { rows } = await inTime(
      pool.query<{ readOnly: boolean }>(
        `select pg_is_in_recovery() or current_setting('transaction_read_only')::bool as "readOnly"`,
      ),
    );
    if (rows[0]?.readOnly)
      return { ready: false, code: 'database_read_only', reason: readOnly(place.name) };
    return { ready: true };
  } catch (error) {
    const { code, message } = databaseError(error, place);
    return { ready: false, code, reason: message };
  }
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('timeout')), patience);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
