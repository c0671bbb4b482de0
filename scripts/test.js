// Every check and every test, the browser ones included.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { findOrInstallChromium } from './chromium.js';
import { root, run, runBin } from './run.js';

const results = `${root}.cache/results`;

function vitest(name, args) {
  return runBin('vitest/vitest.mjs', [
    'run',
    ...args,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}/${name}.json`,
  ]);
}

/** @type {readonly (readonly [string, () => Promise<unknown>])[]} */
const checks = [
  ['types', () => runBin('typescript/bin/tsc', ['-b'])],
  ['lint', () => runBin('oxlint/bin/oxlint', ['--type-aware'])],
  ['format', () => runBin('oxfmt/bin/oxfmt', ['--check'])],
  ['dead code', () => runBin('knip/bin/knip.js', [])],
  ['build', () => run(process.execPath, [`${root}scripts/build.js`])],
  ['size', () => run(process.execPath, [`${root}scripts/size.js`])],
  ['unit and integration tests', () => vitest('unit', [])],
  ['journeys in a browser', () => vitest('journeys', ['--config', 'e2e/vitest.config.ts'])],
];

async function count() {
  const total = { passed: 0, failed: 0 };
  for (const name of ['unit', 'journeys']) {
    const report = JSON.parse(await readFile(`${results}/${name}.json`, 'utf8').catch(() => '{}'));
    total.passed += report.numPassedTests ?? 0;
    total.failed += report.numFailedTests ?? 0;
  }
  return total;
}

await rm(results, { recursive: true, force: true });
await mkdir(results, { recursive: true });
let failure = null;
try {
  process.env.CHROMIUM_PATH = await findOrInstallChromium();
  for (const [name, check] of checks) {
    console.log(`\n— ${name}`);
    await check();
  }
} catch (error) {
  failure = error;
}
const { passed, failed } = await count();
if (failure !== null) console.error(`\n${failure.message}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failure === null && failed === 0 && passed > 0 ? 0 : 1;
