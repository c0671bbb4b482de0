// Runs `main` of a TypeScript file in a process of its own, without a build: for tests that kill it.
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const [file, ...args] = process.argv.slice(2);
const { module } = await runnerImport(resolve(file), { configFile: false, logLevel: 'error' });
await module.main(args);
