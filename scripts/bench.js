// Runs the benchmarks, prints a table and writes JSON to .cache/bench/. One by name: npm run bench -- me
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { benchGateAuth } from '../bench/gate-auth.js';
import { benchGateMemory } from '../bench/gate-memory.js';
import { benchGateProxy } from '../bench/gate-proxy.js';
import { benchGates10000 } from '../bench/gates-10000.js';
import { benchGates100000 } from '../bench/gates-100000.js';
import { benchMe } from '../bench/me.js';
import { benchPage } from '../bench/page.js';
import { benchSignIn } from '../bench/sign-in.js';
import { benchStart } from '../bench/start.js';
import { benchWebSession } from '../bench/web-session.js';
import { root } from './run.js';

const benchmarks = {
  me: benchMe,
  'web-session': benchWebSession,
  'sign-in': benchSignIn,
  page: benchPage,
  start: benchStart,
  'gate-auth': benchGateAuth,
  'gate-proxy': benchGateProxy,
  'gate-memory': benchGateMemory,
  'gates-10000': benchGates10000,
  'gates-100000': benchGates100000,
};
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(
    `There is no benchmark "${unknown[0]}". There are: ${Object.keys(benchmarks).join(', ')}.`,
  );
  process.exit(2);
}

const number = (value) =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2);

const machine = { node: process.version, cores: cpus().length, memory: totalmem() };
const folder = `${root}.cache/bench`;
await mkdir(folder, { recursive: true });

for (const [name, benchmark] of Object.entries(benchmarks)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n${name}`);
  const rows = await benchmark();
  for (const row of rows) {
    const ratio = row.ratio === undefined ? '' : `ratio ${row.ratio.toFixed(2)}`;
    const aim = row.aim === undefined ? '' : `${row.reached ? 'reached' : 'MISSED'}: ${row.aim}`;
    console.log(
      `  ${row.what.padEnd(58)} ${number(row.value).padStart(9)} ${row.unit.padEnd(12)} ${ratio.padEnd(12)} ${aim}`,
    );
  }
  const at = new Date().toISOString();
  await writeFile(`${folder}/${name}.json`, `${JSON.stringify({ machine, at, rows }, null, 2)}\n`);
}
console.log('\nJSON: .cache/bench/, one file for each benchmark');
