import { sql } from 'drizzle-orm';
import type { Drizzle } from '../storage/database.ts';
import { gates } from '../storage/gate-schema.ts';
import type { GateDirectoryKeeper, ProgressToWrite } from './gate-directory.ts';
import { progressColumns } from './gate-state.ts';

/** So many rows are locked at a time: reports of these gates wait as long. */
const atOnce = 5_000;
/** How much later than by its own time a row may be committed, and clocks of instances may differ. */
const overlap = 60_000;

/**
 * Writes when gates were seen and what they hold, and reads what other instances wrote of theirs.
 * Answers how to do it the next time: a function that does both, and throws where the database is away.
 */
export function createProgressExchange(
  db: Drizzle,
  directory: GateDirectoryKeeper,
  now: () => Date,
): () => Promise<void> {
  let readUntil = now().getTime();

  async function write(): Promise<void> {
    const unwritten = directory.takeUnwritten();
    for (let at = 0; at < unwritten.length; at += atOnce) {
      try {
        await writeRows(db, unwritten.slice(at, at + atOnce));
      } catch (error) {
        directory.giveBack(unwritten.slice(at));
        throw error;
      }
    }
  }

  return async () => {
    await write();
    const moment = directory.moment();
    const since = readUntil - overlap;
    const from = now().getTime();
    const rows = await db
      .select({ id: gates.id, ...progressColumns })
      .from(gates)
      .where(
        sql`${gates.revokedAt} is null and ${gates.lastSeenAt} > to_timestamp(${since / 1000})`,
      );
    directory.merge(rows, moment);
    readUntil = from;
  };
}

/** One statement for all: what is older than what is there stays out. */
async function writeRows(db: Drizzle, rows: readonly ProgressToWrite[]): Promise<void> {
  const list = <T>(pick: (row: ProgressToWrite) => T) => sql.param(rows.map(pick));
  await db.execute(sql`
    update gates set
      last_seen_at = greatest(gates.last_seen_at, to_timestamp(told.seen / 1000)),
      applied_tag = case when newer then told.tag else applied_tag end,
      applied_number = case when newer then told.number else applied_number end,
      applied_at = case when newer then to_timestamp(told.applied / 1000) else applied_at end
    from (
      select one.*, one.applied is not null and
        one.applied >= coalesce(extract(epoch from before.applied_at) * 1000 - 1, 0) as newer
      from unnest(
        ${list((row) => row.id)}::uuid[], ${list((row) => row.lastSeenAt)}::float8[],
        ${list((row) => row.appliedTag)}::text[], ${list((row) => row.appliedNumber)}::bigint[],
        ${list((row) => row.appliedAt)}::float8[]
      ) as one (id, seen, tag, number, applied)
      join gates before on before.id = one.id
    ) as told
    where gates.id = told.id`);
}
