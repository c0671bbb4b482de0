// Bytes of script of the sign-in page against React and MSAL alone; opening the page to Overview.
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { clientIds, demoDirectory, demoPassword } from '../dist/demo/directory.js';
import { seedPortalAccess } from '../dist/demo/seed.js';
import { startLocalEntra } from '../dist/local-entra/app.js';
import { findOrInstallChromium } from '../scripts/chromium.js';
import { freePort, median, root, runToEnd, start } from './processes.js';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const kilobytes = (bytes) => bytes / 1000;

/** React and MSAL alone, in the same build set-up: what any such page must load. */
async function baselineBytes() {
  const folder = await mkdtemp(join(root, '.cache/bench-baseline-'));
  try {
    await mkdir(join(folder, 'out'));
    await writeFile(
      join(folder, 'index.html'),
      '<div id="root"></div><script type="module" src="./main.js"></script>',
    );
    await writeFile(
      join(folder, 'main.js'),
      `import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { PublicClientApplication } from '@azure/msal-browser';
const client = new PublicClientApplication({ auth: { clientId: 'x' } });
await client.initialize();
await client.handleRedirectPromise();
createRoot(document.getElementById('root')).render(createElement('button', { onClick: () => client.loginRedirect() }, 'in'));`,
    );
    await build({
      root: folder,
      configFile: false,
      logLevel: 'silent',
      build: { outDir: 'out', modulePreload: { polyfill: false }, target: 'es2023' },
    });
    let bytes = 0;
    for (const file of await readdir(join(folder, 'out'), { recursive: true })) {
      if (file.endsWith('.js')) bytes += gzipSync(await readFile(join(folder, 'out', file))).length;
    }
    return bytes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function benchPage() {
  await mkdir(`${root}.cache`, { recursive: true });
  const executablePath = await findOrInstallChromium();
  const dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const directory = demoDirectory({ spaRedirectUris: [`${origin}/redirect.html`] });
  const entra = await startLocalEntra({ port: 0, directory });
  const env = {
    GATEHOUSE_PORT: String(port),
    GATEHOUSE_DATA_DIR: dataDir,
    GATEHOUSE_LOG_LEVEL: 'warn',
    GATEHOUSE_ENTRA_TENANT_ID: entra.tenantId,
    GATEHOUSE_ENTRA_CLIENT_ID: clientIds.portal,
    GATEHOUSE_ENTRA_LOGIN_URL: entra.origin,
    GATEHOUSE_GRAPH_URL: `${entra.origin}/graph`,
  };
  const portal = await start(`${root}dist/cli.js`, {
    args: ['portal'],
    env,
    url: `${origin}/readyz`,
  });
  const browser = await chromium.launch({ executablePath, args: flags });
  try {
    const link = /https?:\S+#token=\S+/.exec(
      await runToEnd(`${root}dist/cli.js`, ['recover'], env),
    );
    await seedPortalAccess(origin, link[0]);

    const context = await browser.newContext();
    const page = await context.newPage();
    const scripts = new Map();
    let apiCalls = [];
    page.on('response', async (response) => {
      const url = new URL(response.url());
      if (url.origin !== origin) return;
      if (url.pathname.endsWith('.js')) {
        const body = await response.body().catch(() => null);
        if (body !== null) scripts.set(url.pathname, gzipSync(body).length);
      }
      if (url.pathname.startsWith('/api/')) apiCalls.push(url.pathname);
    });
    await page.goto(origin);
    await page.getByRole('button', { name: 'SSO Sign-in' }).waitFor();
    await page.waitForLoadState('networkidle');
    const signInScripts = [...scripts.values()].reduce((sum, bytes) => sum + bytes, 0);
    const baseline = await baselineBytes();

    // A person without MFA signs in once; then the page is opened anew in the same session.
    await page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await signInAtEntra(page, `bram.claes@${directory.tenant.domain}`);
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    const times = [];
    const bare = [];
    let calls = 0;
    for (let run = 0; run < 7; run += 1) {
      apiCalls = [];
      let started = performance.now();
      await page.goto(origin);
      await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
      await page.getByText('sensors', { exact: false }).first().waitFor();
      times.push((performance.now() - started) / 1000);
      calls = Math.max(calls, apiCalls.length);
      const blank = await context.newPage();
      started = performance.now();
      await blank.goto(`${origin}/healthz`);
      bare.push((performance.now() - started) / 1000);
      await blank.close();
    }
    return [
      { what: 'React and MSAL alone', value: kilobytes(baseline), unit: 'kB gzip' },
      {
        what: 'scripts of the sign-in page',
        value: kilobytes(signInScripts),
        unit: 'kB gzip',
        ratio: signInScripts / baseline,
        aim: 'at most 1.5 of React and MSAL alone',
        reached: signInScripts <= baseline * 1.5,
      },
      { what: 'opening /healthz, an empty page', value: median(bare), unit: 's', samples: bare },
      {
        what: 'opening the page to Overview, signed in',
        value: median(times),
        unit: 's',
        ratio: median(times) / median(bare),
        samples: times,
      },
      {
        what: 'API calls until then',
        value: calls,
        unit: 'calls',
        aim: 'at most 2',
        reached: calls <= 2,
      },
    ];
  } finally {
    await browser.close();
    await portal.stop();
    await entra.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function signInAtEntra(page, userPrincipalName) {
  await page
    .getByLabel(/Email, phone|User name|Sign in/i)
    .first()
    .fill(userPrincipalName);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Password').fill(demoPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Yes' }).click();
}
