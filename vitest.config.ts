import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    pool: 'forks',
    // By itself vitest leaves one core idle: on two, that is half of them.
    maxWorkers: availableParallelism(),
    include: ['src/**/*.test.{ts,tsx}'],
    globalSetup: ['src/testing/global-setup.ts'],
    // A first database server takes a second or two on a busy machine.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
