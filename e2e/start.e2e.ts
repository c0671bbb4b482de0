import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoDirectory } from '../src/demo/directory.ts';
import { postmasterPid } from '../src/testing/embedded-servers.ts';
import { occupy, release } from './free-ports.ts';
import {
  demoPortOffsets,
  expectPlainWords,
  leftRunning,
  ordinaryAccounts,
  runProgram,
  startNpm,
  startProgram,
  freeDemoPort,
  type Program,
  type ProgramOptions,
} from './program.ts';
import { openRecoverySession } from './recovery-session.ts';

const link = /https?:\S+#token=\S+/;
let dataDir: string;
let port: number;
let programs: Program[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-start-'));
  port = await freeDemoPort();
});

afterEach(async () => {
  for (const program of programs) if (leftRunning(dataDir, program).length > 0) program.interrupt();
  await Promise.all(programs.map(({ ended }) => ended));
  programs = [];
  await rm(dataDir, { recursive: true, force: true });
});

function options(env: Record<string, string> = {}): ProgramOptions {
  return { env: { GATEHOUSE_DATA_DIR: dataDir, GATEHOUSE_PORT: String(port), ...env } };
}

function start(command: 'demo' | 'portal'): Program {
  const program = startProgram([command], options());
  programs.push(program);
  return program;
}

async function stop(program: Program): Promise<void> {
  program.interrupt();
  expect(await program.ended).toMatchObject({ code: 0 });
  expect(leftRunning(dataDir, program)).toEqual([]);
}

describe('gatehouse demo', () => {
  it('prints its addresses, its people and a recovery link, and finds its state again', async () => {
    const first = start('demo');
    const firstLink = await first.printed(link);
    const output = first.output();
    expect(output).toContain(`http://localhost:${port}\n`);
    for (const offset of demoPortOffsets) {
      expect(output).toContain(`http://localhost:${port + offset} `);
    }
    for (const { upn, displayName, shows } of demoDirectory({ spaRedirectUris: [] }).people) {
      expect(output).toContain(upn ?? displayName);
      expect(output).toContain(shows);
    }
    expectPlainWords(output);
    const mark = await (await openRecoverySession(firstLink)).leaveMark();
    await stop(first);

    const second = start('demo');
    const session = await openRecoverySession(await second.printed(link));
    expect(await session.findMark(mark)).toBe(true);
    await expect(openRecoverySession(firstLink)).rejects.toThrow(/recovery/);
    await stop(second);
  });

  it('carries on after it was killed, with the database that stayed behind', async () => {
    const killed = start('demo');
    const mark = await (await openRecoverySession(await killed.printed(link))).leaveMark();
    const database = await postmasterPid(dataDir);
    killed.kill();
    await killed.ended;
    const next = start('demo');
    const session = await openRecoverySession(await next.printed(link));
    expect(await postmasterPid(dataDir)).toBe(database);
    expect(await session.findMark(mark)).toBe(true);
    await stop(next);
  });

  it.each([
    ['local Entra starts', (names: string[]) => names.includes('local-entra')],
    [
      'the database is made',
      (names: string[]) => names.some((name) => name.includes('unfinished')),
    ],
    ['the database starts', (names: string[]) => names.includes('postgres')],
  ])('leaves nothing running when Ctrl-C comes while %s', async (_when, begun) => {
    const program = start('demo');
    while (!begun(await readdir(dataDir))) await sleep(2);
    program.interrupt();
    const { output } = await program.ended;
    expectPlainWords(output);
    expect(leftRunning(dataDir, program)).toEqual([]);
    const next = start('demo');
    await next.printed(link);
    await stop(next);
  });

  it('is not disturbed by a second signal, which npm adds to that of the terminal', async () => {
    const program = start('demo');
    await program.printed(link);
    program.interrupt();
    program.interrupt();
    await sleep(20);
    program.terminate();
    expect(await program.ended).toMatchObject({ code: 0 });
    expect(leftRunning(dataDir, program)).toEqual([]);
  });

  it.each(['interrupt', 'terminate'] as const)(
    'leaves nothing running when npm start gets a signal: %s',
    async (signal) => {
      const program = startNpm(options());
      programs.push(program);
      await program.printed(link);
      program[signal]();
      const { output } = await program.ended;
      expectPlainWords(output);
      expect(leftRunning(dataDir, program)).toEqual([]);
    },
  );

  it.each([
    ['the portal’s', 0, 'The portal needs port'],
    ['local Entra’s', 1, 'Local Entra needs port'],
    ['a gate’s', 11, 'The gate of ANT-TF-01 needs port'],
  ])('says in words that %s port is taken', async (_whose, offset, words) => {
    const other = await occupy(port + offset);
    const { code, output } = await runProgram(['demo'], options());
    await release(other);
    expect(code).toBe(1);
    expect(output).toContain(`${words} ${port + offset}, but something else is using it.`);
    expect(output).toContain('GATEHOUSE_PORT');
    expectPlainWords(output);
    expect(leftRunning(dataDir)).toEqual([]);
  });

  it('says in words that the data directory can’t be made', async () => {
    const file = join(dataDir, 'file');
    await writeFile(file, '');
    const { code, output } = await runProgram(['demo'], {
      env: { GATEHOUSE_DATA_DIR: join(file, 'state'), GATEHOUSE_PORT: String(port) },
    });
    expect(code).toBe(1);
    expect(output).toMatch(
      /can't write to .*a file stands where a folder is needed.*GATEHOUSE_DATA_DIR/,
    );
    expectPlainWords(output);
  });

  // PostgreSQL refuses to run as root: being root and being anybody else are two ways to start.
  it.each(ordinaryAccounts)(
    'starts as an ordinary account, once it may write its data directory',
    async (account) => {
      const own = { ...options({ GATEHOUSE_DATA_DIR: join(dataDir, 'own') }), ...account };
      await chmod(dataDir, 0o555);
      const refused = await runProgram(['demo'], own);
      expect(refused.code).toBe(1);
      expect(refused.output).toMatch(/may not write there/);
      expectPlainWords(refused.output);

      await chmod(dataDir, 0o777);
      const program = startProgram(['demo'], own);
      programs.push(program);
      await openRecoverySession(await program.printed(link));
      await stop(program);
    },
  );
});

