import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectHeading, goTo, lookAt } from './browser.ts';
import { domain, type AdminWorld } from './people-world.ts';
import { invitedByApi, startUsersWorld } from './users-world.ts';

let at: AdminWorld;

beforeAll(async () => {
  at = await startUsersWorld();
});

afterAll(() => at?.close());

const nameField = (page: Page) => page.getByRole('textbox', { name: 'Name' });
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.textContent || document.activeElement?.tagName);

/** Somebody entered by the API, and Ada at their page. */
async function atUser(name: string): Promise<{ page: Page; link: string }> {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@${domain}`;
  const { id, link } = await invitedByApi(at.api, name, email);
  const { page } = at.ada;
  await goTo(page, at.address(`/users/${id}`), name);
  return { page, link };
}

describe('a page with something in it that isn’t saved', () => {
  it('is left only after it was asked, and keeps what was typed', async () => {
    const { page } = at.ada;
    await goTo(page, at.address('/users/new'), 'Invite user');
    await nameField(page).fill('Typed and not sent');
    await page.getByRole('link', { name: 'Security', exact: true }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Leave without saving?' });
    await lookAt(page, 'leave-unsaved', ['light']);
    await dialog.getByRole('button', { name: 'Stay here' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await nameField(page).inputValue()).toBe('Typed and not sent');
    await page.getByRole('link', { name: 'Security', exact: true }).click();
    await dialog.getByRole('button', { name: 'Leave', exact: true }).click();
    await expectHeading(page, 'Security');
  });

  it('asks nothing once what it belonged to is deleted', async () => {
    const { page } = await atUser('Jonas Weber');
    await nameField(page).fill('Jonas W.');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: 'Delete user' }).click();
    await expectHeading(page, 'Users');
    await page.goBack();
    await page.getByText('There is no such user').waitFor();
    expect(await nameField(page).count()).toBe(0);
  });
});

describe('the focus', () => {
  it('is on Cancel first, and goes back to the button that asked', async () => {
    const { page } = await atUser('Karin Olsen');
    const disable = page.getByRole('button', { name: 'Disable', exact: true });
    await disable.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('alertdialog').waitFor();
    await expect.poll(() => focused(page)).toBe('Cancel');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('Disable');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Disable user' }).press('Enter');
    await expect.poll(() => focused(page)).toBe('Enable');
  });

  it('goes to the heading where that button is gone', async () => {
    const { page } = await atUser('Maud Peeters');
    await page.getByRole('button', { name: 'Revoke invitation' }).press('Enter');
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: 'Revoke invitation' })
      .press('Enter');
    await expect.poll(() => focused(page)).toBe('Maud Peeters');
  });

  it('stays on Discard, which has nothing more to do', async () => {
    const { page } = await atUser('Nora Smits');
    await nameField(page).fill('Nora');
    await page.getByRole('button', { name: 'Discard changes' }).press('Enter');
    await expect.poll(() => nameField(page).inputValue()).toBe('Nora Smits');
    expect(await focused(page)).toBe('Discard changes');
  });
});

describe('an invitation of somebody else', () => {
  it('isn’t said to be accepted', async () => {
    const { link, page } = await atUser('Piet Jansen');
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByRole('link', { name: /^Go on as/ }).click();
    await expectHeading(page, 'Overview');
    // A screen reader is told beside it.
    await page.getByText('The invitation isn’t accepted', { exact: true }).waitFor();
    expect(await page.getByText('You accepted the invitation').count()).toBe(0);
  });
});
