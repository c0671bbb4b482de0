// Bytes of script of the sign-in page against React and MSAL alone; opening the page to Overview.
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { clientIds, demoDirectory, demoPassword } from '../dist/demo/directory.js';
import { startLocalEntra } from '../dist/local-entra/app.js';
import { findOrInstallChromium } from '../scripts/chromium.js';
import { baselineBytes } from '../scripts/page-scripts.js';
import { startBenchPortal } from './portal.js';
import { freePort, median } from './processes.js';

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

export async function benchPage() {
  const executablePath = await findOrInstallChromium();
  const port = await freePort();
  const redirectUri = `http://localhost:${port}/redirect.html`;
  const directory = demoDirectory({ spaRedirectUris: [redirectUri] });
  const entra = await startLocalEntra({ port: 0, directory });
  const { origin, stop } = await startBenchPortal(port, {
    tenantId: entra.tenantId,
    clientId: clientIds.portal,
    origin: entra.origin,
  });
  const browser = await chromium.launch({ executablePath, args: flags });
  try {
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
    await page.getByRole('heading', { name: 'Your roles, and why' }).waitFor();
    await page.waitForLoadState('networkidle');
    const times = [];
    const bare = [];
    let calls = 0;
    for (let run = 0; run < 7; run += 1) {
      apiCalls = [];
      let started = performance.now();
      await page.goto(origin);
      await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
      // What the API answered, not only the frame around it.
      await page.getByRole('heading', { name: 'Your roles, and why' }).waitFor();
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
    await stop();
    await entra.close();
  }
}

async function signInAtEntra(page, userPrincipalName) {
  await page.getByLabel('Email or user name').fill(userPrincipalName);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Password').fill(demoPassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: 'Yes' }).click();
}
