import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadOrCreateSecretKey } from './secret-key.ts';

describe('loadOrCreateSecretKey', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-key-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('makes a key that only its owner can read, and finds it again', async () => {
    const dataDir = join(folder, 'new', 'data');
    const key = await loadOrCreateSecretKey(dataDir);
    expect(key).toHaveLength(32);
    expect((await stat(join(dataDir, 'secret-key'))).mode & 0o777).toBe(0o600);
    expect(await loadOrCreateSecretKey(dataDir)).toEqual(key);
  });

  it('gives one key to all that start at once, and leaves nothing else behind', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => loadOrCreateSecretKey(folder)));
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
    expect(await readdir(folder)).toEqual(['secret-key']);
  });

  it('refuses a damaged key rather than replacing it', async () => {
    await writeFile(join(folder, 'secret-key'), 'c2hvcnQ=\n');
    await expect(loadOrCreateSecretKey(folder)).rejects.toMatchObject({
      code: 'secret_key_invalid',
    });
  });

  it('says in words that a file stands where the data directory should be', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(loadOrCreateSecretKey(join(folder, 'file'))).rejects.toMatchObject({
      code: 'data_directory_not_writable',
      message: expect.stringContaining('a file stands where a folder is needed'),
    });
  });
});
