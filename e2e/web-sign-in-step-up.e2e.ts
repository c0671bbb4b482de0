import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approveOnPhone, enterPassword, staySignedIn } from '../src/testing/local-entra-pages.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../src/testing/webhook-receiver.ts';
import { activeWebProvider } from './active-web-provider.ts';
import {
  expectHeading,
  expectNoSidewaysScroll,
  giveCredentials,
  goTo,
  launchBrowser,
  lookAt,
  newVisitor,
  openAs,
  type Visitor,
} from './browser.ts';
import { startWorld, type World } from './world.ts';

const ada = 'ada.verhaegen@contoso-plants.example';

let world: World;
let browser: Browser;
let receiver: WebhookReceiver;
let byServer: Visitor;

beforeAll(async () => {
  world = await startWorld();
  await activeWebProvider(world, { primary: true });
  receiver = await startWebhookReceiver();
  browser = await launchBrowser();
  byServer = await openAs(browser, world.portal.origin, ada, { mfa: true });
  await expectHeading(byServer.page, 'Overview');
});

afterAll(async () => {
  await browser?.close();
  await receiver?.close();
  await world?.close();
});

const address = (path: string) => `${world.portal.origin}${path}`;

/** The dialog's button, and the approval in the window that it opens. */
async function confirm(context: BrowserContext, page: Page): Promise<void> {
  await page.getByRole('alertdialog', { name: 'Confirm that it’s you' }).waitFor();
  const opening = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  const popup = await opening;
  const number = popup.getByRole('status', { name: 'Number to enter' });
  const password = popup.getByLabel('Password');
  await number.or(password).first().waitFor();
  if (await password.isVisible()) await enterPassword(popup);
  await approveOnPhone(popup);
  await popup
    .getByRole('button', { name: 'Yes', exact: true })
    .click({ timeout: 3000 })
    .catch(() => undefined);
  if (!popup.isClosed()) await popup.waitForEvent('close');
}

const save = (page: Page, form: string) =>
  page.getByRole('form', { name: form }).getByRole('button', { name: 'Save', exact: true });

describe('a session that the server keeps', () => {
  it('proves itself for a context before it can be set', async () => {
    const { context, page, complaints } = byServer;
    await goTo(page, address('/security'), 'Security');
    await page.getByRole('switch', { name: 'Ask for an authentication context' }).click();
    await page.getByRole('textbox', { name: 'Authentication context' }).fill('c0');
    await page.getByText('Enter c1 to c99.').waitFor();
    await page.getByRole('textbox', { name: 'Authentication context' }).fill('C1');
    await lookAt(page, 'web-step-up-setting');
    await page.setViewportSize({ width: 400, height: 800 });
    await expectNoSidewaysScroll(page);
    await page.setViewportSize({ width: 1360, height: 850 });
    await save(page, 'Step-up before changes').click();
    await page.getByRole('alertdialog', { name: 'Confirm that it’s you' }).waitFor();
    await lookAt(page, 'web-step-up');
    await page.getByRole('button', { name: 'Not now' }).click();
    await page.getByText('You need to sign in again').first().waitFor();
    expect(await page.getByRole('textbox', { name: 'Authentication context' }).inputValue()).toBe(
      'C1',
    );
    await save(page, 'Step-up before changes').click();
    await confirm(context, page);
    await page.getByText('Changes ask for c1 from now on').first().waitFor();
    expect(complaints).toEqual([]);
  });

  it('has proved it then, and changes go on', async () => {
    const { page, complaints } = byServer;
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
    const { context, page, complaints } = await newVisitor(browser);
    await page.goto(address('/security'));
    await page.getByRole('button', { name: 'Microsoft', exact: true }).click();
    await giveCredentials(page, ada);
    await approveOnPhone(page);
    await staySignedIn(page, 'Yes');
    await expectHeading(page, 'Security');
    await page.getByLabel('A session ends after being idle for').fill('25');
    await save(page, 'Sessions').click();
    await confirm(context, page);
    await page.getByText('Security settings saved').first().waitFor();
    await goTo(page, address('/users/new'), 'Invite user');
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
