import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSealed, storeSealed } from '../../testing/sealed-rows.ts';
import { startSource } from '../../testing/source-process.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { appendAudit } from '../audit/append.ts';
import { keyId } from './sealed.ts';
import { dropUnusedKeys, rekey } from './sealed-rekey.ts';
import { readSealedUsage } from './sealed-usage.ts';
import { createSecretBox, type SecretBox } from './secret-box.ts';
import { loadOrCreateSecretKeys, newSecretKey, type SecretKeys } from './secret-key.ts';
import { keyPlace, openSecrets } from './secret-source.ts';

let database: TestDatabase;
let dataDir = '';
/** What a running portal has. */
let portal: SecretBox;
let told: string[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-rekey-'));
  told = [];
  portal = await openSecrets({ dataDir }, database, (message) => told.push(message));
  await storeSealed(database.pool, portal);
});
afterEach(async () => {
  await database.drop();
  await rm(dataDir, { recursive: true });
});

const keysInUse = async () => new Set((await readSealedUsage(database.db)).map(({ key }) => key));
const fileKeys = () => loadOrCreateSecretKeys(dataDir);
const change = () => rekey({ database, place: keyPlace({ dataDir }), appendAudit });
const finish = () => dropUnusedKeys({ database, place: keyPlace({ dataDir }), appendAudit }, true);

describe('rekey', () => {
  it('encrypts everything with another key, while a portal goes on reading and writing', async () => {
    const [old] = await fileKeys();
    const rekeyed = await change();
    const keys = await fileKeys();
    expect(keys).toHaveLength(2);
    expect(keys[1]).toEqual(old);
    expect(rekeyed).toMatchObject({ key: 'another', keyId: keyId(keys[0]) });
    expect(rekeyed.counts.map(({ count }) => count)).toEqual([1, 2, 3, 1]);
    expect(await keysInUse()).toEqual(new Set([keyId(keys[0])]));
    // The portal hasn't been told, and reads all of it; what it writes is under the new key.
    expect(await readSealed(database.pool, portal)).toBe(7);
    expect(portal.seal('x', 'y')).toContain(`v1.${keyId(keys[0])}.`);
    expect(told).toEqual([]);
    const { rows } = await database.pool.query('select action, actor, after from audit_events');
    expect(rows).toMatchObject([
      {
        action: 'secrets.rekeyed',
        actor: { kind: 'system' },
        after: { key: keyId(keys[0]), sessions: 3 },
      },
    ]);
    expect(JSON.stringify(rows)).not.toContain(keys[0].toString('base64'));
  });

  it('takes more than one batch', async () => {
    await database.pool.query('delete from portal_sessions');
    await storeSealed(database.pool, portal, 1234);
    const { counts } = await change();
    expect(counts.find(({ column }) => column.table === 'portal_sessions')?.count).toBe(1234);
    expect((await keysInUse()).size).toBe(1);
  });

  it('lets two operators change it one after the other', async () => {
    await Promise.all([change(), change()]);
    const keys = await fileKeys();
    expect(keys).toHaveLength(3);
    expect(await keysInUse()).toEqual(new Set([keyId(keys[0])]));
    expect(await readSealed(database.pool, portal)).toBe(7);
  });

  it('finishes what was begun before it makes another key', async () => {
    const [old] = await fileKeys();
    const begun: SecretKeys = [newSecretKey(), old];
    await keyPlace({ dataDir }).replace?.(begun);
    expect(await change()).toMatchObject({ key: 'first', keyId: keyId(begun[0]) });
    expect(await fileKeys()).toEqual(begun);
    expect(await keysInUse()).toEqual(new Set([keyId(begun[0])]));
    expect(await change()).toMatchObject({ key: 'another' });
  });

  it('goes by the environment where the key is there, and changes no file', async () => {
    const [old] = await fileKeys();
    const secretKeys: SecretKeys = [newSecretKey(), old];
    const before = await readFile(join(dataDir, 'secret-key'), 'utf8');
    const place = keyPlace({ dataDir, secretKeys });
    const rekeyed = await rekey({ database, place, appendAudit });
    expect(rekeyed).toMatchObject({ key: 'first', keyId: keyId(secretKeys[0]) });
    const again = await rekey({ database, place, appendAudit });
    expect(again.counts.map(({ count }) => count)).toEqual([0, 0, 0, 0]);
    expect(
      await readSealed(
        database.pool,
        createSecretBox(() => [secretKeys[0]]),
      ),
    ).toBe(7);
    expect(await dropUnusedKeys({ database, place, appendAudit }, true)).toEqual({
      dropped: [keyId(old)],
      kept: [keyId(secretKeys[0])],
    });
    expect(await readFile(join(dataDir, 'secret-key'), 'utf8')).toBe(before);
  });

  it('changes nothing where there is something that none of the keys reads', async () => {
    await writeFile(join(dataDir, 'secret-key'), `${newSecretKey().toString('base64')}\n`);
    const before = await fileKeys();
    await expect(change()).rejects.toMatchObject({
      code: 'secret_key_invalid',
      message: expect.stringContaining('2 client secrets and certificates'),
    });
    expect(await fileKeys()).toEqual(before);
  });

  it('drops the key before once nothing uses it', async () => {
    const [old] = await fileKeys();
    const stray = createSecretBox(() => [old]);
    await change();
    const [current] = await fileKeys();
    // Sealed before the change and stored after it.
    await database.pool.query('update notification_settings set sealed_secret = $1', [
      stray.seal('secret of notification_settings 1', 'webhook secret'),
    ]);
    expect(await finish()).toEqual({ dropped: [], kept: [keyId(current), keyId(old)] });
    expect(await change()).toMatchObject({ key: 'first' });
    expect(await finish()).toEqual({ dropped: [keyId(old)], kept: [keyId(current)] });
    expect(await fileKeys()).toEqual([current]);
    expect(await readSealed(database.pool, portal)).toBe(7);
  });
});

