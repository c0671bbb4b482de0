import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds, personIds } from '../src/demo/directory.ts';
import { enterPassword } from '../src/testing/local-entra-pages.ts';
import { keepPicture, lookAt, lookNarrow } from './browser.ts';
import { domain, startAdminWorld, type AdminWorld } from './people-world.ts';
import {
  ada,
  addWebProvider,
  chooseAccount,
  dayIn,
  expectCheck,
  openVerification,
  secrets,
  verifyAs,
} from './web-sign-in-world.ts';

const stranger = {
  userPrincipalName: 'tessa.kuipers@fabrikam-services.example',
  consent: 'Accept',
} as const;

let at: AdminWorld;

beforeAll(async () => {
  at = await startAdminWorld();
});

afterAll(() => at?.close());

/** Adds a further secret on the provider's page. */
async function addSecret(value: string): Promise<void> {
  const { page } = at.ada;
  await page.getByRole('button', { name: /^Add (a second|another) secret$/ }).click();
  await page.getByRole('textbox', { name: 'Client Secret' }).fill(value);
  await page.getByLabel(/^Expires/).fill(dayIn(200));
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('form', { name: 'Add a secret' }).waitFor({ state: 'detached' });
}

describe('a verification that fails', () => {
  beforeAll(async () => {
    await addWebProvider(at.ada.page, {
      name: 'Contoso Plants',
      clientId: clientIds.organizationSignIn,
      secret: `${secrets.valid}x`,
    });
  });

  it('says that the secret is wrong, with Entra’s code explained', async () => {
    const { page } = at.ada;
    await verifyAs(page, ada);
    await page.getByText('Not verified', { exact: true }).first().waitFor();
    await expectCheck(page, 'Failed', /Secret accepted/);
    await page.getByRole('link', { name: 'AADSTS7000215 in Troubleshooting' }).waitFor();
    await lookAt(page, 'provider-verification-failed');
    await lookNarrow(page, 'provider-verification-failed-narrow');
  });

  it('says that the secret has expired', async () => {
    const { page } = at.ada;
    await addSecret(secrets.expired);
    await verifyAs(page, ada);
    await page.getByRole('link', { name: 'AADSTS7000222 in Troubleshooting' }).waitFor();
    await expectCheck(page, 'Failed', /Secret accepted.*expired/);
  });

  it('says so when the window was left, and offers it again', async () => {
    const { page } = at.ada;
    await addSecret(secrets.valid);
    const popup = await openVerification(page);
    await popup.getByRole('button', { name: /./ }).first().waitFor();
    await popup.close();
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await page.getByText('The sign-in hasn’t been finished').waitFor();
    await page.getByRole('button', { name: 'Open the window again' }).waitFor();
    await lookAt(page, 'provider-verification-left', ['light']);
  });

  it('offers a link where the browser blocks the window', async () => {
    const { page, context } = at.ada;
    await page.evaluate(() => {
      window.open = () => null;
    });
    await page.getByRole('button', { name: 'Open the window again' }).click();
    const link = page.getByRole('link', { name: 'Open the sign-in in a tab' });
    await link.waitFor();
    const opening = context.waitForEvent('page');
    await link.click();
    const tab = await opening;
    await tab.getByRole('button', { name: /./ }).first().waitFor();
    await tab.close();
    await link.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('button', { name: 'Open the window again' }).waitFor();
  });

  it('names the account when it is another person’s', async () => {
    const { page } = at.ada;
    await verifyAs(page, { userPrincipalName: `bram.claes@${domain}` });
    await expectCheck(page, 'Failed', /portal user.*bram\.claes/);
    await expectCheck(page, 'Passed', /E-mail address/);
  });

  it('takes nobody of another tenant for the one who asked', async () => {
    const { page } = at.ada;
    await verifyAs(page, stranger);
    await expectCheck(page, 'Failed', /portal user.*tessa\.kuipers/);
  });

  it('names what the profile lacks', async () => {
    const { page } = at.ada;
    at.world.entra.changePerson(personIds.ada, { surname: null });
    await verifyAs(page, ada);
    await expectCheck(page, 'Failed', /Profile.*Last name/);
    at.world.entra.changePerson(personIds.ada, { surname: 'Verhaegen' });
  });

  it('asks for the groups claim', async () => {
    const { page } = at.ada;
    // The entry of the manifest is taken away.
    const without = { groupMembershipClaims: undefined } as unknown as { disabled?: boolean };
    at.world.entra.changeApplication(clientIds.organizationSignIn, without);
    await verifyAs(page, ada);
    await expectCheck(page, 'Failed', /Groups.*groups claim/);
    at.world.entra.changeApplication(clientIds.organizationSignIn, {
      groupMembershipClaims: 'SecurityGroup',
    });
  });

  it('says that consent was declined', async () => {
    const { page } = at.ada;
    at.world.entra.changeApplication(clientIds.organizationSignIn, { consentedGraphScopes: [] });
    await verifyAs(page, { ...ada, consent: 'Cancel' });
    await expectCheck(page, 'Failed', /Consent/);
  });
});

describe('a verification that passes', () => {
  it('makes it active, after the consent', async () => {
    const { page, complaints } = at.ada;
    await verifyAs(page, { ...ada, consent: 'Accept' });
    await page.getByText('The provider is active').waitFor();
    await expectCheck(page, 'Passed', /Tenant/);
    await page
      .getByText(/Verified/)
      .first()
      .waitFor();
    await lookAt(page, 'provider-verified');
    await keepPicture(page, 'provider-verified');
    const configuration = await fetch(at.address('/api/v1/configuration'));
    expect(await configuration.text()).toContain('Contoso Plants');
    expect(complaints).toEqual([]);
  });

  it('leaves an account of another tenant to Microsoft from then on, and says what to do', async () => {
    const { page } = at.ada;
    await addSecret(secrets.valid);
    const popup = await openVerification(page, /^Verify Client secret/);
    await chooseAccount(popup, stranger.userPrincipalName);
    await popup
      .getByText(/AADSTS50020|Password/)
      .first()
      .waitFor();
    const password = popup.getByLabel('Password');
    if (await password.isVisible()) await enterPassword(popup);
    await popup
      .getByText(/AADSTS50020/)
      .first()
      .waitFor();
    await popup.close();
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await page.getByText('The sign-in hasn’t been finished').waitFor();
    await expect.poll(() => page.getByText('Active', { exact: true }).count()).toBe(1);
  });
});
