import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmdirSync } from 'node:fs';
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startSource } from '../../testing/source-process.ts';
import type { Database } from './database.ts';
import { openDatabase } from './database.ts';
import { databaseAccount } from './postgres-account.ts';
import { findBinaries } from './postgres-binaries.ts';

const holder = new URL('../../testing/database-holder.ts', import.meta.url);
const isRoot = process.getuid?.() === 0;
let folder: string;
let opened: Database[];
let leftBehind: string[];

beforeEach(async () => {
  opened = [];
  leftBehind = [];
  folder = await realpath(await mkdtemp(join(tmpdir(), 'gatehouse-places-')));
});
afterEach(async () => {
  for (const database of opened) await database.close();
  for (const path of [...leftBehind, folder]) await rm(path, { recursive: true, force: true });
});

async function open(dataDir: string, log?: (line: string) => void): Promise<Database> {
  const database = await openDatabase({ dataDir, log });
  opened.push(database);
  return database;
}

describe('the data directory', () => {
  it('may be made by the start', async () => {
    await chmod(folder, 0o755);
    const dataDir = join(folder, 'not', 'there', 'yet');
    expect(await (await open(dataDir)).ping()).toEqual({ ready: true });
    expect((await stat(dataDir)).mode & 0o066).toBe(0);
    expect(await readdir(dataDir)).toContain('postgres');
  });

  it('is named when a file stands in its place', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(open(join(folder, 'file', 'data'))).rejects.toMatchObject({
      code: 'data_directory_not_writable',
      message: expect.stringMatching(/file\/data: a file stands .* GATEHOUSE_DATA_DIR/),
    });
  });

  it('is named when it can not be written to', async () => {
    // Root may write anywhere: an ordinary account tries.
    await chmod(folder, 0o555);
    const child = startSource(holder, [folder], isRoot ? { uid: 65_534, gid: 65_534 } : {});
    const line = await child.line(/./);
    expect(line).toMatch(
      /^data_directory_not_writable: .*the account that runs Gatehouse may not write there/,
    );
    await child.ended;
  });

  // Nobody else has another account for the database.
  it.each(isRoot ? ['root'] : [])(
    'keeps the database elsewhere where %s’s database account can not reach it',
    async () => {
      const dataDir = join(folder, 'data');
      const lines: string[] = [];
      await (await open(dataDir, (line) => lines.push(line))).close();
      const home = (await readFile(join(dataDir, 'postgres-location'), 'utf8')).trim();
      leftBehind.push(home);
      expect(lines.join()).toContain(`the database is kept in ${home}`);
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
      const again = await open(dataDir);
      expect(await again.ping()).toEqual({ ready: true });
      await again.close();
      await rm(home, { recursive: true });
      await expect(open(dataDir)).rejects.toMatchObject({
        message: expect.stringContaining('which is gone'),
      });
    },
  );

  // A disk that is soon full has to be mounted: containers seldom allow it.
  it.each(canMount() ? ['at the start and later'] : [])(
    'is named when its disk is full, %s',
    async () => {
      const disk = join(folder, 'disk');
      await mkdir(disk);
      await chmod(folder, 0o755);
      await mount(disk, '40m');
      await expect(open(disk)).rejects.toMatchObject({
        code: 'disk_full',
        message: expect.stringContaining(disk),
      });
      await unmount(disk);
      await mount(disk, '160m');
      try {
        const database = await open(disk);
        await database.pool.query('create table filler (bytes text)');
        await fill(join(disk, 'ballast'));
        expect(await database.ping()).toMatchObject({ ready: false, code: 'disk_full' });
        await unlink(join(disk, 'ballast'));
        await vi.waitFor(
          async () => expect(await database.ping()).toEqual({ ready: true }),
          20_000,
        );
        await database.pool.query(`insert into filler values ('there is space again')`);
        await fill(join(disk, 'ballast'));
        await database.close();
        await expect(open(disk)).rejects.toMatchObject({ code: 'disk_full' });
      } finally {
        for (const database of opened) await database.close();
        await unmount(disk);
      }
    },
  );
});

describe('the programs of PostgreSQL', () => {
  it('work without the links that npm leaves out, from a copy where they can not be made in place', async () => {
    const account = await databaseAccount(join(folder, 'data'));
    const { folder: bin } = await findBinaries(folder, account);
    const installed = join(folder, 'closed', 'package', 'native');
    await cp(dirname(bin), installed, { recursive: true, verbatimSymlinks: true });
    await cp(join(dirname(bin), '..', 'package.json'), join(installed, '..', 'package.json'));
    const links = JSON.parse(await readFile(join(installed, 'pg-symlinks.json'), 'utf8')) as {
      target: string;
    }[];
    for (const { target } of links) await unlink(join(installed, '..', target));
    await chmod(folder, 0o755);
    // Root's database account can't get in; anybody else can't make links there.
    await chmod(join(installed, 'lib'), 0o500);
    await chmod(join(folder, 'closed'), isRoot ? 0o700 : 0o755);
    const [one, other] = await Promise.all(
      [1, 2].map(() => findBinaries(folder, account, installed)),
    );
    expect(one?.folder).toBe(
      join(folder, 'postgres-server-' + (await packageVersion(installed)), 'native', 'bin'),
    );
    expect(other).toEqual(one);
    await chmod(join(installed, 'lib'), 0o700);
  });

  it('are said to be missing in words', async () => {
    const installed = join(folder, 'native');
    await mkdir(join(installed, 'bin'), { recursive: true });
    await writeFile(join(folder, 'package.json'), '{"version":"0"}');
    await expect(findBinaries(folder, undefined, installed)).rejects.toMatchObject({
      code: 'embedded_postgres_unavailable',
      message: expect.stringContaining('GATEHOUSE_DATABASE_URL'),
    });
  });
});

async function packageVersion(installed: string): Promise<string> {
  const text = await readFile(join(installed, '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function canMount(): boolean {
  if (!isRoot || process.platform !== 'linux') return false;
  const place = mkdtempSync(join(tmpdir(), 'gatehouse-mount-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', 'gatehouse-test', place]).status === 0;
  if (mounted) spawnSync('umount', [place]);
  rmdirSync(place);
  return mounted;
}

async function fill(path: string): Promise<void> {
  const child = spawn('dd', ['if=/dev/zero', `of=${path}`, 'bs=1M'], { stdio: 'ignore' });
  await once(child, 'exit');
}

async function mount(on: string, size: string): Promise<void> {
  const child = spawn('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'gatehouse-test', on], {
    stdio: 'inherit',
  });
  const [exitCode] = await once(child, 'exit');
  expect(exitCode).toBe(0);
}

async function unmount(path: string): Promise<void> {
  await once(spawn('umount', [path], { stdio: 'inherit' }), 'exit');
}