describe('a rekey that is killed', () => {
  const rekeyer = new URL('../../testing/rekeyer.ts', import.meta.url);
  const steps = [
    'turn',
    'key made',
    'key written',
    'gate_signing_keys',
    'provider_credentials',
    'portal_sessions',
    'notification_settings',
    'audited',
    'committed',
    'at random',
  ];

  it('loses nothing, at any step', { timeout: 120_000 }, async () => {
    await storeSealed(database.pool, portal, 700);
    const all = await readSealed(database.pool, portal);
    for (const step of steps) {
      const victim = startSource(rekeyer, [database.url, dataDir, step]);
      if (step === 'at random') {
        await victim.line(/ready/u);
        await sleep(Math.random() * 40);
        victim.child.kill('SIGKILL');
      }
      await victim.ended;
      const keys = await fileKeys();
      const fresh = createSecretBox(() => keys);
      expect([step, await readSealed(database.pool, portal)]).toEqual([step, all]);
      expect([step, await readSealed(database.pool, fresh)]).toEqual([step, all]);
    }
    await change();
    await finish();
    const [only, ...others] = await fileKeys();
    expect(others).toEqual([]);
    expect(
      await readSealed(
        database.pool,
        createSecretBox(() => [only]),
      ),
    ).toBe(all);
  });
});

describe('a start with the wrong key', () => {
  async function startWith(secretKeys?: SecretKeys): Promise<string> {
    const messages: string[] = [];
    const settings = { dataDir, ...(secretKeys && { secretKeys }) };
    await openSecrets(settings, database, (message) => messages.push(message));
    return messages.join('\n');
  }

  it('says what can’t be read and what to do, and starts', async () => {
    const [old] = await fileKeys();
    const wrong = newSecretKey();
    const beside = await startWith([wrong]);
    expect(beside).toContain(`2 client secrets and certificates (key ${keyId(old)})`);
    expect(beside).toContain('The file secret-key in the data directory has that key');
    expect(await startWith([wrong, old])).toBe('');
    await rm(join(dataDir, 'secret-key'));
    const lost = await startWith();
    expect(lost).toContain('enter client secrets, certificates and the webhook anew');
    expect(lost).not.toContain(old.toString('base64'));
  });
});
