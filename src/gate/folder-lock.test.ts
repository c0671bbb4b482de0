import { mkdtemp, readdir, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from './folder-lock.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

const lock = () => join(folder, 'gate.pid');
const leave = (holder: string) => symlink(holder, lock());
const tried = async (count: number) => {
  const attempts = Array.from({ length: count }, () => lockFolder(folder));
  const settled = await Promise.allSettled(attempts);
  return settled.filter(({ status }) => status === 'fulfilled').length;
};

describe('the lock of a data directory', () => {
  it('is had by one of several that come at once', async () => {
    expect(await tried(8)).toBe(1);
  });

  it.each([`${process.ppid} 1 00000000`, '4194304 1 00000000', 'nonsense', '-1', `${process.pid}`])(
    'of a gate that is gone is taken over by one of several, also where its number is another’s now: %s',
    async (holder) => {
      await leave(holder);
      expect(await tried(8)).toBe(1);
      expect(await readlink(lock())).toMatch(new RegExp(`^${process.pid} \\d+ `, 'u'));
      expect(await readdir(folder)).toEqual(['gate.pid']);
    },
  );

  it.each(['', `${process.ppid}\n`])('is nothing that lies there as a file: %j', async (text) => {
    await writeFile(lock(), text);
    expect(await tried(8)).toBe(1);
  });

  it('is given back once, and never another’s', async () => {
    const unlock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'runs_already' });
    await unlock();
    await leave('4194304 1 00000000');
    await unlock();
    expect(await readdir(folder)).toEqual(['gate.pid']);
  });
});
