import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds, personIds } from '../src/demo/directory.ts';
import { startSampleConsole, type SampleConsole } from '../src/demo/sample-console.ts';
import { apiAs, findTarget, importSensors } from './api.ts';
import { freePort } from './free-ports.ts';
import {
  chooseGroup,
  expectHeading,
  keepPicture,
  launchBrowser,
  lookAt,
  newVisitor,
  type Visitor,
} from './browser.ts';
import { runProgram, startProgram, type Program } from './program.ts';
import { openAs } from './signed-in.ts';
import { startWorld, type World } from './world.ts';

let browser: Browser;
let world: World;
let console: SampleConsole;
let dataDir: string;
let gate: Program | undefined;
let ada: Visitor;
let port: number;
let sensorId: string;

beforeAll(async () => {
  browser = await launchBrowser();
  world = await startWorld();
  const api = await apiAs(world, personIds.ada);
  await importSensors(api);
  sensorId = (await findTarget(api, 'Antwerp/Tank farm/ANT-TF-01')).id;
  console = await startSampleConsole('ANT-TF-01');
  dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-gate-'));
  port = await freePort();
  ada = await openAs(browser, world, 'ada', `/sensors/${sensorId}`);
});

afterAll(async () => {
  gate?.terminate();
  await gate?.ended;
  await browser?.close();
  await console?.close();
  await world?.close();
  await rm(dataDir, { recursive: true, force: true });
});

// One story, told in the order in which it happens.
describe('a new gate', () => {
  it('enrols by the command that the sensor’s page shows', async () => {
    const { page } = ada;
    await expectHeading(page, 'ANT-TF-01');
    await page.getByText('No gate is enrolled').waitFor();
    await page.getByRole('button', { name: 'Enrol gate' }).click();
    const dialog = page.getByRole('alertdialog');
    const address = dialog.getByRole('textbox', { name: 'Address of the gate' });
    await address.fill('http://sensor.example.com');
    await dialog.getByRole('button', { name: 'Show the command' }).click();
    await dialog.getByText('The address must be https, except for localhost.').waitFor();
    await lookAt(page, 'gate-enrolment-address', ['light']);
    await address.fill(`${gateAddress()}/`);
    await page.keyboard.press('Enter');
    const shown = dialog.getByText(/gatehouse gate enrol --portal/);
    await shown.waitFor();
    await lookAt(page, 'gate-enrolment', ['light']);
    await dialog.getByText(`${gateAddress()}/_gatehouse/redirect.html`, { exact: true }).waitFor();
    await dialog.getByRole('button', { name: 'Copy the redirect URI' }).waitFor();
    const command = (await shown.innerText()).trim().split(/\s+/).slice(1);

    const options = { env: { GATEHOUSE_GATE_DATA_DIR: dataDir } };
    const wrong = command.map((part) => (/^[\w-]{43}$/.test(part) ? part.toUpperCase() : part));
    const impostor = await runProgram(wrong, options);
    expect(impostor.code).toBe(1);
    expect(impostor.output).toMatch(/fingerprint/i);

    const enrolled = await runProgram(command, options);
    expect(enrolled.output).toContain('This is the gate of ANT-TF-01 (Antwerp) now.');
    expect(enrolled.output).toContain(`People open it by ${gateAddress()}.`);
    expect(enrolled.code).toBe(0);
    for (const path of [dataDir, ...(await keyFiles())]) {
      expect((await stat(path)).mode & 0o077).toBe(0);
    }
    const twice = await runProgram([...command, '--replace'], options);
    expect(twice.code).toBe(1);

    gate = startProgram(
      ['gate', 'run', '--upstream', console.origin, '--port', String(port)],
      options,
    );
    await page.getByText('Applied', { exact: true }).first().waitFor();
    await page.keyboard.press('Escape');
    await lookAt(page, 'sensor-enrolled');
  });

  it('says that SSO is off there until a setting reaches it', async () => {
    const { page, context } = await newVisitor(browser);
    await page.goto(gateAddress());
    await expectHeading(page, 'Single sign-on is off at this sensor');
    await lookAt(page, 'gate-sso-off');
    await context.close();
  });

  it('applies a new setting at once, with the progress on the portal', async () => {
    const { page } = ada;
    await page.goto(`${world.portal.origin}/sensor-settings/new`);
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Antwerp SSO');
    await page.getByRole('combobox', { name: 'Subscription' }).selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('textbox', { name: 'Application name' }).fill(clientIds.plantSensors);
    await chooseGroup(page, 'Admin', 'antwerp', 'Antwerp OT Admins');
    await page.getByRole('checkbox', { name: /allow/i }).check();
    await lookAt(page, 'wizard-console-rules', ['light']);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('checkbox', { name: 'Antwerp' }).check();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Create' }).click();
    // Once: in the panel, and not in the notice as well.
    await page.getByText(/^1 of \d+ sensors applied$/).waitFor();
    await lookAt(page, 'delivery-progress');
    await keepPicture(page, 'delivery-progress');

    const visitor = await browser.newPage();
    await visitor.goto(gateAddress());
    await expectHeading(visitor, 'Sign in to ANT-TF-01');
    await visitor.close();
  });

  it('leads from the progress to the sensors of that setting that can’t have it', async () => {
    const { page } = ada;
    await page.getByRole('link', { name: /\d+ not enrolled/ }).click();
    await expectHeading(page, 'Sensors');
    expect(new URL(page.url()).searchParams.get('delivery')).toBe('notEnrolled');
    const narrowed = page.getByRole('button', { name: /Setting in force: “Antwerp SSO”/ });
    await narrowed.waitFor();
    const found = () => page.getByText(/\d+ of \d+ sensors?$/).innerText();
    await page.getByText(/\d+ of \d+ sensors?$/).waitFor();
    expect(await page.getByRole('link', { name: 'Rotterdam' }).count()).toBe(0);
    const ofSetting = await found();
    await lookAt(page, 'sensors-of-setting');
    await narrowed.click();
    await page.waitForURL((url) => !url.searchParams.has('setting'));
    await page.getByRole('link', { name: 'Rotterdam' }).first().waitFor();
    expect(await found()).not.toBe(ofSetting);
  });

  it('keeps what the portal said last in view while it can’t be reached', async () => {
    const { page } = ada;
    await page.goto(`${world.portal.origin}/sensors/${sensorId}`);
    const fingerprint = page.getByText('Key fingerprint');
    await fingerprint.waitFor();
    await page.route('**/api/v1/**', (route) => route.abort());
    await page.getByText('Gatehouse can’t be reached').waitFor();
    await page.getByText('What is shown here was heard').waitFor();
    expect(await fingerprint.isVisible()).toBe(true);
    await page.unroute('**/api/v1/**');
    await page.getByText('What is shown here was heard').waitFor({ state: 'detached' });
    expect(await fingerprint.isVisible()).toBe(true);
  });
});

/** Where people open it. */
function gateAddress(): string {
  return `http://localhost:${port}`;
}

async function keyFiles(): Promise<string[]> {
  return (await readdir(dataDir)).map((name) => join(dataDir, name));
}
