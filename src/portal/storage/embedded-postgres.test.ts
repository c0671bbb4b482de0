import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { EmbeddedServers } from '../../testing/embedded-servers.ts';
import { ask, makeEmbeddedServers, postmasterPid } from '../../testing/embedded-servers.ts';
import { startSource } from '../../testing/source-process.ts';

const holder = new URL('../../testing/database-holder.ts', import.meta.url);
let servers: EmbeddedServers;
let dataDir: string;

beforeEach(async () => {
  servers = await makeEmbeddedServers();
  ({ dataDir } = servers);
});
afterEach(() => servers.remove());

const start = (folder?: string) => servers.start(folder);
const postmaster = () => postmasterPid(dataDir);

describe('startEmbeddedPostgres', () => {
  it('makes a database that is durable, private and in UTF-8', async () => {
    const server = await start();
    const [settings] = await ask(
      server.superuser,
      `select current_setting('fsync') as fsync, current_setting('listen_addresses') as listens,
              current_setting('timezone') as timezone, current_setting('data_checksums') as checksums,
              (select rolpassword like 'SCRAM-SHA-256$%' from pg_authid where rolname = 'gatehouse') as scram,
              (select rolsuper from pg_authid where rolname = 'gatehouse') as super`,
    );
    expect(settings).toEqual({
      fsync: 'on',
      listens: '',
      timezone: 'UTC',
      checksums: 'on',
      scram: true,
      super: false,
    });
    const [database] = await ask(
      server.connection,
      `select pg_encoding_to_char(encoding) as encoding, datlocprovider as provider, datlocale as locale
       from pg_database where datname = current_database()`,
    );
    expect(database).toEqual({ encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8' });
    await expect(ask(server.connection, 'create extension pg_trgm')).resolves.toEqual([]);
    await expect(
      ask({ ...server.connection, password: 'guess' }, 'select 1'),
    ).rejects.toMatchObject({ code: '28P01' });
    expect((await stat(join(dataDir, 'postgres', 'passwords.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(server.connection.host)).mode & 0o777).toBe(0o700);
  });

  it('finds the state of the first start at the second, and leaves nothing running', async () => {
    const first = await start();
    await ask(first.connection, 'create table kept (id int)');
    await first.stop();
    expect(await postmaster()).toBeUndefined();
    const second = await start();
    expect(await ask(second.connection, `select to_regclass('kept') as kept`)).toEqual([
      { kept: 'kept' },
    ]);
  });

  it('is shared by portals that start at once, and stops with the last of them', async () => {
    const [one, other] = await Promise.all([start(), start()]);
    await one.stop();
    expect(await ask(other.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
    await other.stop();
    expect(await postmaster()).toBeUndefined();
    expect((await readdir(dataDir)).filter((name) => name.includes('unfinished'))).toEqual([]);
  });

  it('is there for a portal that starts while another stops', async () => {
    let last = await start();
    for (let round = 0; round < 5; round += 1) {
      const [, next] = await Promise.all([last.stop(), start()]);
      expect(await ask(next.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
      last = next;
    }
  });

  it('adopts the server of a portal that was killed', async () => {
    const portal = startSource(holder, [dataDir]);
    await portal.line(/^open$/);
    const pid = await postmaster();
    portal.child.kill('SIGKILL');
    await portal.ended;
    const server = await start();
    expect(await postmaster()).toBe(pid);
    await server.stop();
    expect(await postmaster()).toBeUndefined();
  });

  it('survives a signal to the process group of its portal, which is still closing', async () => {
    const portal = startSource(holder, [dataDir]);
    await portal.line(/^open$/);
    const server = await start();
    process.kill(-(portal.child.pid ?? 0), 'SIGINT');
    await portal.ended;
    expect(await ask(server.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('stops with a portal that closes', async () => {
    const portal = startSource(holder, [dataDir]);
    await portal.line(/^open$/);
    portal.child.kill('SIGTERM');
    await portal.ended;
    expect(await postmaster()).toBeUndefined();
  });

  it('begins anew where the first start was killed in the middle', async () => {
    const portal = startSource(holder, [dataDir]);
    await vi.waitFor(async () => {
      expect((await readdir(dataDir)).some((name) => name.includes('unfinished'))).toBe(true);
    }, 20_000);
    process.kill(-(portal.child.pid ?? 0), 'SIGKILL');
    await portal.ended;
    expect(await readdir(dataDir)).not.toContain('postgres');
    const server = await start();
    expect(await ask(server.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect((await readdir(dataDir)).filter((name) => name.includes('unfinished'))).toEqual([]);
  });

  it('starts where the number of a crashed server belongs to another program by now', async () => {
    const first = await start();
    const pidFile = join(dataDir, 'postgres', 'data', 'postmaster.pid');
    const lockFile = join(first.connection.host, '.s.PGSQL.5432.lock');
    const [pidText, lockText] = [await readFile(pidFile, 'utf8'), await readFile(lockFile, 'utf8')];
    await first.stop();
    // Of the server's own account: PostgreSQL takes other accounts' processes for strangers itself.
    const { uid, gid } = await stat(join(dataDir, 'postgres', 'data'));
    const other = spawn('sleep', ['60'], { uid, gid, cwd: '/' });
    await once(other, 'spawn');
    onTestFinished(() => void other.kill());
    await writeFile(pidFile, pidText.replace(/^\d+/, String(other.pid)));
    await writeFile(lockFile, lockText.replace(/^\d+/, String(other.pid)));
    const second = await start();
    expect(await ask(second.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(other.exitCode).toBeNull();
  });

  it('starts the server again when it dies', async () => {
    const server = await start();
    const pid = await postmaster();
    process.kill(pid ?? 0, 'SIGKILL');
    await vi.waitFor(async () => {
      expect(await ask(server.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
      expect(await postmaster()).not.toBe(pid);
    }, 20_000);
    await server.stop();
    expect(await postmaster()).toBeUndefined();
  });

  it('knows a running server by whichever path', async () => {
    await start();
    const alias = `${dataDir}-alias`;
    await symlink(dataDir, alias);
    onTestFinished(() => rm(alias));
    const pid = await postmaster();
    const again = await start(alias);
    expect(await ask(again.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await postmaster()).toBe(pid);
  });

  it('says in words that a database is of another PostgreSQL', async () => {
    await (await start()).stop();
    await writeFile(join(dataDir, 'postgres', 'data', 'PG_VERSION'), '15\n');
    await expect(start()).rejects.toMatchObject({
      code: 'embedded_postgres_unavailable',
      message: expect.stringMatching(/made by PostgreSQL 15.*pg_dump/),
    });
  });

  it('says in words that the passwords are not the database’s', async () => {
    const server = await start();
    const passwords = JSON.stringify({ superuser: 'x', portal: 'y' });
    await writeFile(join(dataDir, 'postgres', 'passwords.json'), passwords);
    await expect(start()).rejects.toMatchObject({ code: 'database_authentication_failed' });
    await server.stop();
  });

  it('says in words why the server does not start', async () => {
    await (await start()).stop();
    await rm(join(dataDir, 'postgres', 'data', 'global', 'pg_control'));
    await expect(start()).rejects.toMatchObject({
      code: 'embedded_postgres_unavailable',
      message: expect.stringMatching(/pg_control.* log is /),
    });
  });
});
