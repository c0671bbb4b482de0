import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personIds } from '../src/demo/directory.ts';
import type { Api } from '../src/testing/test-portal.ts';
import { activeWebProvider } from './active-web-provider.ts';
import { apiAs } from './api.ts';
import {
  expectHeading,
  goTo,
  launchBrowser,
  lookAt,
  newVisitor,
  openAs,
  type Visitor,
} from './browser.ts';
import { invitedByApi, signInAnew } from './users-world.ts';
import { startWorld, type World } from './world.ts';

const domain = 'contoso-plants.example';

let world: World;
let browser: Browser;
let ada: Visitor;
let api: Api;

beforeAll(async () => {
  world = await startWorld();
  await activeWebProvider(world, { primary: true });
  api = await apiAs(world, personIds.ada);
  browser = await launchBrowser();
  const adas = `ada.verhaegen@${domain}`;
  ada = await openAs(browser, world.portal.origin, adas, { mfa: true });
  await expectHeading(ada.page, 'Overview');
});

afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const address = (path: string) => `${world.portal.origin}${path}`;

describe('an invitation', () => {
  it('is sent anew, which ends the one before, and is revoked', async () => {
    const { id, link } = await invitedByApi(api, 'Jonas Weber', `jonas@${domain}`);
    const { page } = ada;
    await goTo(page, address(`/users/${id}`), 'Jonas Weber');
    await page.getByRole('button', { name: 'Resend invitation' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Resend invitation' }).click();
    const other = await page.getByRole('textbox', { name: 'For Jonas Weber' }).inputValue();
    expect(other).not.toBe(link);
    const { context, page: theirs } = await newVisitor(browser);
    await theirs.goto(link);
    await expectHeading(theirs, 'This invitation isn’t known');
    await theirs.goto('about:blank');
    await page.getByRole('button', { name: 'Revoke invitation' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke invitation' }).click();
    await page.getByText('Invitation revoked').first().waitFor();
    await theirs.goto(other);
    await expectHeading(theirs, 'This invitation was revoked');
    await lookAt(theirs, 'users-invitation-revoked', ['light']);
    await context.close();
  });

  it('doesn’t count for another account, and the refusal says so', async () => {
    const { link } = await invitedByApi(api, 'Nora', `nora@${domain}`);
    const { context, page } = await newVisitor(browser);
    await page.goto(link);
    await page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await signInAnew(page, `finn.bakker@${domain}`);
    await expectHeading(page, /None of your groups/);
    await page.getByText('The invitation doesn’t count for this account.').waitFor();
    await lookAt(page, 'users-invitation-wrong-account', ['light']);
    await context.close();
  });

  it('that has expired says so, on its page and when somebody signs in all the same', async () => {
    const { id, link } = await invitedByApi(api, 'Finn Bakker', `finn.bakker@${domain}`);
    const pool = world.database.pool;
    await pool.query(
      "update portal_users set invitation_expires_at = now() - interval '1 hour' where id = $1",
      [id],
    );
    const { context, page } = await newVisitor(browser);
    await page.goto(link);
    await expectHeading(page, 'This invitation has expired');
    await lookAt(page, 'users-invitation-expired', ['light']);
    await api('DELETE', `/users/${id}/invitation`);
    await page.getByRole('link', { name: 'Go to sign-in' }).click();
    await page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await signInAnew(page, `finn.bakker@${domain}`);
    await expectHeading(page, 'Your invitation has expired');
    await page.getByText('They are: the group Gatehouse Administrators.').waitFor();
    await lookAt(page, 'users-invitation-expired-refusal', ['light']);
    await goTo(ada.page, address('/users?status=invitationRevoked'), 'Users');
    await ada.page.getByRole('row', { name: /Finn Bakker.*Invitation revoked/ }).waitFor();
    await context.close();
  });

  it('leaves its traces in the audit log, in words', async () => {
    const { page } = ada;
    await goTo(page, address('/audit'), 'Audit');
    await page.getByText('User invited: Nora').waitFor();
    await page.getByText('Invitation sent anew: Jonas Weber').waitFor();
    await page.getByText('Invitation revoked: Jonas Weber').waitFor();
    await lookAt(page, 'users-audit', ['light']);
    await goTo(page, address('/sessions'), 'Sessions');
    await page.getByRole('table', { name: 'Sessions at the portal' }).waitFor();
    await lookAt(page, 'users-portal-sessions');
  });
});
