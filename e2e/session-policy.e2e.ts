import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { securitySettings } from '../src/contract/security.ts';
import { goTo } from './browser.ts';
import { startAdminWorld, type AdminWorld } from './people-world.ts';

let at: AdminWorld;

beforeAll(async () => {
  at = await startAdminWorld();
});

afterAll(() => at?.close());

describe('two people at the session policy', () => {
  /** Saves other idle minutes, as somebody else would. */
  async function saveElsewhere(idleMinutes: number): Promise<void> {
    const { revision, ...settings } = await saved();
    const sessionPolicy = { ...settings.sessionPolicy, idleMinutes };
    const { status } = await at.api('PUT', '/security-settings', {
      body: { ...settings, sessionPolicy },
      ifMatch: revision,
    });
    expect(status).toBe(200);
  }
  const saved = async () =>
    securitySettings.parse((await at.api('GET', '/security-settings')).body);

  it('keeps what was typed through an error, shows both versions, and saves the own', async () => {
    await goTo(at.ada.page, at.address('/security'), 'Security');
    const idle = at.ada.page.getByRole('textbox', { name: 'A session ends after being idle for' });
    const form = at.ada.page.getByRole('form', { name: 'Sessions' });
    const save = form.getByRole('button', { name: 'Save', exact: true });
    await idle.fill('20');
    await saveElsewhere(25);

    await at.ada.page.route('**/api/v1/security-settings', (route) => route.abort());
    await save.click();
    await at.ada.page.getByText('Gatehouse can’t be reached').waitFor();
    expect(await idle.inputValue()).toBe('20');
    await at.ada.page.unroute('**/api/v1/security-settings');

    await save.click();
    await at.ada.page.getByText('Somebody else changed this in the meantime').waitFor();
    const both = at.ada.page.getByRole('table', { name: 'Both versions' });
    await both.getByText('25 minutes').waitFor();
    await both.getByText('20 minutes').waitFor();
    expect(await idle.inputValue()).toBe('20');
    await at.ada.page.getByRole('button', { name: 'Save mine over it' }).click();
    await at.ada.page.getByText('Security settings saved', { exact: true }).waitFor();
    expect((await saved()).sessionPolicy.idleMinutes).toBe(20);
    await both.waitFor({ state: 'detached' });
  });

  it('shows what the other one saved, when that is to count', async () => {
    const idle = at.ada.page.getByRole('textbox', { name: 'A session ends after being idle for' });
    const form = at.ada.page.getByRole('form', { name: 'Sessions' });
    const save = form.getByRole('button', { name: 'Save', exact: true });
    await idle.fill('45');
    await saveElsewhere(35);
    await save.click();
    await at.ada.page.getByRole('button', { name: 'Take what is there' }).click();
    await expect.poll(() => idle.inputValue()).toBe('35');
    await expect.poll(() => save.getAttribute('aria-disabled')).toBe('true');

    await idle.fill('50');
    await save.click();
    await expect.poll(async () => (await saved()).sessionPolicy.idleMinutes).toBe(50);
    await saveElsewhere(30);
  });

  it('left the administrator’s console without an error', () => {
    expect(at.ada.complaints).toEqual([]);
  });
});
