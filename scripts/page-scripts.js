// The scripts that a built page loads before it shows anything, and their size over the wire.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { root } from './run.js';

/**
 * Compressed bytes of a built page's entry script and of everything that it imports statically. Vite
 * itself lists those in the page: one `modulepreload` for each, however deep it is imported.
 */
export async function scriptBytes(folder, page) {
  return compressedBytes(folder, await scriptsOf(folder, page));
}

/** The same for a page that loads a part at once, by the name that the part's script begins with. */
export async function scriptBytesWith(folder, page, part) {
  const assets = await readdir(join(folder, 'assets'));
  const first = assets.find((name) => name.startsWith(`${part}-`) && name.endsWith('.js'));
  if (first === undefined) throw new Error(`${page} has no part ${part}: build it first.`);
  const found = new Set(await scriptsOf(folder, page));
  const waiting = [`assets/${first}`];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const script = await readFile(join(folder, file), 'utf8');
    const imports = script.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g);
    waiting.push(...[...imports].map(([, name]) => `assets/${name}`));
  }
  return compressedBytes(folder, [...found]);
}

async function scriptsOf(folder, page) {
  const html = await readFile(join(folder, page), 'utf8');
  const files = [...html.matchAll(/<(?:script|link)\s[^>]*>/g)]
    .filter(([tag]) => /type="module"|rel="modulepreload"/.test(tag))
    .map(([tag]) => /\s(?:src|href)="\.?\/?([^"]+)"/.exec(tag)?.[1]);
  if (files.length === 0 || files.includes(undefined)) {
    throw new Error(`${page} names no script: build it first (npm run build).`);
  }
  return files;
}

async function compressedBytes(folder, files) {
  const sizes = await Promise.all(
    files.map(async (file) => gzipSync(await readFile(join(folder, file))).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** The same for React and MSAL alone: what a page with this sign-in can't do without. */
export async function baselineBytes() {
  await mkdir(`${root}.cache`, { recursive: true });
  const folder = await mkdtemp(`${root}.cache/baseline-`);
  try {
    await writeFile(join(folder, 'index.html'), baselineHtml);
    await writeFile(join(folder, 'main.js'), baselineScript);
    const out = join(folder, 'out');
    await build({
      root: folder,
      configFile: false,
      logLevel: 'silent',
      build: { outDir: out, target: 'es2023', modulePreload: { polyfill: false } },
    });
    return await scriptBytes(out, 'index.html');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const baselineHtml = '<div id="root"></div><script type="module" src="./main.js"></script>';

const baselineScript = `
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { PublicClientApplication } from '@azure/msal-browser';
const client = new PublicClientApplication({ auth: { clientId: 'x' } });
await client.initialize();
await client.handleRedirectPromise();
const signIn = () => client.loginRedirect({ scopes: [] });
const button = createElement('button', { onClick: signIn }, 'Sign in');
createRoot(document.getElementById('root')).render(button);
`;
