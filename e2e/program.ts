import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { freePort } from './free-ports.ts';

const checkout = fileURLToPath(new URL('..', import.meta.url));
const cli = `${checkout}dist/cli.js`;

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface ProgramOptions {
  /** GATEHOUSE_* variables: none of this process's own are passed on. */
  readonly env?: Readonly<Record<string, string>>;
  readonly account?: Account | undefined;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What it printed on either stream. */
  readonly output: string;
}

/** The built program as a process group of its own, as a terminal starts it. */
export interface Program {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  readonly output: () => string;
  /** Resolves to what matches in the output, printed already or later. Rejects when it ends before. */
  readonly printed: (pattern: RegExp) => Promise<string>;
  /** Ctrl-C: the terminal signals the whole group. */
  readonly interrupt: () => void;
  /** What a supervisor sends, to the process alone. */
  readonly terminate: () => void;
  /** Kills the process alone, so that what it started stays behind. */
  readonly kill: () => void;
}

export function startProgram(args: readonly string[], options: ProgramOptions = {}): Program {
  return launch(process.execPath, [cli, ...args], options);
}

/** `npm start`, as people type it. */
export function startNpm(options: ProgramOptions): Program {
  return launch('npm', ['start'], options);
}

function launch(command: string, args: readonly string[], options: ProgramOptions): Program {
  const child = spawn(command, args, {
    cwd: options.account === undefined ? checkout : '/',
    env: { ...foreignEnvironment(), ...options.env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options.account,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('the program could not be started');
  let output = '';
  const collect = (chunk: Buffer): void => void (output += chunk.toString('utf8'));
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const ended = once(child, 'close').then(
    ([code, signal]: (number | NodeJS.Signals | null)[]): Ended => ({
      code: typeof code === 'number' ? code : null,
      signal: typeof signal === 'string' ? signal : null,
      output,
    }),
  );
  return {
    pid,
    ended,
    output: () => output,
    printed: (pattern) => waitFor(child, ended, () => pattern.exec(output)?.[0]),
    interrupt: () => void process.kill(-pid, 'SIGINT'),
    terminate: () => void process.kill(pid, 'SIGTERM'),
    kill: () => void process.kill(pid, 'SIGKILL'),
  };
}

/** Runs the built program to its end. */
export function runProgram(args: readonly string[], options?: ProgramOptions): Promise<Ended> {
  return startProgram(args, options).ended;
}

async function waitFor(
  child: ChildProcess,
  ended: Promise<Ended>,
  look: () => string | undefined,
): Promise<string> {
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    const more = child.stdout === null ? ended : once(child.stdout, 'data');
    const next = await Promise.race([more, ended]);
    if ('output' in next && look() === undefined) {
      throw new Error(
        `ended (${next.code ?? next.signal}) before it printed that:\n${next.output}`,
      );
    }
  }
}

function foreignEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('GATEHOUSE_') && !name.startsWith('VITEST'),
  );
  return Object.fromEntries(kept);
}

/** Command lines of whatever still runs of a program's group or on a data directory. */
export function leftRunning(dataDir: string, program?: Program): string[] {
  return execFileSync('ps', ['-A', '-o', 'pgid=,stat=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => !/^\s*\d+\s+Z/.test(line))
    .filter(
      (line) => line.includes(dataDir) || (program && Number.parseInt(line, 10) === program.pid),
    );
}

/** What the demo takes besides the portal's port: local Entra's, and those of its gates. */
export const demoPortOffsets = [1, 10, 11];

/** A port that is free, and the others with it that the demo takes. */
export function freeDemoPort(): Promise<number> {
  return freePort(demoPortOffsets);
}

/** What operators read has no stack trace and no object in it. */
export function expectPlainWords(output: string): void {
  expect(output).not.toMatch(/^\s+at |node:internal|\bError:|\[object /m);
}

/**
 * Ways to start a program as somebody who isn't root: as root, `nobody`; none where that account
 * doesn't get into the checkout.
 */
export const ordinaryAccounts: readonly { readonly account?: Account }[] = findOrdinaryAccounts();

function findOrdinaryAccounts(): { readonly account?: Account }[] {
  if (process.getuid?.() !== 0) return [{}];
  const account = { uid: 65_534, gid: 65_534 };
  const reached = spawnSync('test', ['-r', cli], { ...account, cwd: '/' });
  return reached.status === 0 ? [{ account }] : [];
}
