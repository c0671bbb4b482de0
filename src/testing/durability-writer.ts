import { createHash, randomBytes } from 'node:crypto';
import { openDatabase } from '../portal/storage/database.ts';

/**
 * Writes numbered rows from several connections for ever, and prints each number after its commit.
 * First it prints the process ids of the server: `server 12 13 14`.
 */
export async function main([dataDir = '', first = '0']: string[]): Promise<void> {
  const writers = 4;
  const { pool } = await openDatabase({ dataDir, poolSize: writers });
  await pool.query(
    'create table if not exists durability (number bigint primary key, content text, digest text not null)',
  );
  await Promise.all(Array.from({ length: writers }, () => pool.query('select pg_sleep(0.05)')));
  const { rows } = await pool.query<{ pid: number }>('select pid from pg_stat_activity');
  process.stdout.write(`server ${rows.map((row) => row.pid).join(' ')}\n`);
  let next = Number(first);
  const write = async (): Promise<void> => {
    for (;;) {
      const number = next++;
      const content = randomBytes(400).toString('base64');
      const digest = createHash('sha256').update(`${number} ${content}`).digest('hex');
      await pool.query('insert into durability values ($1, $2, $3)', [number, content, digest]);
      process.stdout.write(`${number}\n`);
    }
  };
  // The server is killed under it: that ends it, and is no news.
  await Promise.all(Array.from({ length: writers }, write)).catch(() => process.exit(1));
}
