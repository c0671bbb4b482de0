import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Provider } from '../src/contract/sign-in-providers.ts';
import { clientIds, personIds, tenantId } from '../src/demo/directory.ts';
import { makeCertificate } from '../src/testing/certificate.ts';
import type { Api } from '../src/testing/test-portal.ts';
import { apiAs } from './api.ts';
import {
  expectHeading,
  expectNoSidewaysScroll,
  goTo,
  launchBrowser,
  lookAt,
  newVisitor,
  openAs,
  signIn,
  type Visitor,
} from './browser.ts';
import {
  addWebProvider,
  createWebProvider,
  dayIn,
  expectCheck,
  secrets,
  verifyAs,
} from './web-sign-in-world.ts';
import { startWorld, type World } from './world.ts';

const ada = { userPrincipalName: 'ada.verhaegen@contoso-plants.example', mfa: true };

let world: World;
let browser: Browser;
let admin: Visitor;
let api: Api;
let provider: Provider;

beforeAll(async () => {
  world = await startWorld();
  browser = await launchBrowser();
  api = await apiAs(world, personIds.ada);
  // Its secret ends soon, by the date that was entered.
  provider = await createWebProvider(api, { expiresInDays: 5.5 });
  admin = await openAs(browser, world.portal.origin, ada.userPrincipalName, { mfa: true });
  await expectHeading(admin.page, 'Overview');
  await goTo(admin.page, `${world.portal.origin}/single-sign-on/${provider.id}`, provider.name);
  await verifyAs(admin.page, ada);
  await admin.page.getByText('The provider is active').waitFor();
});

afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const address = (path: string) => `${world.portal.origin}${path}`;
const ownAddress = () => address(`/single-sign-on/${provider.id}`);
const servedNames = async () => {
  const answer = await fetch(address('/api/v1/configuration'));
  const { providers } = (await answer.json()) as { providers: { name: string }[] };
  return providers.map(({ name }) => name);
};

