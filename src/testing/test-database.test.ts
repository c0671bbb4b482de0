import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from './test-database.ts';
import { createTestDatabase } from './test-database.ts';

describe('createTestDatabase', () => {
  let one: TestDatabase;
  let other: TestDatabase;

  beforeAll(async () => {
    [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  });
  afterAll(async () => {
    await Promise.all([one.drop(), other.drop()]);
  });

  it('gives migrated databases that know nothing of each other', async () => {
    await one.pool.query('create table mine (id int)');
    const { rows } = await other.pool.query(
      `select to_regclass('mine') as mine, to_regclass('sites') as sites`,
    );
    expect(rows).toEqual([{ mine: null, sites: 'sites' }]);
  });
});
