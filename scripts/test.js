// Every check and every test, the browser ones included. One that fails doesn't hide the next.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { findOrInstallChromium } from './chromium.js';
import { journeyPrograms, requirePrograms } from './debian-packages.js';
import { root, run, runBin } from './run.js';

const results = `${root}.cache/results`;

function script(name) {
  return run(process.execPath, [`${root}scripts/${name}.js`]);
}

function vitest(name, args) {
  return runBin('vitest/vitest.mjs', [
    'run',
    ...args,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}/${name}.json`,
  ]);
}

const checks = {
  types: () => runBin('typescript/bin/tsc', ['-b']),
  lint: () => runBin('oxlint/bin/oxlint', ['--type-aware']),
  format: () => runBin('oxfmt/bin/oxfmt', ['--check']),
  'dead code': () => runBin('knip/bin/knip.js', []),
  build: () => script('build'),
  size: () => script('size'),
};
const tests = {
  unit: () => vitest('unit', []),
  journeys: async () => {
    process.env.CHROMIUM_PATH = await findOrInstallChromium();
    await requirePrograms(journeyPrograms);
    await vitest('journeys', ['--config', 'e2e/vitest.config.ts']);
  },
};

/** Runs each in turn; resolves to the names of those that failed. */
async function runAll(steps) {
  const failed = [];
  for (const [name, step] of Object.entries(steps)) {
    const started = Date.now();
    console.log(`\n— ${name}`);
    try {
      await step();
    } catch (error) {
      console.error(error.message);
      failed.push(name);
    }
    console.log(`(${((Date.now() - started) / 1000).toFixed(0)} s)`);
  }
  return failed;
}

/** Counts from what vitest wrote: a run that died, or that ran nothing, has no report of success. */
async function count(name) {
  const report = JSON.parse(await readFile(`${results}/${name}.json`, 'utf8').catch(() => '{}'));
  return { passed: report.numPassedTests ?? 0, failed: report.numFailedTests ?? 0 };
}

await rm(results, { recursive: true, force: true });
await mkdir(results, { recursive: true });
const failedChecks = await runAll(checks);
const failedRuns = await runAll(tests);
const counts = await Promise.all(Object.keys(tests).map(count));
const passed = counts.reduce((sum, each) => sum + each.passed, 0);
const failed = counts.reduce((sum, each) => sum + each.failed, failedChecks.length);
const empty = Object.keys(tests).filter((_name, index) => counts[index].passed === 0);

const troubles = [...new Set([...failedChecks, ...failedRuns, ...empty])];
if (troubles.length > 0) console.error(`\nNot in order: ${troubles.join(', ')}.`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = troubles.length === 0 ? 0 : 1;
