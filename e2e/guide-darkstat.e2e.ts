import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from './free-ports.ts';
import { startBeside, type Beside } from './beside.ts';
import { expectHeading, launchBrowser, newVisitor, postStatus, signIn } from './browser.ts';
import { ask, startGateWorld, type GateWorld, type TestGate } from './gate-world.ts';

/** As docs/guides/darkstat.md has it, on the loopback interface. Capturing takes root. */
describe('darkstat behind a gate', () => {
  let darkstat: Beside;
  let gates: GateWorld;
  let gate: TestGate;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
    const port = await freePort();
    const lone = ['--no-daemon', '--no-dns', '--no-promisc', '--no-lastseen'];
    darkstat = await startBeside({
      program: 'darkstat',
      args: ['-i', 'lo', '-p', String(port), '-b', '127.0.0.1', ...lone],
      port,
      asRoot: true,
    });
    gates = await startGateWorld();
    const place = 'Rotterdam/Pipeline terminal/RTM-PT-02';
    gate = await gates.startGateBefore(place, `http://127.0.0.1:${port}`);
  });
  afterAll(async () => {
    await browser?.close();
    await gates?.close();
    await darkstat?.stop();
  });

  it('asks people to sign in first', async () => {
    const answer = await ask(`${gate.publicUrl}/hosts/`, { page: true });
    expect(answer.status).toBe(302);
    expect(answer.header('location')).toBe('/_gatehouse/?return=%2Fhosts%2F');
    expect((await ask(`${gate.publicUrl}/graphs.xml`)).status).toBe(401);
  });

  it('shows its pages to Read only, and gets no POST of theirs', async () => {
    const cookie = await gate.signIn('rosa');
    for (const [path, words] of [
      ['/', 'darkstat'],
      ['/hosts/', 'Hosts'],
      ['/style.css', 'body'],
      ['/graphs.xml', '<graphs'],
    ] as const) {
      const answer = await ask(`${gate.publicUrl}${path}`, { cookie });
      expect(answer.status).toBe(200);
      expect(answer.text).toContain(words);
    }
    const refused = await ask(`${gate.publicUrl}/hosts/`, { cookie, method: 'POST' });
    expect(refused.status).toBe(403);
    expect(JSON.parse(refused.text)).toMatchObject({ code: 'console_refused' });
  });

  it('opens in a browser after a sign-in at the gate, and only shows', async () => {
    const { page, complaints, context } = await newVisitor(browser);
    await page.goto(`${gate.publicUrl}/hosts/`);
    await expectHeading(page, 'Sign in to RTM-PT-02');
    await signIn(page, 'rosa.van.dijk@contoso-plants.example');
    await page.getByRole('heading', { name: 'Hosts' }).waitFor();
    expect(page.url()).toBe(`${gate.publicUrl}/hosts/`);
    // Its script draws them by what it asks for.
    const figures = page.waitForResponse((answer) => answer.url().endsWith('/graphs.xml'));
    await page.getByRole('link', { name: 'graphs' }).click();
    await page.getByRole('heading', { name: 'Graphs' }).waitFor();
    expect((await figures).status()).toBe(200);
    expect(await postStatus(page, '/hosts/')).toBe(403);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
