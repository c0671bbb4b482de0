import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Provider } from '../src/contract/sign-in-providers.ts';
import { clientIds } from '../src/demo/directory.ts';
import { makeCertificate } from '../src/testing/certificate.ts';
import { expectHeading, goTo, lookAt } from './browser.ts';
import { ada, dayIn, expectCheck, secrets, verifyAs } from './web-sign-in-world.ts';
import { startProviderWorld, type ProviderWorld } from './provider-world.ts';

let started: ProviderWorld;

beforeAll(async () => {
  // Its secret ends soon, by the date that was entered.
  started = await startProviderWorld({ name: 'Contoso, Plants', expiresInDays: 5.5 });
});

afterAll(() => started?.close());

describe('a secret that ends soon', () => {
  it('is warned of on Overview, in the list and on the provider’s page', async () => {
    const { page } = started.ada;
    await goTo(page, started.address('/'), 'Overview');
    await page.getByText('The client secret of “Contoso, Plants” expires in 6 days').waitFor();
    await lookAt(page, 'overview-secret-expires');
    await page.getByRole('link', { name: 'Go to the provider' }).click();
    await expectHeading(page, 'Contoso, Plants');
    await page.getByText('Secret expires in 6 days').first().waitFor();
    await page.getByRole('link', { name: 'Single Sign-On', exact: true }).last().click();
    await page.getByRole('row', { name: /Contoso, Plants.*Secret expires in 6 days/ }).waitFor();
    await page.getByRole('link', { name: 'Contoso, Plants' }).click();
  });

  it('goes into a calendar', async () => {
    const { page } = started.ada;
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Add to calendar/ }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe(`gatehouse-secret-${dayIn(5.5)}.ics`);
    const file = (await readFile(await download.path(), 'utf8')).replaceAll('\r\n ', '');
    expect(file).toContain(`DTSTART;VALUE=DATE:${dayIn(5.5).replaceAll('-', '')}\r\n`);
    expect(file).toContain('SUMMARY:Client secret of “Contoso\\, Plants” expires\r\n');
    expect(file).toContain(`URL:${started.ownAddress}\r\n`);
    expect(file.match(/BEGIN:VALARM/g)).toHaveLength(4);
    expect(file).not.toContain(secrets.valid);
  });

  it('is replaced by a second one: added, verified, promoted, the old one retired', async () => {
    const { page, complaints } = started.ada;
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
    await page.getByText('Client secret retired', { exact: true }).waitFor();
    const { api, provider } = started;
    const now = (await api('GET', `/providers/${provider.id}`)).body as Provider;
    expect(now.credentials.map(({ status }) => status)).toEqual(['current']);
    expect(now.credentials[0]?.expiresAt?.slice(0, 10)).toBe(dayIn(365));
    await expect.poll(() => page.getByText('Secret expires in 6 days').count()).toBe(0);
    // What was promoted was a secret: the provider was active all the while.
    expect(await page.getByText('The provider is active').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});

describe('a certificate in the secret’s place', () => {
  it('is read from files, refused where its key is another one’s, and verified', async () => {
    const { page } = started.ada;
    const [own, other] = await Promise.all([
      makeCertificate({ keys: 'rsa' }),
      makeCertificate({ keys: 'rsa' }),
    ]);
    started.world.entra.changeApplication(clientIds.organizationSignIn, {
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
    expect(started.ada.complaints).toEqual([]);
  });
});

async function choose(page: Page, label: string, text: string): Promise<void> {
  const buffer = Buffer.from(text);
  const file = { name: 'chosen.pem', mimeType: 'application/x-pem-file', buffer };
  await page.locator(`input[type=file][aria-label="File with the ${label}"]`).setInputFiles(file);
  await expect.poll(() => page.getByRole('textbox', { name: label }).inputValue()).toBe(text);
}
