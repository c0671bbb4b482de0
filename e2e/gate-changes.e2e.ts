import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listSessions } from '../src/contract/sessions.ts';
import { getGateStatus } from '../src/contract/gate-page.ts';
import type { SsoSetting } from '../src/contract/sso-settings.ts';
import { personIds } from '../src/demo/directory.ts';
import type { Api } from '../src/testing/test-portal.ts';
import { apiAs, createSetting, findTarget, roleGroups, siteGroups } from './api.ts';
import { expectHeading, keepPicture, launchBrowser, lookAt, newVisitor } from './browser.ts';
import { applied, startGateWorld, until, type GateWorld, type TestGate } from './gate-world.ts';
import { runProgram } from './program.ts';
import { openAs } from './signed-in.ts';

const place = 'Antwerp/Blending hall/ANT-BH-01';

let browser: Browser;
let gates: GateWorld;
let gate: TestGate;
let api: Api;
let sensorId: string;

beforeAll(async () => {
  browser = await launchBrowser();
  gates = await startGateWorld();
  api = await apiAs(gates.world, personIds.ada);
  sensorId = (await findTarget(api, place)).id;
  gate = await gates.startGateBefore(place);
});

afterAll(async () => {
  await browser?.close();
  await gates?.close();
});

async function change(
  setting: SsoSetting,
  permissions: SsoSetting['permissions'],
): Promise<SsoSetting> {
  const { subscriptionName, type, name, clientId, tenantId } = setting;
  const targets = setting.targets.map(({ kind, id }) => ({ kind, id }));
  const body = { subscriptionName, type, name, clientId, tenantId, permissions, targets };
  const answer = await api('PUT', `/sso-settings/${setting.id}`, {
    body: { ...body, allowRulesConfirmed: true, acknowledges: targets },
    ifMatch: setting.revision,
  });
  expect(answer.status).toBe(200);
  return answer.body as SsoSetting;
}

// One story, told in the order in which it happens.
describe('what the portal changes acts at an open session', () => {
  it('refuses the next click when the role is taken away, and gives the new one when it comes back', async () => {
    const setting = await createSetting(api, 'Blending hall SSO', siteGroups.antwerp, [
      'Antwerp/Blending hall',
    ]);
    const { page, context } = await openAs(browser, gates.world, 'dries', gate.publicUrl);
    await page.getByText('Dries Janssens, Admin').waitFor();

    const without = await change(setting, roleGroups('administrators', null, null));
    await until(
      () => page.request.get(`${gate.publicUrl}/api/alerts`, { maxRedirects: 0 }),
      (answer) => answer.status() === 401,
    );
    await page.reload();
    await expectHeading(page, 'Sign in to ANT-BH-01');
    await page.getByText('Your role at this sensor was taken away.').waitFor();
    await lookAt(page, 'gate-role-lost');

    const again = await change(without, roleGroups('administrators', null, 'antwerpAdmins'));
    expect(again.version).toBe(3);
    await applied(api, sensorId);
    await page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await page.getByText('Dries Janssens, Read only').waitFor();
    await context.close();
  });

  it('ends a session that an administrator ends on the portal’s page', async () => {
    await change(await settingNamed('Blending hall SSO'), siteGroups.antwerp);
    const quinten = await openAs(browser, gates.world, 'quinten', gate.publicUrl);
    await quinten.page.getByText('Quinten Maes, Security analyst').waitFor();
    await until(
      async () => listSessions.response.parse((await api('GET', '/sessions')).body).sessions,
      (sessions) => sessions.some(({ person }) => person.objectId === personIds.quinten),
    );

    const ada = await openAs(browser, gates.world, 'ada', '/sessions');
    await expectHeading(ada.page, 'Sessions');
    await lookAt(ada.page, 'sessions');
    await keepPicture(ada.page, 'sessions');
    const row = ada.page.getByRole('row').filter({ hasText: 'Quinten Maes' });
    await row.getByRole('button', { name: /^End/ }).first().click();
    const dialog = ada.page.getByRole('alertdialog').or(ada.page.getByRole('dialog'));
    await dialog.getByRole('button', { name: /^End/ }).click();
    await until(
      () => quinten.page.request.get(`${gate.publicUrl}/api/alerts`, { maxRedirects: 0 }),
      (answer) => answer.status() === 401,
    );
    await quinten.page.reload();
    await quinten.page.getByText('Your session was ended by an administrator.').waitFor();
    await ada.context.close();
    await quinten.context.close();
  });

  it('lets nobody in once the gate is revoked, but whoever has a shell on the sensor', async () => {
    const ada = await openAs(browser, gates.world, 'ada', `/sensors/${sensorId}`);
    await expectHeading(ada.page, 'ANT-BH-01');
    await ada.page.getByText('Applied', { exact: true }).first().waitFor();
    await lookAt(ada.page, 'sensor-gate');
    // High enough for the inventory's facts and the gate below them.
    await ada.page.setViewportSize({ width: 1360, height: 1280 });
    await keepPicture(ada.page, 'sensor-gate');
    await ada.page.getByRole('button', { name: 'Revoke gate' }).click();
    const dialog = ada.page.getByRole('alertdialog').or(ada.page.getByRole('dialog'));
    await lookAt(ada.page, 'gate-revoke');
    await dialog.getByRole('button', { name: /^Revoke/ }).click();
    await ada.page.getByText('No gate is enrolled').waitFor();
    await ada.context.close();

    const { page, context } = await newVisitor(browser);
    // Of the gate, not of its page: that begins with another heading, and would never come further
    // when it is loaded anew each time that it shows it.
    await until(
      async () => (await page.request.get(`${gate.publicUrl}/_gatehouse/api/status`)).json(),
      (status) => getGateStatus.response.parse(status).refusal?.code === 'gate_revoked',
    );
    await page.goto(gate.publicUrl);
    await expectHeading(page, 'This gate was revoked');
    await lookAt(page, 'gate-revoked');

    const { code, output } = await runProgram(['gate', 'recover', '--data-dir', gate.dataDir]);
    expect({ code, output }).toMatchObject({ code: 0 });
    const link = /http:\S+\/_gatehouse\/recover#token=\S+/.exec(output)?.[0] ?? '';
    await page.goto(link);
    await expectHeading(page, 'Recovery of ANT-BH-01');
    await page.getByRole('button', { name: 'Open a recovery session' }).click();
    await page.getByText(/This is a recovery session/).waitFor();
    await lookAt(page, 'gate-recovery');
    await page.getByRole('link', { name: 'Open the console' }).click();
    await page.getByText(/, Admin/).waitFor();

    await page.goto('about:blank');
    await page.goto(link);
    await page.getByRole('button', { name: 'Open a recovery session' }).click();
    await expectHeading(page, 'This recovery link isn’t good');
    await context.close();
  });
});

async function settingNamed(name: string): Promise<SsoSetting> {
  const { settings } = (await api('GET', '/sso-settings')).body as { settings: SsoSetting[] };
  const found = settings.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no setting ${name}`);
  return found;
}
