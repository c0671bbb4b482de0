import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { securitySettings } from '../src/contract/security.ts';
import { personIds } from '../src/demo/directory.ts';
import type { Api } from '../src/testing/test-portal.ts';
import { apiAs } from './api.ts';
import { expectHeading, goTo, launchBrowser, openAs, type Visitor } from './browser.ts';
import { startWorld, type World } from './world.ts';

let world: World;
let browser: Browser;
let ada: Visitor;
let api: Api;

beforeAll(async () => {
  world = await startWorld();
  browser = await launchBrowser();
  api = await apiAs(world, personIds.ada);
  const name = 'ada.verhaegen@contoso-plants.example';
  ada = await openAs(browser, world.portal.origin, name, { mfa: true });
  await expectHeading(ada.page, 'Overview');
});

afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const address = (path: string) => `${world.portal.origin}${path}`;

describe('two people at the session policy', () => {
  /** Saves other idle minutes, as somebody else would. */
  async function saveElsewhere(idleMinutes: number): Promise<void> {
    const { revision, ...settings } = await saved();
    const sessionPolicy = { ...settings.sessionPolicy, idleMinutes };
    const { status } = await api('PUT', '/security-settings', {
      body: { ...settings, sessionPolicy },
      ifMatch: revision,
    });
    expect(status).toBe(200);
  }
  const saved = async () => securitySettings.parse((await api('GET', '/security-settings')).body);

  it('keeps what was typed through an error, shows both versions, and saves the own', async () => {
    await goTo(ada.page, address('/security'), 'Security');
    const idle = ada.page.getByRole('textbox', { name: 'A session ends after being idle for' });
    const form = ada.page.getByRole('form', { name: 'Sessions' });
    const save = form.getByRole('button', { name: 'Save', exact: true });
    await idle.fill('20');
    await saveElsewhere(25);

    await ada.page.route('**/api/v1/security-settings', (route) => route.abort());
    await save.click();
    await ada.page.getByText('Gatehouse can’t be reached').waitFor();
    expect(await idle.inputValue()).toBe('20');
    await ada.page.unroute('**/api/v1/security-settings');

    await save.click();
    await ada.page.getByText('Somebody else changed this in the meantime').waitFor();
    const both = ada.page.getByRole('table', { name: 'Both versions' });
    await both.getByText('25 minutes').waitFor();
    await both.getByText('20 minutes').waitFor();
    expect(await idle.inputValue()).toBe('20');
    await ada.page.getByRole('button', { name: 'Save mine over it' }).click();
    await ada.page.getByText('Security settings saved', { exact: true }).waitFor();
    expect((await saved()).sessionPolicy.idleMinutes).toBe(20);
    await both.waitFor({ state: 'detached' });
  });

  it('shows what the other one saved, when that is to count', async () => {
    const idle = ada.page.getByRole('textbox', { name: 'A session ends after being idle for' });
    const form = ada.page.getByRole('form', { name: 'Sessions' });
    const save = form.getByRole('button', { name: 'Save', exact: true });
    await idle.fill('45');
    await saveElsewhere(35);
    await save.click();
    await ada.page.getByRole('button', { name: 'Take what is there' }).click();
    expect(await idle.inputValue()).toBe('35');
    expect(await save.getAttribute('aria-disabled')).toBe('true');

    await idle.fill('50');
    await save.click();
    await expect.poll(async () => (await saved()).sessionPolicy.idleMinutes).toBe(50);
    await saveElsewhere(30);
  });

  it('left the administrator’s console without an error', () => {
    expect(ada.complaints).toEqual([]);
  });
});
