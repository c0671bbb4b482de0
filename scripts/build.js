// Builds servers and pages into dist/. What hasn't changed since the last build isn't built again,
// so that `npm start` on a built checkout costs next to nothing.
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { root, runBin } from './run.js';

const stamps = `${root}dist/.stamps`;

/** One hash over the content of files, by name. */
async function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of (await filesBelow(path)).sort((a, b) => (a < b ? -1 : 1))) {
      hash.update(file).update('\0');
      hash.update(await readFile(root + file)).update('\0');
    }
  }
  return hash.digest('hex');
}

async function filesBelow(path) {
  const info = await stat(root + path).catch(() => null);
  if (info === null) return [];
  if (info.isFile()) return [path];
  const entries = await readdir(root + path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => `${entry.parentPath.slice(root.length)}/${entry.name}`);
}

async function step(name, inputs, build) {
  const now = await fingerprint(inputs);
  const before = await readFile(`${stamps}/${name}`, 'utf8').catch(() => '');
  if (now === before) return;
  const started = Date.now();
  process.stdout.write(`Building ${name} … `);
  try {
    await build();
  } catch (error) {
    process.stdout.write('failed.\n');
    throw error;
  }
  await mkdir(stamps, { recursive: true });
  await writeFile(`${stamps}/${name}`, now);
  process.stdout.write(`${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

/** Scripts and styles are compressed once, as well as can be, and served as they lie. */
async function compressAssets() {
  const folder = `${root}dist/web/assets/`;
  const files = (await readdir(folder)).filter((name) => /\.(js|css)$/.test(name));
  await Promise.all(
    files.map(async (name) => {
      const content = await readFile(folder + name);
      await writeFile(`${folder}${name}.gz`, await promisify(gzip)(content, { level: 9 }));
      await writeFile(`${folder}${name}.br`, await promisify(brotliCompress)(content));
    }),
  );
}

const shared = [
  'package-lock.json',
  'tsconfig.base.json',
  'scripts/build.js',
  'src/domain',
  'src/contract',
];

try {
  await step(
    'servers',
    [
      ...shared,
      'src/tsconfig.json',
      'src/cli.ts',
      'src/commands',
      'src/entra',
      'src/server',
      'src/portal',
      'src/gate',
      'src/local-entra',
      'src/demo',
    ],
    async () => {
      // A dist folder that was removed by hand must not be taken for up to date.
      const present = await stat(`${root}dist/cli.js`).catch(() => null);
      if (present === null) await rm(`${root}.cache/types`, { recursive: true, force: true });
      await runBin('typescript/bin/tsc', ['-b', 'src'], { quiet: true });
    },
  );
  await step(
    'pages',
    [
      ...shared,
      'src/web',
      'index.html',
      'redirect.html',
      'vite.config.ts',
      'vite.bridge.config.ts',
      'public',
    ],
    async () => {
      await runBin('vite/bin/vite.js', ['build', '--logLevel', 'warn'], { quiet: true });
      await runBin(
        'vite/bin/vite.js',
        ['build', '--logLevel', 'warn', '--config', 'vite.bridge.config.ts'],
        { quiet: true },
      );
      await compressAssets();
    },
  );
} catch (error) {
  console.error(`The build failed: ${error.message}`);
  process.exitCode = 1;
}
