import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approveOnPhone, enterPassword, staySignedIn } from '../src/testing/local-entra-pages.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../src/testing/webhook-receiver.ts';
import { activeWebProvider } from './active-web-provider.ts';
import { expectHeading, giveCredentials, goTo, lookAt, lookNarrow, newVisitor } from './browser.ts';
import { startAdminWorld, type AdminWorld } from './people-world.ts';
import { ada } from './web-sign-in-world.ts';

let at: AdminWorld;
let receiver: WebhookReceiver;

beforeAll(async () => {
  receiver = await startWebhookReceiver();
  at = await startAdminWorld({
    prepare: ({ world }) => activeWebProvider(world, { primary: true }),
  });
});

afterAll(async () => {
  await at?.close();
  await receiver?.close();
});

/** The dialog's button, and the approval in the window that it opens. */
async function confirm(context: BrowserContext, page: Page): Promise<void> {
  await page.getByRole('alertdialog', { name: 'Confirm that it’s you' }).waitFor();
  const opening = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  const popup = await opening;
  const closed = new Promise<void>((resolve) => popup.once('close', () => resolve()));
  const number = popup.getByRole('status', { name: 'Number to enter' });
  const password = popup.getByLabel('Password');
  await number.or(password).first().waitFor();
  const typed = await password.isVisible();
  if (typed) await enterPassword(popup);
  await approveOnPhone(popup);
  // Who gave the password is asked whether to stay; the window closes by itself then.
  if (typed) await staySignedIn(popup, 'Yes');
  await closed;
}

const save = (page: Page, form: string) =>
  page.getByRole('form', { name: form }).getByRole('button', { name: 'Save', exact: true });

describe('a session that the server keeps', () => {
  it('proves itself for a context before it can be set', async () => {
    const { context, page, complaints } = at.ada;
    await goTo(page, at.address('/security'), 'Security');
    await page.getByRole('switch', { name: 'Ask for an authentication context' }).click();
    await page.getByRole('textbox', { name: 'Authentication context' }).fill('c0');
    await page.getByText('Enter c1 to c99.').waitFor();
    await page.getByRole('textbox', { name: 'Authentication context' }).fill('C1');
    await lookAt(page, 'web-step-up-setting');
    await lookNarrow(page);
    await save(page, 'Step-up before changes').click();
    await page.getByRole('alertdialog', { name: 'Confirm that it’s you' }).waitFor();
    await lookAt(page, 'web-step-up');
    await page.getByRole('button', { name: 'Not now' }).click();
    await page.getByText('You need to sign in again').first().waitFor();
    const entered = page.getByRole('textbox', { name: 'Authentication context' });
    await expect.poll(() => entered.inputValue()).toBe('C1');
    await save(page, 'Step-up before changes').click();
    await confirm(context, page);
    await page.getByText('Changes ask for c1 from now on').first().waitFor();
    expect(complaints).toEqual([]);
  });

  it('has proved it then, and changes go on', async () => {
    const { page, complaints } = at.ada;
    await page.getByLabel('Address').fill('hooks.example');
    await page.getByText('Enter an https address, or nothing.').waitFor();
    await page.getByLabel('Address').fill(receiver.url);
    await save(page, 'Webhook').click();
    const secret = await page.getByRole('textbox', { name: 'Signing secret' }).inputValue();
    expect(secret).toMatch(/^whsec_/u);
    await lookAt(page, 'web-webhook');
    await page.getByRole('button', { name: 'Send a test event' }).click();
    await page.getByText('The receiver took it').first().waitFor();
    expect(receiver.messages.map(({ payload }) => payload.type)).toEqual(['webhook.test']);
    await page.getByText('webhook.test').waitFor();
    await page.reload();
    await page.getByLabel('Address').waitFor();
    expect(await page.getByText('whsec_').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});

describe('a sign-in in the browser', () => {
  it('proves itself for the change that asks for it, which then goes on', async () => {
    const { context, page, complaints } = await newVisitor(at.browser);
    await page.goto(at.address('/security'));
    await page.getByRole('button', { name: 'Microsoft', exact: true }).click();
    await giveCredentials(page, ada.userPrincipalName);
    await approveOnPhone(page);
    await staySignedIn(page, 'Yes');
    await expectHeading(page, 'Security');
    await page.getByLabel('A session ends after being idle for').fill('25');
    await save(page, 'Sessions').click();
    await confirm(context, page);
    await page.getByText('Security settings saved').first().waitFor();
    await goTo(page, at.address('/users/new'), 'Invite user');
    await page.getByRole('textbox', { name: 'Name' }).fill('Sanne');
    await page.getByRole('textbox', { name: 'Email' }).fill('sanne@contoso-plants.example');
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await page
      .getByRole('heading', { level: 1, name: 'Sanne is invited' })
      .or(page.getByRole('alertdialog'))
      .first()
      .waitFor();
    if (await page.getByRole('alertdialog').isVisible()) await confirm(context, page);
    await expectHeading(page, 'Sanne is invited');
    expect(complaints).toEqual([]);
    await context.close();
  });
});
