import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { postmasterPid } from '../../testing/embedded-servers.ts';
import { startSource } from '../../testing/source-process.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';

const writer = new URL('../../testing/durability-writer.ts', import.meta.url);
const rounds = Array.from({ length: 10 }, (_, index) => index + 1);

/** Writes that were acknowledged in all rounds so far. */
const acknowledged: number[] = [];
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-kill-'));
});
afterAll(async () => {
  await (await startEmbeddedPostgres({ dataDir })).stop();
  await rm(dataDir, { recursive: true });
});

/** Lets a portal write, kills what `victims` names at a random moment, and keeps what it acknowledged. */
async function writeAndKill(
  victims: (writer: number, server: number[]) => number[],
): Promise<number | undefined> {
  const first = (acknowledged.at(-1) ?? 0) + 1_000;
  const portal = startSource(writer, [dataDir, String(first)]);
  onTestFinished(() => void portal.child.kill('SIGKILL'));
  const server = (await portal.line(/^server /)).split(' ').slice(1).map(Number);
  await portal.line(/^\d+$/);
  await sleep(Math.random() * 300);
  const postmaster = await postmasterPid(dataDir);
  // Not one after the other as a clean end would have it: any of them may be first.
  const killed = victims(portal.child.pid ?? 0, [postmaster ?? 0, ...server]).sort(
    () => Math.random() - 0.5,
  );
  for (const pid of killed) kill(pid);
  await portal.ended;
  const numbers = portal.lines.filter((line) => /^\d+$/.test(line)).map(Number);
  acknowledged.push(...numbers.sort((a, b) => a - b));
  return postmaster;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // A server process that has just ended by itself.
  }
}

/** Starts again as the next portal would, and looks at every row and every index. */
async function inspect(): Promise<{
  lost: number[];
  damaged: number;
  postmaster: number | undefined;
}> {
  const server = await startEmbeddedPostgres({ dataDir });
  const client = new pg.Client({ ...server.superuser, database: 'gatehouse' });
  await client.connect();
  try {
    const { rows } = await client.query<{ number: string; whole: boolean }>(
      `select number, digest = encode(sha256(convert_to(number || ' ' || content, 'UTF8')), 'hex') as whole from durability`,
    );
    const found = new Set(rows.map((row) => Number(row.number)));
    await client.query('create extension if not exists amcheck');
    await client.query(
      `select bt_index_check(indexrelid, true) from pg_index join pg_class on oid = indexrelid
       where relam = (select oid from pg_am where amname = 'btree') and relpersistence = 'p'`,
    );
    return {
      lost: acknowledged.filter((number) => !found.has(number)),
      damaged: rows.filter((row) => !row.whole).length,
      postmaster: await postmasterPid(dataDir),
    };
  } finally {
    await client.end();
    await server.stop();
  }
}

describe('a portal that is killed in the middle of writes', () => {
  it.each(rounds)('loses nothing when it is killed alone, round %i', async () => {
    const postmaster = await writeAndKill((portal) => [portal]);
    const found = await inspect();
    expect(found).toEqual({ lost: [], damaged: 0, postmaster });
  });

  it.each(rounds)('loses nothing when its database is killed with it, round %i', async () => {
    const before = acknowledged.length;
    const postmaster = await writeAndKill((portal, server) => [portal, ...server]);
    const found = await inspect();
    expect(acknowledged.length).toBeGreaterThan(before);
    expect(found).toMatchObject({ lost: [], damaged: 0 });
    expect(found.postmaster).not.toBe(postmaster);
  });
});
