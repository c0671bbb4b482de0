import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds, groupIds, tenantId } from '../src/demo/directory.ts';
import { createRecoveryLink } from '../src/portal/main.ts';
import { approveOnPhone } from '../src/testing/local-entra-pages.ts';
import {
  expectHeading,
  giveCredentials,
  lookAt,
  newVisitor,
  signIn,
  type Visitor,
} from './browser.ts';
import { domain, startPeopleWorld, type PeopleWorld } from './people-world.ts';

let at: PeopleWorld;
let admin: Visitor;

beforeAll(async () => {
  at = await startPeopleWorld({ configured: false });
  admin = await newVisitor(at.browser);
});

afterAll(() => at?.close());

describe('the first start, without any configuration of Entra', () => {
  it('says that nobody can sign in yet, and what leads in', async () => {
    const { context, page } = await newVisitor(at.browser);
    await page.goto(at.address('/'));
    await expectHeading(page, 'Sign-in isn’t set up yet');
    await lookAt(page, 'first-start');
    await context.close();
  });

  it('opens an Admin session by the recovery link, with a banner throughout', async () => {
    const { page } = admin;
    await page.goto(at.world.portal.recoveryLink ?? '');
    await page.getByText('You are Admin without an account.').waitFor();
    expect(page.url()).not.toContain('token');
    await page.goto(at.address('/single-sign-on'));
    await expectHeading(page, 'Single Sign-On');
    await page.getByText('You are Admin without an account.').waitFor();
    await lookAt(page, 'single-sign-on-setup');
  });

  it('shows the banner on every page', async () => {
    const { page } = admin;
    for (const path of [
      '/',
      '/sites',
      '/sensors',
      '/sensor-settings',
      '/my-access',
      '/access',
      '/sign-ins',
      '/audit',
      '/portal-access',
    ]) {
      await page.goto(at.address(path));
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByText('You are Admin without an account.').waitFor();
    }
    await page.goto(at.address('/single-sign-on'));
  });

  it('refuses the same link a second time', async () => {
    const { context, page } = await newVisitor(at.browser);
    await page.goto(at.world.portal.recoveryLink ?? '');
    await expectHeading(page, 'This recovery link isn’t good');
    await lookAt(page, 'recovery-link-used');
    await context.close();
  });

  it('enters tenant, client and groups', async () => {
    const { page } = admin;
    await page.getByText('There is no provider yet').waitFor();
    await page.getByRole('link', { name: 'Add Single-page application (PKCE)' }).click();
    await expectHeading(page, 'Add a single-page application');
    await page.getByRole('textbox', { name: 'Tenant ID' }).fill(tenantId);
    await page.getByRole('textbox', { name: 'Client ID', exact: true }).fill(clientIds.portal);
    await page.getByRole('button', { name: 'Create and Activate' }).click();
    await page.getByText(/at least one group, or nobody could administer/).waitFor();
    await page.getByLabel('Object IDs of groups for Admin').fill(groupIds.administrators);
    await page.getByRole('button', { name: 'Add groups' }).first().click();
    await lookAt(page, 'provider-new-spa-setup');
    await page.getByRole('button', { name: 'Create and Activate' }).click();
    await page.getByRole('button', { name: 'Verify Integration' }).waitFor();
    // Nothing counts yet.
    const before = await fetch(`${at.world.portal.origin}/api/v1/configuration`);
    expect(((await before.json()) as { provider: unknown }).provider).toBeNull();
    await lookAt(page, 'provider-spa-unverified');
  });

  it('tries them by a real sign-in before they count', async () => {
    const { page, context } = admin;
    // Somebody who wouldn't be Admin can't activate it.
    let opening = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Verify Integration' }).click();
    let popup = await opening;
    await giveCredentials(popup, `bram.claes@${domain}`);
    await popup.getByRole('button', { name: 'No' }).click();
    await page.getByText('Not verified', { exact: true }).waitFor();
    await lookAt(page, 'provider-spa-trial-failed');
    // What comes with it can be corrected, too.
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByRole('button', { name: `Remove ${groupIds.administrators}` }).click();
    await page.getByText(/at least one group, or nobody could administer/).waitFor();
    await page.getByLabel('Object IDs of groups for Admin').fill(groupIds.administrators);
    await page.getByRole('button', { name: 'Add groups' }).first().click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Contoso');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expectHeading(page, 'Contoso');

    opening = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Verify Integration' }).click();
    popup = await opening;
    await giveCredentials(popup, `ada.verhaegen@${domain}`);
    await approveOnPhone(popup);
    await popup.getByRole('button', { name: 'Yes' }).click();
    await page.getByText('The provider is active').waitFor();
    await expect.poll(() => page.getByLabel('Passed').count()).toBe(6);
    // Recovery is nobody's account: there is nobody to compare with.
    await expect.poll(() => page.getByLabel('Skipped').count()).toBe(1);
    await page.getByRole('button', { name: 'End recovery and sign in' }).waitFor();
    await lookAt(page, 'provider-spa-active');
  });

  it('takes nobody the last way in', async () => {
    const { page } = admin;
    await page.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('It is the last way in as Admin').waitFor();
    expect(await dialog.getByRole('button', { name: 'Delete provider' }).isDisabled()).toBe(true);
    await lookAt(page, 'provider-delete-last');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  it('signs that person in as Admin from then on, also after a restart', async () => {
    await at.world.restartPortal();
    expect(at.world.portal.recoveryLink).toBeNull();
    const { context, page } = await newVisitor(at.browser);
    await page.goto(at.address('/'));
    await signIn(page, `ada.verhaegen@${domain}`, { mfa: true });
    await expectHeading(page, 'Overview');
    await page.goto(at.address('/audit'));
    await expectHeading(page, 'Audit');
    await page
      .getByText(/Recovery session opened/)
      .first()
      .waitFor();
    await lookAt(page, 'audit');
    await context.close();
  });

  it('ends a recovery session on request', async () => {
    const { context, page } = await newVisitor(at.browser);
    await page.goto(await createRecoveryLink(at.world.portal.database, at.world.portal.origin));
    await page.getByText('You are Admin without an account.').waitFor();
    await page.getByRole('button', { name: 'End now' }).click();
    await page.getByText('The recovery session has ended').waitFor();
    await context.close();
  });
});
