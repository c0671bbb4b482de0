import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds, personIds } from '../src/demo/directory.ts';
import type { Api } from '../src/testing/test-portal.ts';
import { apiAs, createSetting, findTarget, importSensors, roleGroups } from './api.ts';
import {
  expectHeading,
  expectNoSidewaysScroll,
  launchBrowser,
  lookAt,
  newVisitor,
} from './browser.ts';
import { openAs } from './signed-in.ts';
import { applied, startGateWorld, type GateWorld, type TestGate } from './gate-world.ts';

const tooOld = 'ANT-TF-04';
const withoutSetting = 'GNT-PS-01';
const place = 'Antwerp/Blending hall/ANT-BH-01';

let browser: Browser;
let gates: GateWorld;
let api: Api;

beforeAll(async () => {
  browser = await launchBrowser();
  gates = await startGateWorld();
  api = await apiAs(gates.world, personIds.ada);
});

afterAll(async () => {
  await browser?.close();
  await gates?.close();
});

/** Nobody can sign in, whoever they are: the page says so before anybody tries. */
describe('a gate lets nobody in', () => {
  it('while the sensor’s software is too old, and goes on when the inventory says otherwise', async () => {
    const gate = await gates.startGateBefore(`Antwerp/Tank farm/${tooOld}`);
    const { page, complaints, context } = await newVisitor(browser);
    await page.goto(`${gate.publicUrl}/alerts`);
    await expectHeading(page, 'The software of this sensor is too old for single sign-on');
    await page.getByText(/has version 22\.3\.17; single sign-on needs 24\.1\.2 or later/).waitFor();
    await page.getByText('sensor_unsupported').waitFor();
    expect(await page.getByRole('button', { name: 'SSO Sign-in' }).count()).toBe(0);
    await page.getByText('Is it urgent?').click();
    await page.getByText('gatehouse gate recover').waitFor();
    await expectNoSidewaysScroll(page);
    await lookAt(page, 'gate-sensor-unsupported');

    await importSensors(api, await withVersion(tooOld, '22.3.17', '24.1.5'));
    await expectHeading(page, `Sign in to ${tooOld}`);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('while no setting applies, and goes on as soon as one does', async () => {
    const gate = await gates.startGateBefore(`Ghent/Paint shop/${withoutSetting}`);
    const { page, complaints, context } = await newVisitor(browser);
    await page.goto(gate.publicUrl);
    await expectHeading(page, 'Single sign-on is off at this sensor');
    await page.getByText('sso_off').waitFor();
    expect(await page.getByRole('button', { name: 'SSO Sign-in' }).count()).toBe(0);
    await lookAt(page, 'gate-sso-off-elsewhere');

    await createSetting(api, 'Ghent SSO', roleGroups('administrators', null, null), ['Ghent']);
    await expectHeading(page, `Sign in to ${withoutSetting}`);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

// R11. One story, told in the order in which it happens.
describe('somebody in more groups than a token holds', () => {
  let gate: TestGate;

  beforeAll(async () => {
    gate = await gates.startGateBefore(place);
  });

  it('is told so, and not that she has no role, while Graph refuses', async () => {
    gates.world.entra.changeApplication(clientIds.plantSensors, { consentedGraphScopes: [] });
    const { page, context } = await openAs(browser, gates.world, 'greta', gate.publicUrl);
    await expectHeading(page, 'Your group list could not be completed');
    await page.getByRole('button', { name: 'Read my groups from Microsoft Graph' }).waitFor();
    await page.getByText('Greta Lindqvist').first().waitFor();
    await expectNoSidewaysScroll(page);
    await lookAt(page, 'gate-groups-incomplete');
    const asked = await page.request.get(`${gate.publicUrl}/api/alerts`, { maxRedirects: 0 });
    expect(asked.status()).toBe(401);
    await context.close();
    gates.world.entra.changeApplication(clientIds.plantSensors, {
      consentedGraphScopes: ['User.Read', 'GroupMember.Read.All'],
    });
  });

  it('has no role while none of all her groups is mapped, and hers as soon as one is', async () => {
    const { page, complaints, context } = await openAs(
      browser,
      gates.world,
      'greta',
      gate.publicUrl,
    );
    await expectHeading(page, 'None of your groups gives you a role here');
    await page.getByText('Antwerp SSO').first().waitFor();

    const groups = roleGroups('antwerpAdmins', 'securityAnalysts', null);
    await createSetting(api, 'Blending hall SSO', groups, ['Antwerp/Blending hall']);
    await applied(api, (await findTarget(api, place)).id);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Greta Lindqvist, Security analyst').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});

/** The demo's sensor export, with another version of one sensor. */
async function withVersion(sensor: string, from: string, to: string): Promise<string> {
  const text = await readFile(new URL('../src/demo/inventory.csv', import.meta.url), 'utf8');
  return text
    .split('\n')
    .map((row) => (row.startsWith(`${sensor},`) ? row.replace(`,${from},`, `,${to},`) : row))
    .join('\n');
}
