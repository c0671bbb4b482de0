import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds, personIds, tenantId } from '../src/demo/directory.ts';
import { partnerTenants } from '../src/demo/partner-tenants.ts';
import { enterPassword } from '../src/testing/local-entra-pages.ts';
import { lookAt } from './browser.ts';
import { startAdminWorld, type AdminWorld } from './people-world.ts';
import {
  ada,
  addWebProvider,
  chooseAccount,
  expectCheck,
  openVerification,
  secrets,
  verifyAs,
} from './web-sign-in-world.ts';

let at: AdminWorld;

beforeAll(async () => {
  at = await startAdminWorld();
});

afterAll(() => at?.close());

/** Nothing came into force. */
async function expectUnverified(): Promise<void> {
  await at.ada.page.getByText('Verify to activate').first().waitFor();
  const answer = await fetch(`${at.world.portal.origin}/api/v1/configuration`);
  expect(((await answer.json()) as { providers: unknown[] }).providers).toHaveLength(1);
}

describe('a verification fails', () => {
  it('where the account has no e-mail address, and says where it comes from', async () => {
    const { page } = at.ada;
    await addWebProvider(page, {
      name: 'Contoso Plants',
      clientId: clientIds.organizationSignIn,
      secret: secrets.valid,
      tenantId,
    });
    const { ada: oid } = personIds;
    at.world.entra.changePerson(oid, { mail: undefined });
    await verifyAs(page, ada);
    await expectCheck(page, 'Passed', /Secret accepted/);
    await expectCheck(page, 'Passed', /Tenant/);
    await expectCheck(page, 'Failed', /E-mail address/);
    await expectUnverified();
    await lookAt(page, 'provider-verification-no-mail');
    at.world.entra.changePerson(oid, { mail: ada.userPrincipalName });
  });

  it('where Microsoft refuses the person, with its code explained', async () => {
    const { page } = at.ada;
    at.world.entra.changeApplication(clientIds.organizationSignIn, {
      assignmentRequired: true,
      assigned: [],
    });
    const popup = await openVerification(page);
    await chooseAccount(popup, ada.userPrincipalName);
    const password = popup.getByLabel('Password');
    const refused = popup.getByText(/AADSTS50105/).first();
    await refused.or(password).first().waitFor();
    if (await password.isVisible()) await enterPassword(popup);
    await refused.waitFor();
    await popup.getByRole('link', { name: 'Return to the application' }).click();
    await expectCheck(page, 'Failed', /Sign-in answered/);
    await page.getByRole('link', { name: 'AADSTS50105 in Troubleshooting' }).waitFor();
    await expectUnverified();
    await lookAt(page, 'provider-verification-refused');
    at.world.entra.changeApplication(clientIds.organizationSignIn, { assignmentRequired: false });
  });

  it('where the tenant that was entered is another one than the account’s', async () => {
    const { page } = at.ada;
    await addWebProvider(page, {
      name: 'Of another tenant',
      clientId: clientIds.organizationSignIn,
      secret: secrets.valid,
      tenantId: partnerTenants[0]?.tenant.id ?? '',
    });
    const popup = await openVerification(page);
    await chooseAccount(popup, ada.userPrincipalName);
    const refused = popup.getByText(/AADSTS50020/).first();
    const password = popup.getByLabel('Password');
    await refused.or(password).first().waitFor();
    if (await password.isVisible()) await enterPassword(popup);
    await refused.waitFor();
    await popup.close();
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await expectUnverified();
    await lookAt(page, 'provider-verification-other-tenant');
    expect(at.ada.complaints).toEqual([]);
  });
});
