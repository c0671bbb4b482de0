import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listSignIns } from '../src/contract/activity.ts';
import { personIds } from '../src/demo/directory.ts';
import { apiAs, findTarget } from './api.ts';
import { expectHeading, launchBrowser, lookAt, newVisitor, signIn } from './browser.ts';
import { openAs } from './signed-in.ts';
import { startGateWorld, type GateWorld, type TestGate } from './gate-world.ts';
import { runProgram } from './program.ts';

const domain = 'contoso-plants.example';
const place = 'Antwerp/Utilities/ANT-UTI-01';

let browser: Browser;
let gates: GateWorld;
let gate: TestGate;
let sensorId: string;

beforeAll(async () => {
  browser = await launchBrowser();
  gates = await startGateWorld();
  sensorId = (await findTarget(await apiAs(gates.world, personIds.ada), place)).id;
  gate = await gates.startGateBefore(place);
});

afterAll(async () => {
  await browser?.close();
  await gates?.close();
});

/** Does the gate hold events that the portal doesn't have yet? */
async function eventsWait(): Promise<boolean> {
  const { output } = await runProgram(['gate', 'status', '--data-dir', gate.dataDir]);
  const events = /^Events +(the portal has all|\d+ wait for the portal)$/m.exec(output)?.[1];
  if (events === undefined) throw new Error(output);
  return events !== 'the portal has all';
}

async function signInsAtTheSensor(): Promise<readonly string[]> {
  const api = await apiAs(gates.world, personIds.ada);
  const { signIns } = listSignIns.response.parse((await api('GET', '/sign-ins')).body);
  return signIns.filter(({ sensor }) => sensor?.id === sensorId).map(({ actor }) => actor.name);
}

// One story, told in the order in which it happens.
describe('a plant without its uplink', () => {
  it('goes on signing people in while the portal is away, and says so', async () => {
    await gates.world.portal.close();
    const { page, context } = await newVisitor(browser);
    await page.goto(`${gate.publicUrl}/_gatehouse/`);
    await page.getByText(/The portal can’t be reached/).waitFor();
    await page.getByText(/goes on by the last settings that the portal signed, until/).waitFor();
    await lookAt(page, 'gate-cut-off');
    await signIn(page, `quinten.maes@${domain}`);
    await page.getByRole('link', { name: 'Open the console' }).click();
    await page.getByText('Quinten Maes, Security analyst').waitFor();
    await context.close();
    expect(await eventsWait()).toBe(true);
  });

  it('tells the portal exactly once, with the time it happened, when the line is back', async () => {
    await gates.world.restartPortal();
    const back = new Date();
    // Nothing is left that could arrive a second time.
    while (await eventsWait()) await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await signInsAtTheSensor()).toEqual(['Quinten Maes']);
    const api = await apiAs(gates.world, personIds.ada);
    const { signIns } = listSignIns.response.parse((await api('GET', '/sign-ins')).body);
    const arrived = signIns.find(({ sensor }) => sensor?.id === sensorId);
    expect(Date.parse(arrived?.at ?? '')).toBeLessThan(back.getTime());
    expect(arrived?.sensorRole).toBe('securityAnalyst');

    const { page, context } = await newVisitor(browser);
    await page.goto(`${gate.publicUrl}/_gatehouse/`);
    await expectHeading(page, 'Sign in to ANT-UTI-01');
    await page.getByText(/The portal can’t be reached/).waitFor({ state: 'hidden' });
    await context.close();
  });

  it('keeps open sessions going while Entra is away, and says why new ones can’t open', async () => {
    const { page, context } = await openAs(browser, gates.world, 'quinten', gate.publicUrl);
    await page.getByText('Quinten Maes, Security analyst').waitFor();
    await gates.world.entra.close();
    await page.reload();
    await page.getByText('Quinten Maes, Security analyst').waitFor();

    const other = await newVisitor(browser);
    await other.page.goto(`${gate.publicUrl}/_gatehouse/`);
    await other.page.getByText(/Microsoft Entra ID can’t be reached from this sensor/).waitFor();
    await lookAt(other.page, 'gate-entra-away');
    await other.context.close();
    await context.close();
  });
});
