import { chown, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  loadOrCreateSecretKeys,
  newSecretKey,
  replaceSecretKeyFile,
  watchSecretKeyFile,
} from './secret-key.ts';

describe('loadOrCreateSecretKeys', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-key-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('makes a key that only its owner can read, and finds it again', async () => {
    const dataDir = join(folder, 'new', 'data');
    const keys = await loadOrCreateSecretKeys(dataDir);
    expect(keys.map(({ length }) => length)).toEqual([32]);
    expect((await stat(join(dataDir, 'secret-key'))).mode & 0o777).toBe(0o600);
    expect(await loadOrCreateSecretKeys(dataDir)).toEqual(keys);
  });

  it('gives one key to all that start at once, and leaves nothing else behind', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => loadOrCreateSecretKeys(folder)));
    expect(new Set(keys.map(([key]) => key.toString('hex'))).size).toBe(1);
    expect(await readdir(folder)).toEqual(['secret-key']);
  });

  it('refuses a damaged key rather than replacing it', async () => {
    await writeFile(join(folder, 'secret-key'), 'c2hvcnQ=\n');
    await expect(loadOrCreateSecretKeys(folder)).rejects.toMatchObject({
      code: 'secret_key_invalid',
    });
    const whole = newSecretKey().toString('base64');
    await writeFile(join(folder, 'secret-key'), `${whole}\nc2hvcnQ=\n`);
    await expect(loadOrCreateSecretKeys(folder)).rejects.toMatchObject({
      code: 'secret_key_invalid',
    });
  });

  it('says in words that a file stands where the data directory should be', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(loadOrCreateSecretKeys(join(folder, 'file'))).rejects.toMatchObject({
      code: 'data_directory_not_writable',
      message: expect.stringContaining('a file stands where a folder is needed'),
    });
  });
});

describe('replaceSecretKeyFile', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-key-'));
    path = join(folder, 'secret-key');
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('is seen by whoever watches, and stays readable by its owner only', async () => {
    const [old] = await loadOrCreateSecretKeys(folder);
    const read = watchSecretKeyFile(path, [old], () => undefined);
    expect(read()).toEqual([old]);
    const another = newSecretKey();
    const { uid, gid } = await stat(path);
    await replaceSecretKeyFile(path, [another, old]);
    expect(read()).toEqual([another, old]);
    expect(await loadOrCreateSecretKeys(folder)).toEqual([another, old]);
    expect(await stat(path)).toMatchObject({ uid, gid });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['secret-key']);
  });

  it.runIf(process.getuid?.() === 0)('leaves the file to the portal’s account', async () => {
    const [old] = await loadOrCreateSecretKeys(folder);
    await chown(path, 65_534, 65_534);
    await replaceSecretKeyFile(path, [newSecretKey(), old]);
    expect(await stat(path)).toMatchObject({ uid: 65_534, gid: 65_534 });
  });

  it('keeps what was read last while the file is damaged or away, and says so', async () => {
    const keys = await loadOrCreateSecretKeys(folder);
    const told: unknown[] = [];
    const read = watchSecretKeyFile(path, keys, (error) => told.push(error));
    await writeFile(path, 'damaged');
    expect(read()).toEqual(keys);
    await rm(path);
    expect(read()).toEqual(keys);
    expect(told).toMatchObject([{ code: 'secret_key_invalid' }, { name: 'StorageError' }]);
  });
});
