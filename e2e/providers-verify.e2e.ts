import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds, personIds } from '../src/demo/directory.ts';
import { enterPassword } from '../src/testing/local-entra-pages.ts';
import {
  expectHeading,
  expectNoSidewaysScroll,
  goTo,
  launchBrowser,
  keepPicture,
  lookAt,
  openAs,
  type Visitor,
} from './browser.ts';
import {
  chooseAccount,
  expectCheck,
  fillWebProvider,
  openVerification,
  dayIn,
  secrets,
  verifyAs,
} from './web-sign-in-world.ts';
import { startWorld, type World } from './world.ts';

const domain = 'contoso-plants.example';
const ada = { userPrincipalName: `ada.verhaegen@${domain}`, mfa: true };

const stranger = {
  userPrincipalName: 'tessa.kuipers@fabrikam-services.example',
  consent: 'Accept',
} as const;

let world: World;
let browser: Browser;
let admin: Visitor;

beforeAll(async () => {
  world = await startWorld();
  browser = await launchBrowser();
  admin = await openAs(browser, world.portal.origin, ada.userPrincipalName, { mfa: true });
  await expectHeading(admin.page, 'Overview');
});

afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const address = (path: string) => `${world.portal.origin}${path}`;

describe('a web application, entered', () => {
  it('offers both kinds under Microsoft', async () => {
    const { page } = admin;
    await goTo(page, address('/single-sign-on'), 'Single Sign-On');
    await page.getByRole('row', { name: /Microsoft.*Active/ }).waitFor();
    await lookAt(page, 'providers-list');
    await page.setViewportSize({ width: 400, height: 800 });
    await expectNoSidewaysScroll(page);
    await lookAt(page, 'providers-list-narrow', ['light']);
    await page.setViewportSize({ width: 1360, height: 850 });
    await page.getByRole('link', { name: 'Add Web application (client secret)' }).click();
    await expectHeading(page, 'Add a web application');
    expect(await page.title()).toBe('Add a web application · Gatehouse');
  });

  it('shows every value to enter in Entra, to be copied', async () => {
    const { page, context } = admin;
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy the redirect URI' }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(address('/sign-in/callback'));
    await page.getByText(address('/sign-in/front-channel-logout')).waitFor();
    expect(await page.getByText(/implicit|SAML/i).count()).toBe(0);
  });

  it('names every field that is missing, and goes to the first', async () => {
    const { page } = admin;
    await page.getByRole('button', { name: 'Create and Activate' }).click();
    await page.getByText('Enter the Value of the secret.').waitFor();
    await page.getByText('Enter the day under Expires.').waitFor();
    const focused = await page.evaluate(
      () => (document.activeElement as HTMLInputElement | null)?.getAttribute('aria-invalid') ?? '',
    );
    expect(focused).toBe('true');
    await lookAt(page, 'provider-new-web-missing');
    await page.setViewportSize({ width: 400, height: 800 });
    await expectNoSidewaysScroll(page);
    await lookAt(page, 'provider-new-web-narrow', ['light']);
    await page.setViewportSize({ width: 1360, height: 850 });
  });

  it('knows a secret’s ID, and takes off what was copied along', async () => {
    const { page } = admin;
    await fillWebProvider(page, { clientId: clientIds.organizationSignIn, secret: secrets.id });
    await page.getByRole('button', { name: 'Create and Activate' }).click();
    await page.getByText(/This is the Secret ID/).waitFor();
    await page.evaluate((text) => navigator.clipboard.writeText(text), ` ${secrets.valid}x \n`);
    const secret = page.getByRole('textbox', { name: 'Client Secret' });
    await secret.selectText();
    await secret.press('ControlOrMeta+v');
    await page.getByText('Spaces around it were removed.').first().waitFor();
    expect(await secret.inputValue()).toBe(`${secrets.valid}x`);
  });

  it('keeps what was typed over a reload, but for the secret', async () => {
    const { page } = admin;
    await page.reload();
    await expectHeading(page, 'Add a web application');
    const clientId = page.getByRole('textbox', { name: 'Client ID', exact: true });
    await expect.poll(() => clientId.inputValue()).toBe(clientIds.organizationSignIn);
    expect(await page.getByRole('textbox', { name: 'Client Secret' }).inputValue()).toBe('');
    const kept = await page.evaluate(() => JSON.stringify(sessionStorage));
    expect(kept).not.toContain(secrets.valid);
  });

  it('reads Verify to activate once it is created', async () => {
    const { page } = admin;
    await fillWebProvider(page, {
      name: 'Contoso Plants',
      clientId: clientIds.organizationSignIn,
      secret: `${secrets.valid}x`,
    });
    await page.getByRole('button', { name: 'Create and Activate' }).click();
    await page.getByRole('button', { name: 'Verify Integration' }).waitFor();
    await expectHeading(page, 'Contoso Plants');
    await page.getByText('Verify to activate').first().waitFor();
    await lookAt(page, 'provider-unverified');
  });
});