describe('an edit of an active provider', () => {
  it('waits for its verification, and the verified version serves meanwhile', async () => {
    const { page } = admin;
    await goTo(page, ownAddress(), 'Contoso Plants');
    await page.getByRole('link', { name: 'Edit' }).click();
    await expectHeading(page, 'Edit Contoso Plants');
    await page.getByRole('switch', { name: 'Groups give roles' }).uncheck();
    await lookAt(page, 'provider-edit');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('table', { name: 'What serves, and what waits' }).waitFor();
    await page.getByText('Edit waits for verification').first().waitFor();
    expect(await servedNames()).toContain('Contoso Plants');
    await lookAt(page, 'provider-edit-waits');
    await page.setViewportSize({ width: 400, height: 800 });
    await expectNoSidewaysScroll(page);
    await lookAt(page, 'provider-edit-waits-narrow', ['light']);
    await page.setViewportSize({ width: 1360, height: 850 });
  });

  it('can be dropped', async () => {
    const { page } = admin;
    await page.getByRole('button', { name: 'Drop the edit' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Drop the edit' }).click();
    await page.getByRole('table', { name: 'What serves, and what waits' }).waitFor({
      state: 'detached',
    });
  });

  it('shows both where somebody else was faster, and loses neither', async () => {
    const { page } = admin;
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Contoso, ours');
    const now = (await api('GET', `/providers/${provider.id}`)).body as Provider;
    const changed = await api('PUT', `/providers/${provider.id}`, {
      ifMatch: now.revision,
      body: { registration: { ...now.verified, name: 'Contoso, theirs' } },
    });
    expect(changed.status).toBe(200);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Somebody else changed this in the meantime').waitFor();
    await page.getByRole('cell', { name: 'Contoso, theirs' }).waitFor();
    await page.getByRole('cell', { name: 'Contoso, ours' }).waitFor();
    await lookAt(page, 'provider-edit-conflict');
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    // A name alone needs no verification.
    await expectHeading(page, 'Contoso, ours');
    expect(await page.getByText('Edit waits for verification').count()).toBe(0);
    expect(await servedNames()).toContain('Contoso, ours');
  });
});

describe('a secret that ends soon', () => {
  it('is warned of on Overview, in the list and on the provider’s page', async () => {
    const { page } = admin;
    await goTo(page, address('/'), 'Overview');
    await page.getByText('The client secret of “Contoso, ours” expires in 6 days').waitFor();
    await lookAt(page, 'overview-secret-expires');
    await page.getByRole('link', { name: 'Go to the provider' }).click();
    await expectHeading(page, 'Contoso, ours');
    await page.getByText('Secret expires in 6 days').first().waitFor();
    await page.getByRole('link', { name: 'Single Sign-On', exact: true }).last().click();
    await page.getByRole('row', { name: /Contoso, ours.*Secret expires in 6 days/ }).waitFor();
    await page.getByRole('link', { name: 'Contoso, ours' }).click();
  });

  it('goes into a calendar', async () => {
    const { page } = admin;
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Add to calendar/ }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe(`gatehouse-secret-${dayIn(5.5)}.ics`);
    const file = (await readFile(await download.path(), 'utf8')).replaceAll('\r\n ', '');
    expect(file).toContain(`DTSTART;VALUE=DATE:${dayIn(5.5).replaceAll('-', '')}\r\n`);
    expect(file).toContain('SUMMARY:Client secret of “Contoso\\, ours” expires\r\n');
    expect(file).toContain(`URL:${ownAddress()}\r\n`);
    expect(file.match(/BEGIN:VALARM/g)).toHaveLength(4);
    expect(file).not.toContain(secrets.valid);
  });

  it('is replaced by a second one: added, verified, promoted, the old one retired', async () => {
    const { page, complaints } = admin;
    await page.getByRole('button', { name: 'Add a second secret' }).click();
    await page.getByRole('textbox', { name: 'Client Secret' }).fill(secrets.valid);
    await page.getByLabel(/^Expires/).fill(dayIn(365));
    await lookAt(page, 'provider-add-secret', ['light']);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page
      .getByRole('button', { name: /^Verify Client secret/ })
      .first()
      .waitFor();
    await lookAt(page, 'provider-rotation');
    await verifyAs(page, ada, /^Verify Client secret/);
    await page.getByText('It was accepted', { exact: true }).waitFor();
    await expectCheck(page, 'Passed', /Secret accepted/);
    await page.getByRole('button', { name: 'Promote' }).click();
    await page
      .getByRole('listitem')
      .filter({ hasText: /^Retire the old one$/ })
      .and(page.locator('[aria-current=step]'))
      .waitFor();
    await page
      .getByRole('button', { name: /^Retire Client secret/ })
      .first()
      .click();
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: 'Retire client secret' })
      .click();
    await page.getByText('Client secret retired').waitFor();
    const now = (await api('GET', `/providers/${provider.id}`)).body as Provider;
    expect(now.credentials.map(({ status }) => status)).toEqual(['current']);
    expect(now.credentials[0]?.expiresAt?.slice(0, 10)).toBe(dayIn(365));
    expect(await page.getByText('Secret expires in 6 days').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});

describe('a certificate in the secret’s place', () => {
  it('is read from files, refused where its key is another one’s, and verified', async () => {
    const { page } = admin;
    const [own, other] = await Promise.all([
      makeCertificate({ keys: 'rsa' }),
      makeCertificate({ keys: 'rsa' }),
    ]);
    world.entra.changeApplication(clientIds.organizationSignIn, {
      certificates: [{ id: 'uploaded', pem: own.cert }],
    });
    await page.getByRole('button', { name: 'Add a second secret' }).click();
    await page.getByRole('radio', { name: 'A certificate and its private key' }).check();
    await choose(page, 'Certificate', own.cert);
    await choose(page, 'Private key', other.key);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.locator('textarea[aria-invalid=true]').first().waitFor();
    await lookAt(page, 'provider-add-certificate', ['light']);
    await choose(page, 'Private key', own.key);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await verifyAs(page, ada, /^Verify Certificate/);
    await page.getByText('It was accepted', { exact: true }).waitFor();
    expect(admin.complaints).toEqual([]);
  });
});

async function choose(page: Page, label: string, text: string): Promise<void> {
  const buffer = Buffer.from(text);
  const file = { name: 'chosen.pem', mimeType: 'application/x-pem-file', buffer };
  await page.locator(`input[type=file][aria-label="File with the ${label}"]`).setInputFiles(file);
  await expect.poll(() => page.getByRole('textbox', { name: label }).inputValue()).toBe(text);
}

describe('several providers', () => {
  it('are switched without a gap', async () => {
    const { page } = admin;
    await addWebProvider(page, {
      name: 'Contoso Plants (new)',
      clientId: clientIds.organizationSignInNext,
      secret: secrets.ofTheNext,
      tenantId,
    });
    await verifyAs(page, { ...ada, consent: 'Accept' });
    await page.getByText('The provider is active').waitFor();
    await page.getByRole('button', { name: 'Use for SSO Sign-in' }).click();
    await expect
      .poll(servedNames)
      .toEqual([
        'Contoso Plants (new)',
        expect.any(String) as string,
        expect.any(String) as string,
      ]);
    await goTo(page, address('/single-sign-on'), 'Single Sign-On');
    await lookAt(page, 'providers-several');
  });

  it('are retired, with what is left said before', async () => {
    const { page } = admin;
    await goTo(page, ownAddress(), 'Contoso, ours');
    await page.getByRole('button', { name: 'Retire', exact: true }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('Who can still come in as Admin').waitFor();
    await dialog
      .getByText(/members of Gatehouse Administrators/)
      .first()
      .waitFor();
    await lookAt(page, 'provider-retire');
    await dialog.getByRole('button', { name: 'Retire provider' }).click();
    await page.getByText('Retired', { exact: true }).first().waitFor();
    expect(await servedNames()).not.toContain('Contoso, ours');
  });

  it('sign whoever retires their own out, once they have acknowledged it', async () => {
    const { page, context } = await newVisitor(browser);
    await page.goto(world.portal.origin);
    await signIn(page, ada.userPrincipalName, { mfa: true });
    await expectHeading(page, 'Overview');
    await goTo(page, address('/single-sign-on'), 'Single Sign-On');
    await page.getByText('You came in by it').waitFor();
    await page.getByRole('link', { name: 'Contoso Plants (new)' }).click();
    await page.getByRole('button', { name: 'Retire', exact: true }).click();
    const dialog = page.getByRole('alertdialog');
    const confirm = dialog.getByRole('button', { name: 'Retire provider' });
    await dialog.getByText(/open session ends at once/).waitFor();
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByRole('checkbox', { name: /I came in by it/ }).check();
    await lookAt(page, 'provider-retire-own');
    await confirm.click();
    await page.getByRole('button', { name: 'SSO Sign-in' }).waitFor();
    expect(await servedNames()).not.toContain('Contoso Plants (new)');
    await context.close();
  });

  it('are deleted', async () => {
    const { page } = admin;
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete provider' }).click();
    await expectHeading(page, 'Single Sign-On');
    await page.getByRole('row', { name: /Contoso, ours/ }).waitFor({ state: 'detached' });
    expect(admin.complaints).toEqual([]);
  });
});
