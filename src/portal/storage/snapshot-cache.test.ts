import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { openDatabase, type Database } from './database.ts';
import { bumpRevision } from './revisions.ts';
import { createSnapshotCache, type SnapshotCache } from './snapshot-cache.ts';

let database: TestDatabase;
let other: Database;
let cache: SnapshotCache;
let told: number;

beforeEach(async () => {
  database = await createTestDatabase();
  other = await openDatabase({ url: database.url, dataDir: '/nonexistent', poolSize: 1 });
  told = 0;
  cache = await createSnapshotCache(database, () => {
    told += 1;
  });
});
afterEach(async () => {
  cache.close();
  await other.close();
  await database.drop();
});

describe('createSnapshotCache', () => {
  it('reads once for all who ask at the same time, and answers from memory then', async () => {
    const [one, two] = await Promise.all([cache.current(), cache.current()]);
    expect(one).toBe(two);
    expect(cache.current()).toBe(one);
  });

  it('sees an own change with the next question', async () => {
    const before = await cache.current();
    await database.db.transaction((tx) => bumpRevision(tx, 'access'));
    cache.changed();
    expect((await cache.current()).revision).not.toBe(before.revision);
    expect(told).toBeGreaterThan(0);
  });

  it('keeps nothing that was read while something changed', async () => {
    const reading = cache.current();
    cache.changed();
    const fresh = await cache.current();
    await reading;
    expect(cache.current()).toBe(fresh);
  });

  it('hears of the changes of other instances', async () => {
    const before = await cache.current();
    await other.db.transaction((tx) => bumpRevision(tx, 'inventory'));
    await vi.waitFor(
      async () => {
        expect((await cache.current()).revision).not.toBe(before.revision);
      },
      { timeout: 20_000 },
    );
    expect(told).toBeGreaterThan(0);
  });
});
