import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personIds } from '../src/demo/directory.ts';
import { apiAs, createSetting, roleGroups } from './api.ts';
import {
  expectHeading,
  expectNoSidewaysScroll,
  keepPicture,
  launchBrowser,
  lookAt,
  newVisitor,
  signIn,
  type Visitor,
} from './browser.ts';
import { openAs } from './signed-in.ts';
import { startGateWorld, type GateWorld, type TestGate } from './gate-world.ts';

const domain = 'contoso-plants.example';

let browser: Browser;
let gates: GateWorld;
/** By the site's setting. */
let siteGate: TestGate;
/** By a zone's exception. */
let zoneGate: TestGate;

beforeAll(async () => {
  browser = await launchBrowser();
  gates = await startGateWorld();
  const api = await apiAs(gates.world, personIds.ada);
  const exception = roleGroups('administrators', null, 'antwerpAdmins');
  await createSetting(api, 'Jetty 7 SSO', exception, ['Antwerp/Jetty 7']);
  siteGate = await gates.startGateBefore('Antwerp/Tank farm/ANT-TF-01');
  zoneGate = await gates.startGateBefore('Antwerp/Jetty 7/ANT-J7-01');
});

afterAll(async () => {
  await browser?.close();
  await gates?.close();
});

async function acknowledge(visitor: Visitor): Promise<void> {
  const first = visitor.page.getByRole('button', { name: /^Acknowledge/ }).first();
  await first.click();
}

describe('signing in at a gate', () => {
  it('asks for MFA, and then opens the page that was asked for first', async () => {
    const { page, complaints, context } = await newVisitor(browser);
    await page.goto(`${zoneGate.publicUrl}/?from=mail`);
    await expectHeading(page, 'Sign in to ANT-J7-01');
    await page.getByText('Antwerp').first().waitFor();
    await page.getByText('Jetty 7').first().waitFor();
    await lookAt(page, 'gate-sign-in');
    await keepPicture(page, 'gate-sign-in');
    await signIn(page, `ada.verhaegen@${domain}`, { mfa: true });
    await page.getByRole('heading', { level: 1, name: 'ANT-J7-01' }).waitFor();
    expect(page.url()).toBe(`${zoneGate.publicUrl}/?from=mail`);
    await page.getByText('Ada Verhaegen, Admin').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('shows Overview with the role, why, and what it allows', async () => {
    const { page, complaints, context } = await openAs(
      browser,
      gates.world,
      'quinten',
      `${siteGate.publicUrl}/_gatehouse/`,
    );
    await page.getByRole('link', { name: 'Open the console' }).waitFor();
    await page.getByText('Antwerp OT Analysts').first().waitFor();
    await page.getByText('Manage alerts: acknowledge, learn, mute').waitFor();
    await expect.poll(() => page.getByRole('table').getByRole('row').count()).toBe(19);
    await expectNoSidewaysScroll(page);
    await lookAt(page, 'gate-overview');
    await keepPicture(page, 'gate-overview');
    // Loading it and clicking in it are use of the session.
    const use = () => page.waitForRequest(/\/_gatehouse\/api\/session\?by=person$/);
    await Promise.all([use(), page.reload()]);
    await page.getByRole('link', { name: 'Open the console' }).waitFor();
    await Promise.all([use(), page.getByRole('heading', { level: 1 }).click()]);
    await page.getByRole('link', { name: 'Open the console' }).click();
    await page.getByText('Quinten Maes, Security analyst').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('says where nothing is, whether somebody is signed in or not', async () => {
    const { page, complaints, context } = await newVisitor(browser);
    const nowhere = `${siteGate.publicUrl}/_gatehouse/nowhere`;
    await page.goto(nowhere);
    await expectHeading(page, 'There is no such page');
    await lookAt(page, 'gate-not-found');
    await page.getByRole('link', { name: 'Go to Overview' }).click();
    await signIn(page, `quinten.maes@${domain}`);
    await page.getByRole('link', { name: 'Open the console' }).waitFor();
    await page.goto(nowhere);
    await expectHeading(page, 'There is no such page');
    await page.getByRole('link', { name: 'Go to Overview' }).click();
    await page.getByRole('link', { name: 'Open the console' }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('fits a narrow window, in the dark', async () => {
    const { page, context } = await newVisitor(browser, { narrow: true, dark: true });
    await page.goto(`${siteGate.publicUrl}/_gatehouse/`);
    await expectHeading(page, 'Sign in to ANT-TF-01');
    await expectNoSidewaysScroll(page);
    await signIn(page, `quinten.maes@${domain}`);
    await page.getByRole('link', { name: 'Open the console' }).waitFor();
    await expectNoSidewaysScroll(page);
    await lookAt(page, 'gate-overview-narrow');
    await context.close();
  });

  it('gives one person two roles at two gates', async () => {
    const dries = await openAs(browser, gates.world, 'dries', siteGate.publicUrl);
    const { page } = dries;
    await page.getByText('Dries Janssens, Admin').waitFor();
    await acknowledge(dries);
    await page
      .getByText(/acknowledged/i)
      .first()
      .waitFor();

    // One host, two ports: the cookie of the first gate is sent to the second, and opens nothing.
    await page.goto(zoneGate.publicUrl);
    await expectHeading(page, 'Sign in to ANT-J7-01');
    await page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await page.getByText('Dries Janssens, Read only').waitFor();
    const refused = page.waitForResponse((answer) => answer.request().method() === 'POST');
    await acknowledge(dries);
    expect((await refused).status()).toBe(403);

    await page.goto(siteGate.publicUrl);
    await page.getByText('Dries Janssens, Admin').waitFor();
    await dries.context.close();
  });

  it('refuses somebody without a role here, naming the setting and the groups to ask for', async () => {
    const { page, context } = await openAs(browser, gates.world, 'rosa', siteGate.publicUrl);
    await expectHeading(page, 'None of your groups gives you a role here');
    await page.getByText('Antwerp SSO').first().waitFor();
    await page.getByText('Antwerp OT Readers').first().waitFor();
    await lookAt(page, 'gate-no-role');
    await context.close();
  });

  it('says which names are missing from a profile', async () => {
    const { page, context } = await openAs(browser, gates.world, 'hana', siteGate.publicUrl);
    await expectHeading(page, 'Your profile in Entra ID is incomplete');
    await page.getByText(/Missing: Last name/).waitFor();
    await context.close();
  });

  it('ends the session here and at Microsoft', async () => {
    const { page, context } = await openAs(
      browser,
      gates.world,
      'quinten',
      `${siteGate.publicUrl}/_gatehouse/`,
    );
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await expectHeading(page, 'Sign in to ANT-TF-01');
    await page.getByText('You are signed out, here and at Microsoft Entra ID.').waitFor();
    const asked = await page.request.get(`${siteGate.publicUrl}/api/alerts`, { maxRedirects: 0 });
    expect(asked.status()).toBe(401);
    await context.close();
  });
});
