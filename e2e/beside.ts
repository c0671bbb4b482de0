import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server of somebody else's that a journey runs, on loopback. */
export interface Beside {
  stop(): Promise<void>;
}

export interface BesideOptions {
  readonly program: string;
  readonly args: readonly string[];
  readonly port: number;
  readonly signal?: NodeJS.Signals;
  /** Capturing from a network takes root. */
  readonly asRoot?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a program and waits until it listens. */
export async function startBeside(options: BesideOptions): Promise<Beside> {
  const { program, args, port, signal = 'SIGTERM', asRoot = false, env } = options;
  const sudo = asRoot && process.getuid?.() !== 0;
  const { child, log } = sudo
    ? launch('sudo', ['-n', program, ...args])
    : launch(program, args, env);
  const ended = endOf(child, program);
  let over = false;
  const noted = ended.finally(() => (over = true));
  noted.catch(() => undefined);
  while (!(await listens(port))) {
    if (over) throw new Error(`${program} ended with ${await ended}:\n${log.text}`);
    await sleep(20);
  }
  return {
    async stop() {
      child.kill(signal);
      await ended;
    },
  };
}

/** Runs a program to its end; resolves to its exit code and what it printed. */
export async function runBeside(
  program: string,
  args: readonly string[],
): Promise<{ code: number | null; output: string }> {
  const { child, log } = launch(program, args);
  return { code: await endOf(child, program), output: log.text };
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Servers lie in sbin, which an ordinary account's PATH may lack. */
function launch(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): { child: ChildProcess; log: Log } {
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin:/sbin`;
  const child = spawn(program, args, {
    env: { ...process.env, ...env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log: Log = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (log.text += chunk.toString('utf8')));
  }
  return { child, log };
}

interface Log {
  text: string;
}

/** Resolves to the exit code; rejects where there is no such program. */
async function endOf(child: ChildProcess, program: string): Promise<number | null> {
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return code;
  } catch (error) {
    throw new Error(`${program} can't be run here: npm test installs it (Debian, as root)`, {
      cause: error,
    });
  }
}

/** A folder that the workers of a server may read, which are nobody in particular. */
export async function readableFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `gatehouse-${name}-`));
  await chmod(folder, 0o755);
  return folder;
}

export const removeFolder = (folder: string) => rm(folder, { recursive: true, force: true });

const snippets = new URL('../docs/nginx/', import.meta.url);

/** A snippet of docs/nginx, with other addresses than the documented ones. */
export async function nginxSnippet(
  name: string,
  replaced: Readonly<Record<string, string>>,
): Promise<string> {
  let text = await readFile(new URL(name, snippets), 'utf8');
  for (const [documented, actual] of Object.entries(replaced)) {
    if (!text.includes(documented)) throw new Error(`${name} doesn't mention ${documented}`);
    text = text.replaceAll(documented, actual);
  }
  return text;
}

/** Lays a whole configuration of nginx into a folder, as Debian does: sites and snippets. */
export async function writeNginx(
  folder: string,
  site: string,
  snippet: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  await mkdir(join(folder, 'snippets'), { recursive: true });
  for (const [name, text] of Object.entries(snippet)) {
    await writeFile(join(folder, 'snippets', name), text);
  }
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${join(folder, name)};`)
    .join('\n  ');
  await writeFile(
    join(folder, 'nginx.conf'),
    `daemon off;
worker_processes 1;
pid ${join(folder, 'pid')};
error_log stderr warn;
events { worker_connections 512; }
http {
  ${temporary}
  access_log off;
  default_type text/html;
  ${site}
}
`,
  );
  return ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')];
}
