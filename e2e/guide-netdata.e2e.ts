import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from './free-ports.ts';
import { readableFolder, removeFolder, startBeside, type Beside } from './beside.ts';
import { expectHeading, launchBrowser, newVisitor, postStatus, signIn } from './browser.ts';
import { ask, startGateWorld, type GateWorld, type TestGate } from './gate-world.ts';

/** Light: its own metrics in memory alone, no plugin, no alarm, nothing that leaves the machine. */
const configuration = (folder: string, port: number): string => `[global]
  run as user = root
[directories]
  cache = ${folder}
  lib = ${folder}
  log = ${folder}
[logs]
  debug log = none
  error log = none
  access log = none
[db]
  mode = ram
  retention = 60
[plugins]
  enable running new plugins = no
  proc = no
  diskspace = no
  cgroups = no
  tc = no
  timex = no
  idlejitter = no
  statsd = no
[health]
  enabled = no
[ml]
  enabled = no
[registry]
  enabled = no
[web]
  bind to = 127.0.0.1:${port}
  allow connections from = localhost
`;

/** As docs/guides/netdata.md has it. */
describe('netdata behind a gate', () => {
  let folder: string;
  let netdata: Beside;
  let gates: GateWorld;
  let gate: TestGate;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
    folder = await readableFolder('netdata');
    const port = await freePort();
    await mkdir(join(folder, 'cloud.d'));
    await writeFile(join(folder, 'cloud.d', 'cloud.conf'), '[global]\n  enabled = no\n');
    await writeFile(join(folder, 'netdata.conf'), configuration(folder, port));
    netdata = await startBeside({
      program: 'netdata',
      args: ['-D', '-c', join(folder, 'netdata.conf'), '-P', join(folder, 'pid')],
      port,
    });
    gates = await startGateWorld();
    const place = 'Rotterdam/Pipeline terminal/RTM-PT-02';
    gate = await gates.startGateBefore(place, `http://127.0.0.1:${port}`);
  });
  afterAll(async () => {
    await browser?.close();
    await gates?.close();
    await netdata?.stop();
    await removeFolder(folder);
  });

  it('shows its page and its figures to Read only, and gets no POST of theirs', async () => {
    const cookie = await gate.signIn('rosa');
    const page = await ask(`${gate.publicUrl}/`, { cookie, page: true });
    expect(page.status).toBe(200);
    expect(page.text).toMatch(/<title>.*netdata/iu);
    const info = await ask(`${gate.publicUrl}/api/v1/info`, { cookie });
    expect(JSON.parse(info.text)).toMatchObject({ version: expect.stringMatching(/^v1/u) });
    const refused = await ask(`${gate.publicUrl}/api/v1/info`, { cookie, method: 'POST' });
    expect(refused.status).toBe(403);
  });

  it('shows nothing to somebody who isn’t signed in', async () => {
    expect((await ask(`${gate.publicUrl}/api/v1/info`)).status).toBe(401);
  });

  it('opens in a browser after a sign-in at the gate, and only shows', async () => {
    const { page, complaints, context } = await newVisitor(browser);
    await page.goto(`${gate.publicUrl}/`);
    await expectHeading(page, 'Sign in to RTM-PT-02');
    const figures = page.waitForResponse((answer) => answer.url().includes('/api/v1/data?'));
    await signIn(page, 'rosa.van.dijk@contoso-plants.example');
    await page.getByRole('heading', { name: 'Netdata Monitoring' }).waitFor();
    expect((await figures).status()).toBe(200);
    expect(page.url().startsWith(`${gate.publicUrl}/`)).toBe(true);
    expect(await postStatus(page, '/api/v1/info')).toBe(403);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