describe('gatehouse portal', () => {
  it('prints a recovery link while nobody can sign in', async () => {
    const program = start('portal');
    expect(await program.printed(link)).toContain(`http://localhost:${port}/recover#token=`);
    expectPlainWords(program.output());
    await stop(program);
  });

  it('says in words that its port is taken, and stops the database that it had started', async () => {
    const other = await occupy(port);
    const { code, output } = await runProgram(['portal'], options());
    await release(other);
    expect(code).toBe(1);
    expect(output).toContain(`Something else already listens on 127.0.0.1:${port}.`);
    expectPlainWords(output);
    expect(leftRunning(dataDir)).toEqual([]);
  });

  it('says in words that its database is away', async () => {
    const url = `postgresql://me:hunter2@127.0.0.1:${port}/gatehouse`;
    const { code, output } = await runProgram(['portal'], options({ GATEHOUSE_DATABASE_URL: url }));
    expect(code).toBe(1);
    expect(output).toContain(`127.0.0.1:${port}`);
    expect(output).not.toContain('hunter2');
    expectPlainWords(output);
  });

  it('says in words that its host isn’t one of this machine', async () => {
    const { code, output } = await runProgram(
      ['portal'],
      options({ GATEHOUSE_HOST: '203.0.113.1', GATEHOUSE_TRUST_PROXY: '203.0.113.2' }),
    );
    expect(code).toBe(1);
    expect(output).toContain('This machine has no address 203.0.113.1.');
    expectPlainWords(output);
    expect(leftRunning(dataDir)).toEqual([]);
  });
});
