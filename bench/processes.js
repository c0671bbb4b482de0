// Starts and ends what the benchmarks measure: built programs, as processes of their own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts `node script …args`; resolves when `url` answers 200, or `anyAnswer`. */
export async function start(
  script,
  { args = [], env = {}, url, anyAnswer = false, within = 60_000 },
) {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const deadline = Date.now() + within;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${script} ended:\n${output}`);
    if (Date.now() > deadline) throw new Error(`${script} wasn't ready in time:\n${output}`);
    const response = await fetch(url).catch(() => null);
    if (anyAnswer ? response !== null : response?.ok) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    pid: child.pid,
    output: () => output,
    stop: async () => {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
    },
  };
}

/** Runs `node script …args` to its end and resolves with what it printed. */
export async function runToEnd(script, args, env) {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${script} ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}

/** Resident set in MB (Linux), what is shared with other programs of the machine included. */
export async function residentMemory(pid) {
  return kilobytesOf(pid, 'Rss').then((kilobytes) => kilobytes / 1024);
}

/** The most that it ever was, in MB (Linux). */
export async function mostMemory(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

/**
 * Memory in MB of processes that share some (Linux): private memory plus each one's share of the rest,
 * so that PostgreSQL's shared buffers aren't counted once for each backend.
 */
export async function proportionalMemory(pids) {
  let kilobytes = 0;
  for (const pid of pids) kilobytes += await kilobytesOf(pid, 'Pss');
  return kilobytes / 1024;
}

async function kilobytesOf(pid, figure) {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(new RegExp(`^${figure}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? 0);
}

/** Processor time that a process has used so far, all its threads together (Linux: in 1/100 s). */
export async function cpuSeconds(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** A process and all that descend from it (Linux). */
export async function familyOf(pid) {
  const parents = await parentsOfAll();
  const family = new Set([pid]);
  // Children can have lower ids than their parents: until nothing more is found.
  for (let before = 0; before < family.size;) {
    before = family.size;
    for (const [child, parent] of parents) if (family.has(parent)) family.add(child);
  }
  return [...family];
}

async function parentsOfAll() {
  const parents = new Map();
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  return parents;
}

/** Process ids of the PostgreSQL server that runs on a data directory, its backends included. */
export async function postgresOn(dataDir) {
  const found = [];
  const parents = await parentsOfAll();
  for (const pid of parents.keys()) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (command.includes('postgres') && command.includes(dataDir)) found.push(pid);
  }
  return [...parents.keys()].filter(
    (pid) => found.includes(pid) || found.includes(parents.get(pid)),
  );
}

/** Measures the processor time of several from now on; what has ended meanwhile counts no more. */
export async function cpuMeter(pids) {
  const before = new Map();
  for (const pid of pids) before.set(pid, await cpuSeconds(pid));
  return async () => {
    let used = 0;
    for (const [pid, seconds] of before) {
      const now = await cpuSeconds(pid);
      if (!Number.isNaN(now)) used += now - seconds;
    }
    return used;
  };
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
