import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './longest-first.ts';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    pool: 'forks',
    // Much of a journey is waiting for its browser.
    maxWorkers: Math.max(2, availableParallelism()),
    // Loading what they run takes each file two seconds: a journey leaves nothing behind in its process.
    isolate: false,
    include: ['e2e/**/*.e2e.ts'],
    sequence: { sequencer: LongestFirst },
    globalSetup: ['src/testing/global-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
