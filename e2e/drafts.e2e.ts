import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds, personIds } from '../src/demo/directory.ts';
import { approveOnPhone, enterPassword, staySignedIn } from '../src/testing/local-entra-pages.ts';
import { chooseGroup, expectHeading, forgetTokens, goTo, lookAt } from './browser.ts';
import { startSettingWorld, type SettingWorld } from './setting-world.ts';

let at: SettingWorld;

beforeAll(async () => {
  at = await startSettingWorld();
});

afterAll(() => at?.close());

describe('a draft', () => {
  it('survives a reload', async () => {
    const { page } = at.ada;
    await goTo(page, at.address('/sensor-settings/new'), 'Add a setting');
    await page.getByRole('combobox', { name: 'Subscription' }).selectOption('Contoso OT Benelux');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Jetty sign-in');
    await page.reload();
    await page.getByText('What you had entered here before is back.').waitFor();
    const name = page.getByRole('textbox', { name: 'Name', exact: true });
    await expect.poll(() => name.inputValue()).toBe('Jetty sign-in');
    await lookAt(page, 'wizard-restored');
  });

  it('survives a session that ends, and the interrupted change goes on', async () => {
    const { page, context } = at.ada;
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('textbox', { name: 'Application name' }).fill(clientIds.plantSensors);
    await chooseGroup(page, 'Admin', 'administrators', 'Gatehouse Administrators');
    await page.getByRole('checkbox', { name: /allow/i }).check();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('checkbox', { name: 'Rotterdam' }).check();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('It replaces no other setting.').waitFor();

    at.world.entra.revokeSessions(personIds.ada);
    await forgetTokens(page);
    await page.getByRole('button', { name: 'Create' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Sign in again' });
    const opening = context.waitForEvent('page');
    await dialog.getByRole('button', { name: 'Sign in again' }).click();
    const popup = await opening;
    await enterPassword(popup);
    await approveOnPhone(popup);
    await staySignedIn(popup, 'Yes');
    await expectHeading(page, 'Jetty sign-in');
  });

  it('survives a reload of a page whose session has ended', async () => {
    const { page } = at.ada;
    await goTo(page, at.address(`/sensor-settings/${at.antwerp.id}/edit`), 'Edit Antwerp sign-in');
    await page.getByRole('textbox', { name: 'Description' }).fill('Typed before the end');
    at.world.entra.revokeSessions(personIds.ada);
    await forgetTokens(page);
    await page.reload();
    await page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await enterPassword(page);
    await approveOnPhone(page);
    await staySignedIn(page, 'Yes');
    await expectHeading(page, 'Edit Antwerp sign-in');
    await page.getByText('What you had entered here before is back.').waitFor();
    const description = page.getByRole('textbox', { name: 'Description' });
    await expect.poll(() => description.inputValue()).toBe('Typed before the end');
    await page.getByRole('button', { name: 'Discard and start over' }).click();
    await expect.poll(() => description.inputValue()).toBe(at.antwerp.description ?? '');
  });

  it('left the administrator’s console without an error', () => {
    expect(at.ada.complaints).toEqual([]);
  });
});