/** Adds a further secret on the provider's page. */
async function addSecret(value: string): Promise<void> {
  const { page } = admin;
  await page.getByRole('button', { name: /^Add (a second|another) secret$/ }).click();
  await page.getByRole('textbox', { name: 'Client Secret' }).fill(value);
  await page.getByLabel(/^Expires/).fill(dayIn(200));
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('form', { name: 'Add a secret' }).waitFor({ state: 'detached' });
}

describe('a verification that fails', () => {
  it('says that the secret is wrong, with Entra’s code explained', async () => {
    const { page } = admin;
    await verifyAs(page, ada);
    await page.getByText('Not verified', { exact: true }).first().waitFor();
    await expectCheck(page, 'Failed', /Secret accepted/);
    await page.getByRole('link', { name: 'AADSTS7000215 in Troubleshooting' }).waitFor();
    await lookAt(page, 'provider-verification-failed');
    await page.setViewportSize({ width: 400, height: 800 });
    await expectNoSidewaysScroll(page);
    await lookAt(page, 'provider-verification-failed-narrow', ['light']);
    await page.setViewportSize({ width: 1360, height: 850 });
  });

  it('says that the secret has expired', async () => {
    const { page } = admin;
    await addSecret(secrets.expired);
    await verifyAs(page, ada);
    await page.getByRole('link', { name: 'AADSTS7000222 in Troubleshooting' }).waitFor();
    await expectCheck(page, 'Failed', /Secret accepted.*expired/);
  });

  it('says so when the window was left, and offers it again', async () => {
    const { page } = admin;
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
    const { page, context } = admin;
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
    const { page } = admin;
    await verifyAs(page, { userPrincipalName: `bram.claes@${domain}` });
    await expectCheck(page, 'Failed', /portal user.*bram\.claes/);
    await expectCheck(page, 'Passed', /E-mail address/);
  });

  it('takes nobody of another tenant for the one who asked', async () => {
    const { page } = admin;
    await verifyAs(page, stranger);
    await expectCheck(page, 'Failed', /portal user.*tessa\.kuipers/);
  });

  it('names what the profile lacks', async () => {
    const { page } = admin;
    world.entra.changePerson(personIds.ada, { surname: null });
    await verifyAs(page, ada);
    await expectCheck(page, 'Failed', /Profile.*Last name/);
    world.entra.changePerson(personIds.ada, { surname: 'Verhaegen' });
  });

  it('asks for the groups claim', async () => {
    const { page } = admin;
    // The entry of the manifest is taken away.
    const without = { groupMembershipClaims: undefined } as unknown as { disabled?: boolean };
    world.entra.changeApplication(clientIds.organizationSignIn, without);
    await verifyAs(page, ada);
    await expectCheck(page, 'Failed', /Groups.*groups claim/);
    world.entra.changeApplication(clientIds.organizationSignIn, {
      groupMembershipClaims: 'SecurityGroup',
    });
  });

  it('says that consent was declined', async () => {
    const { page } = admin;
    world.entra.changeApplication(clientIds.organizationSignIn, { consentedGraphScopes: [] });
    await verifyAs(page, { ...ada, consent: 'Cancel' });
    await expectCheck(page, 'Failed', /Consent/);
  });
});

describe('a verification that passes', () => {
  it('makes it active, after the consent', async () => {
    const { page, complaints } = admin;
    await verifyAs(page, { ...ada, consent: 'Accept' });
    await page.getByText('The provider is active').waitFor();
    await expectCheck(page, 'Passed', /Tenant/);
    await page
      .getByText(/Verified/)
      .first()
      .waitFor();
    await lookAt(page, 'provider-verified');
    await keepPicture(page, 'provider-verified');
    const configuration = await fetch(address('/api/v1/configuration'));
    expect(await configuration.text()).toContain('Contoso Plants');
    expect(complaints).toEqual([]);
  });

  it('leaves an account of another tenant to Microsoft from then on, and says what to do', async () => {
    const { page } = admin;
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
    expect(await page.getByText('Active', { exact: true }).count()).toBe(1);
  });
});
