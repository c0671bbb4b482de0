import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { EmbeddedServers } from '../../testing/embedded-servers.ts';
import { ask, makeEmbeddedServers } from '../../testing/embedded-servers.ts';

describe('the socket of a data directory deep down', () => {
  let servers: EmbeddedServers;
  let dataDir: string;
  let deep: string;

  beforeEach(async () => {
    servers = await makeEmbeddedServers();
    ({ dataDir } = servers);
    deep = join(dataDir, 'a'.repeat(60), 'b'.repeat(60));
    await mkdir(deep, { recursive: true });
  });
  afterEach(() => servers.remove());

  it('is in a short folder of its own, which goes with the server', async () => {
    const server = await servers.start(deep);
    const folder = server.connection.host;
    expect(Buffer.byteLength(join(folder, '.s.PGSQL.5432'))).toBeLessThanOrEqual(107);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    const other = await servers.start(deep);
    expect(other.connection.host).toBe(folder);
    await server.stop();
    expect(await stat(folder)).toBeDefined();
    await other.stop();
    await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is not put into a folder that others can reach', async () => {
    const server = await servers.start(deep);
    await server.stop();
    const open = await mkdtemp(join(tmpdir(), 'gatehouse-open-'));
    onTestFinished(() => rm(open, { recursive: true }));
    await chmod(open, 0o777);
    await writeFile(join(deep, 'postgres', 'socket-folder'), open);
    expect((await servers.start(deep)).connection.host).not.toBe(open);
  });

  it('is not shared by a copy of the data directory', async () => {
    const original = await servers.start(deep);
    const copy = join(dataDir, 'copy'.repeat(20), 'c'.repeat(60));
    await original.stop();
    await cp(join(deep, 'postgres'), join(copy, 'postgres'), { recursive: true });
    const again = await servers.start(deep);
    await writeFile(join(copy, 'postgres', 'socket-folder'), again.connection.host);
    const { uid, gid } = await stat(join(deep, 'postgres', 'data'));
    if (process.getuid?.() === 0) await own(join(copy, 'postgres'), uid, gid);
    const second = await servers.start(copy);
    expect(second.connection.host).not.toBe(again.connection.host);
    expect(await ask(second.superuser, 'show data_directory')).toEqual([
      { data_directory: join(copy, 'postgres', 'data') },
    ]);
  });
});

async function own(folder: string, uid: number, gid: number): Promise<void> {
  const child = spawn('chown', ['-R', `${uid}:${gid}`, join(folder, 'data'), join(folder, 'log')]);
  await once(child, 'exit');
}
