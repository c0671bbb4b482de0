import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectHeading, launchBrowser, newVisitor, signIn } from './browser.ts';
import { startWorld, type World } from './world.ts';

let world: World;
let folder = '';

// React doubles renders and effects under StrictMode in its development build only.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-development-'));
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'development';
  await build({
    mode: 'development',
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, minify: false },
  });
  await build({
    mode: 'development',
    logLevel: 'error',
    configFile: 'vite.bridge.config.ts',
    build: { outDir: folder, emptyOutDir: false },
  });
  process.env['NODE_ENV'] = before;
  world = await startWorld({ pageFolder: pathToFileURL(`${folder}/`) });
});

afterAll(async () => {
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

it('signs in once although StrictMode runs every effect twice', async () => {
  const browser = await launchBrowser();
  const { page, complaints } = await newVisitor(browser);
  let redemptions = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/oauth2/v2.0/token'))
      redemptions += 1;
  });
  await page.goto(`${world.portal.origin}/my-access`);
  await signIn(page, 'bram.claes@contoso-plants.example');
  await expectHeading(page, 'My access');
  expect(redemptions).toBe(1);
  expect(complaints).toEqual([]);
  await browser.close();
});
