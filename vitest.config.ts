import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

/** Puts others in the place of modules, which only modules of its own let it do. */
const replacing = ['src/web/api/claims-challenge.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    // By itself vitest leaves one core idle: on two, that is half of them.
    maxWorkers: availableParallelism(),
    globalSetup: ['src/testing/global-setup.ts'],
    // A first database server takes a second or two on a busy machine.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}'],
          exclude: [...configDefaults.exclude, ...replacing],
          // A process of its own for each of 300 files takes longer than most of them.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'unit, apart', include: replacing } },
    ],
  },
});
