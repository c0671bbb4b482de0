import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds, groupIds, tenantId } from '../src/demo/directory.ts';
import { approveOnPhone } from '../src/testing/local-entra-pages.ts';
import {
  expectHeading,
  giveCredentials,
  goTo,
  lookAt,
  newVisitor,
  type Visitor,
} from './browser.ts';
import { startPeopleWorld, type PeopleWorld } from './people-world.ts';
import { ada, addWebProvider, secrets, verifyAs } from './web-sign-in-world.ts';

let at: PeopleWorld;
let admin: Visitor;

beforeAll(async () => {
  // No provider of the environment, which nobody could take away.
  at = await startPeopleWorld({ configured: false });
  admin = await newVisitor(at.browser);
});

afterAll(() => at?.close());

const servedNames = async () => {
  const answer = await fetch(at.address('/api/v1/configuration'));
  const { providers } = (await answer.json()) as { providers: { name: string }[] };
  return providers.map(({ name }) => name);
};

/** Retire or Delete of the only way in: the reason is there, and nothing to click but Cancel. */
async function expectLast(visitor: Visitor, kind: 'Retire' | 'Delete'): Promise<void> {
  const { page } = visitor;
  await page.getByRole('button', { name: kind, exact: true }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByText('It is the last way in as Admin').waitFor();
  expect(await dialog.getByRole('button', { name: `${kind} provider` }).isDisabled()).toBe(true);
  await lookAt(page, `provider-last-${kind.toLowerCase()}`, ['light']);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
}

describe('the last way in as Admin', () => {
  it('is the first provider, which a recovery session has entered', async () => {
    const { page, context } = admin;
    await page.goto(at.world.portal.recoveryLink ?? '');
    await page.getByText('You are Admin without an account.').waitFor();
    await goTo(page, at.address('/single-sign-on'), 'Single Sign-On');
    await page.getByRole('link', { name: 'Add Single-page application (PKCE)' }).click();
    await expectHeading(page, 'Add a single-page application');
    await page.getByRole('textbox', { name: 'Name' }).fill('Contoso');
    await page.getByRole('textbox', { name: 'Tenant ID' }).fill(tenantId);
    await page.getByRole('textbox', { name: 'Client ID', exact: true }).fill(clientIds.portal);
    await page.getByLabel('Object IDs of groups for Admin').fill(groupIds.administrators);
    await page.getByRole('button', { name: 'Add groups' }).first().click();
    await page.getByRole('button', { name: 'Create and Activate' }).click();
    await page.getByRole('button', { name: 'Verify Integration' }).waitFor();
    const opening = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Verify Integration' }).click();
    const popup = await opening;
    await giveCredentials(popup, ada.userPrincipalName);
    await approveOnPhone(popup);
    await popup.getByRole('button', { name: 'No', exact: true }).click();
    await page.getByText('The provider is active').waitFor();
    await expectLast(admin, 'Retire');
    await expectLast(admin, 'Delete');
    await context.close();
  });

  it('can’t be taken away by an Admin either, not even by themself', async () => {
    admin = await at.open('ada');
    const { page } = admin;
    await expectHeading(page, 'Overview');
    await goTo(page, at.address('/single-sign-on'), 'Single Sign-On');
    await page.getByRole('link', { name: 'Contoso', exact: true }).click();
    await expectHeading(page, 'Contoso');
    await expectLast(admin, 'Retire');
    await expectLast(admin, 'Delete');
    expect(await servedNames()).toEqual(['Contoso']);
  });

  it('is the one that is left, once another active one is deleted with what is left said', async () => {
    const { page } = admin;
    await addWebProvider(page, {
      name: 'Contoso Plants',
      clientId: clientIds.organizationSignIn,
      secret: secrets.valid,
      tenantId,
    });
    await goTo(page, at.address('/single-sign-on'), 'Single Sign-On');
    const row = page.getByRole('row', { name: /Contoso Plants.*Verify to activate/ });
    await row.waitFor();
    await lookAt(page, 'providers-list-unverified');
    await row.getByRole('link', { name: 'Verify Integration' }).click();
    await expectHeading(page, 'Contoso Plants');
    await verifyAs(page, ada);
    await page.getByText('The provider is active').waitFor();
    expect(await servedNames()).toEqual(['Contoso', 'Contoso Plants']);

    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('Who can still come in as Admin').waitFor();
    const left = dialog.getByRole('listitem');
    await expect
      .poll(() => left.allInnerTexts())
      .toEqual([expect.stringMatching(/^By Contoso: members of /) as string]);
    await lookAt(page, 'provider-delete-active');
    await dialog.getByRole('button', { name: 'Delete provider' }).click();
    await expectHeading(page, 'Single Sign-On');
    await page.getByRole('row', { name: /Contoso Plants/ }).waitFor({ state: 'detached' });
    expect(await servedNames()).toEqual(['Contoso']);
    await page.getByRole('link', { name: 'Contoso', exact: true }).click();
    await expectLast(admin, 'Delete');
    expect(admin.complaints).toEqual([]);
  });
});
