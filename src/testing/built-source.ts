import { copyFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/**
 * Builds a TypeScript file with everything that it imports into one that Node runs at once: for tests
 * that start (and kill) a program a hundred times. Resolves to its path; its folder is to be removed.
 */
export async function buildSource(file: URL): Promise<{ folder: string; script: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-built-'));
  const root = fileURLToPath(new URL('../..', import.meta.url));
  // As deep as the source: what it reads by its own place is found.
  const outDir = join(folder, 'dist', 'testing');
  await copyFile(join(root, 'package.json'), join(folder, 'package.json'));
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: fileURLToPath(file),
      outDir,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'program.mjs', codeSplitting: false } },
    },
  });
  return { folder, script: join(outDir, 'program.mjs') };
}
