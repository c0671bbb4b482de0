// From `npm start` on a built checkout to ready, and memory at rest with the database's.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  freePort,
  median,
  postgresOn,
  proportionalMemory,
  residentMemory,
  root,
  start,
} from './processes.js';

/** Seconds from the command to the demo's "ready" line, and to a bare `node -e 0` for comparison. */
async function timed(command, args, env, ready) {
  const started = performance.now();
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  if (ready === null) {
    await exited;
    return (performance.now() - started) / 1000;
  }
  let output = '';
  for await (const chunk of child.stdout) {
    output += chunk;
    if (output.includes(ready)) break;
  }
  const seconds = (performance.now() - started) / 1000;
  // Ctrl-C, as a terminal sends it: to the whole group.
  process.kill(-(child.pid ?? 0), 'SIGINT');
  await exited;
  if (!output.includes(ready)) throw new Error(`npm start printed no "${ready}":\n${output}`);
  return seconds;
}

export async function benchStart() {
  const dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'));
  try {
    // Two free ports in a row: local Entra takes the one after the portal's.
    const port = (await freePort()) - 1;
    const env = { GATEHOUSE_PORT: String(port), GATEHOUSE_DATA_DIR: dataDir };
    const samples = [];
    for (let run = 0; run < 6; run += 1) {
      samples.push(await timed('npm', ['start'], env, 'ready after'));
    }
    const [first = 0, ...later] = samples;
    const nodeAlone = [];
    for (let run = 0; run < 5; run += 1)
      nodeAlone.push(await timed(process.execPath, ['-e', '0'], {}, null));

    const rest = await start(`${root}dist/cli.js`, {
      args: ['portal'],
      env,
      url: `http://localhost:${port}/readyz`,
    });
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    const portal = await residentMemory(rest.pid);
    const database = await proportionalMemory(await postgresOn(dataDir));
    await rest.stop();
    return [
      { what: 'node -e 0', value: median(nodeAlone), unit: 's', samples: nodeAlone },
      { what: 'npm start, first time (makes the database)', value: first, unit: 's' },
      {
        what: 'npm start, later',
        value: median(later),
        unit: 's',
        aim: 'at most 5 s',
        reached: median(later) <= 5,
        samples: later,
      },
      { what: 'portal at rest', value: portal, unit: 'MB (RSS)' },
      { what: 'its database at rest', value: database, unit: 'MB (PSS)' },
      {
        what: 'portal and database at rest',
        value: portal + database,
        unit: 'MB',
        aim: 'at most 250 MB',
        reached: portal + database <= 250,
      },
    ];
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
