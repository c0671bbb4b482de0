import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import type { AuditEntry } from '../storage/audit-log.ts';
import { appendAudit } from './append.ts';
import { canonicalJson } from './entry-hash.ts';
import { verifyAuditChain } from './verify.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 8 });
});
afterAll(() => database.drop());

const entry: AuditEntry = {
  actor: { kind: 'entra', name: 'Zoë', tenantId: 't', objectId: 'o' },
  address: '::1',
  action: 'thing.changed',
  outcome: 'succeeded',
  subject: 'A thing',
  siteIds: ['0A1B2C3D-0000-4000-8000-00000000000A'],
  before: { z: 1, a: [{ y: null, b: 'ü' }] },
  after: { at: new Date(0), nothing: undefined, number: 1e21 },
};
const append = (change: Partial<AuditEntry> = {}) =>
  database.db.transaction((tx) => appendAudit(tx, { ...entry, ...change }));

/** As somebody with the database’s own password could: around the triggers. */
async function tamper(statement: string): Promise<void> {
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    await client.query('alter table audit_events disable trigger user');
    await client.query(statement);
    await client.query('alter table audit_events enable trigger user');
    await client.query('commit');
  } finally {
    client.release();
  }
}

describe('the audit log', () => {
  it('is empty and intact at first', async () => {
    expect(await verifyAuditChain(database)).toMatchObject({ intact: true, entries: 0 });
  });

  it('is one chain, whoever appends at the same time', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => append({ subject: `${index}` })));
    await append({ before: undefined, after: null, address: null });
    expect(await verifyAuditChain(database)).toMatchObject({ intact: true, entries: 21 });
  });

  it('has no entry of a change that was rolled back', async () => {
    const failing = database.db.transaction(async (tx) => {
      await appendAudit(tx, entry);
      throw new Error('the change failed');
    });
    await expect(failing).rejects.toThrow('the change failed');
    expect(await verifyAuditChain(database)).toMatchObject({ intact: true, entries: 21 });
  });

  it('refuses to be changed', async () => {
    for (const statement of [
      `update audit_events set subject = 'x'`,
      'delete from audit_events',
      'truncate audit_events',
    ]) {
      await expect(database.pool.query(statement)).rejects.toThrow('append-only');
    }
  });

  it('shows where it was changed, cut or relinked', async () => {
    await tamper(`update audit_events set subject = 'forged' where sequence = 5`);
    expect(await verifyAuditChain(database)).toEqual({
      intact: false,
      sequence: 5,
      problem: 'changed',
    });
    await tamper(`update audit_events set hash = repeat('0', 64) where sequence = 3`);
    expect(await verifyAuditChain(database)).toEqual({
      intact: false,
      sequence: 3,
      problem: 'changed',
    });
    await tamper(`update audit_events set previous_hash = repeat('1', 64) where sequence = 2`);
    expect(await verifyAuditChain(database)).toEqual({
      intact: false,
      sequence: 2,
      problem: 'broken_link',
    });
    await tamper('delete from audit_events where sequence = 1');
    expect(await verifyAuditChain(database)).toEqual({
      intact: false,
      sequence: 1,
      problem: 'missing',
    });
  });
});

describe('canonicalJson', () => {
  it('doesn’t depend on the order of keys', () => {
    const text = canonicalJson({ b: [{ d: 1, c: 2 }], a: { y: null, x: 'é' } });
    expect(text).toBe('{"a":{"x":"é","y":null},"b":[{"c":2,"d":1}]}');
    expect(canonicalJson({ a: { x: 'é', y: null }, b: [{ c: 2, d: 1 }] })).toBe(text);
  });
});
