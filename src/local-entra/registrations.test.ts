import { X509Certificate } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import * as oidc from 'openid-client';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds, demoDirectory, personIds } from '../demo/directory.ts';
import { makeCertificate } from '../testing/certificate.ts';
import { signInByWeb, webRedirectUri } from '../testing/entra-web-client.ts';
import { startLocalEntra } from './app.ts';
import type { LocalEntra } from './app.ts';

const clientId = clientIds.organizationSignInNext;

let entra: LocalEntra;
beforeAll(async () => {
  entra = await startLocalEntra({ port: 0, directory: demoDirectory() });
});
afterAll(() => entra.close());

describe('the page of a registration', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
    });
    page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(10_000);
  });
  afterAll(() => browser?.close());

  const done = (text: string): Promise<void> => page.getByText(text).waitFor();
  const error = async (secret: string, redirectUri = webRedirectUri): Promise<unknown> => {
    const authentication = oidc.ClientSecretPost(secret);
    const wish = { clientId, authentication, oid: personIds.bram, redirectUri };
    const refusal = await signInByWeb(entra, wish).then(
      () => undefined,
      (error: Error) => error,
    );
    if (refusal === undefined) return 'tokens';
    const { error_description: description = refusal.message } = refusal as {
      error_description?: string;
    };
    return /AADSTS\d+/.exec(description)?.[0];
  };

  it('makes, expires and removes secrets', async () => {
    await page.goto(entra.origin);
    await page.getByRole('link', { name: 'Contoso Plants sign-in (new)' }).click();
    await page.getByRole('heading', { name: 'Contoso Plants sign-in (new)' }).waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    }
    await page.getByLabel('Expires on').fill('2099-12-31');
    await page.getByRole('button', { name: 'New client secret' }).click();
    await done('The secret was added.');
    const row = page.getByRole('row').filter({ hasText: '2099-12-31' });
    const secret = (await row.locator('code').first().textContent()) ?? '';
    expect(await error(secret)).toBe('tokens');
    await row.getByRole('button', { name: /^Expire/ }).click();
    await done('The secret has expired.');
    expect(await error(secret)).toBe('AADSTS7000222');
    const expired = page.getByRole('row').filter({ hasText: 'Expired' });
    await expired.getByRole('button', { name: /^Remove/ }).click();
    await done('The secret was removed.');
    expect(await error(secret)).toBe('AADSTS7000215');
  });

  it('adds redirect URIs and sets the front-channel logout URL', async () => {
    const redirectUri = 'http://localhost:8080/elsewhere';
    await page.goto(`${entra.origin}/applications/${clientId}`);
    await page.getByLabel('New redirect URI').fill(` ${redirectUri} `);
    await page.getByRole('button', { name: 'Add redirect URI' }).click();
    await done('The redirect URI was added.');
    expect(await error('local-entra-secret-of-the-new-one', redirectUri)).toBe('tokens');
    await page.getByLabel('Front-channel logout URL').fill('http://plant.example/out');
    await page.getByRole('button', { name: 'Save logout URL' }).click();
    await page.getByRole('alert').getByText('must begin with https://').waitFor();
    await page.getByLabel('Front-channel logout URL').fill('https://plant.example/out');
    await page.getByRole('button', { name: 'Save logout URL' }).click();
    await done('The front-channel logout URL was saved.');
    expect(await page.getByLabel('Front-channel logout URL').inputValue()).toBe(
      'https://plant.example/out',
    );
  });

  it('takes and removes certificates', async () => {
    await page.getByLabel('Certificate (PEM').fill('not one');
    await page.getByRole('button', { name: 'Upload certificate' }).click();
    await page.getByRole('alert').getByText('no PEM certificate').waitFor();
    const { cert, key } = await makeCertificate({ keys: 'rsa' });
    await page.getByLabel('Certificate (PEM').fill(cert + key);
    await page.getByRole('button', { name: 'Upload certificate' }).click();
    await done('The certificate was added.');
    const x5t = new X509Certificate(cert).fingerprint.replaceAll(':', '');
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page
      .getByRole('row')
      .filter({ hasText: x5t })
      .getByRole('button', { name: /^Remove/ })
      .click();
    await done('The certificate was removed.');
    expect(await page.getByText(x5t).count()).toBe(0);
  });

  it('says which date it wants', async () => {
    await page.getByLabel('Expires on').fill('tomorrow');
    await page.getByRole('button', { name: 'New client secret' }).click();
    await page.getByRole('alert').getByText('2027-01-31').waitFor();
  });
});

describe('a form for a registration', () => {
  const post = (id: string, form: Record<string, string>): Promise<Response> =>
    fetch(`${entra.origin}/applications/${id}`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });

  it('of another site’s making is refused', async () => {
    expect((await post(clientId, { action: 'addSecret' })).status).toBe(403);
  });

  it('for an application that isn’t there finds nothing', async () => {
    expect((await post('x', {})).status).toBe(404);
    expect((await fetch(`${entra.origin}/applications/x`)).status).toBe(404);
  });
});

describe('the local surface', () => {
  const post = async (path: string, body: object): Promise<number> => {
    const headers = { 'x-local-entra': '1', 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    return (await fetch(`${entra.origin}/_local${path}`, init)).status;
  };

  it('changes secrets and addresses, and adds a person', async () => {
    const secrets = [{ id: 'a', value: 'by-hand' }];
    expect(await post(`/applications/${clientId}`, { secrets })).toBe(204);
    expect(await post(`/applications/${clientId}`, { frontChannelLogoutUrl: null })).toBe(204);
    expect(await post(`/people/${personIds.bram}`, { mail: null })).toBe(204);
    const oid = '1c000000-0000-4000-8000-0000000000ab';
    const upn = 'bram@contoso-plants.example';
    const person = { oid, displayName: 'Bram Two', givenName: 'Bram', upn, mail: upn };
    expect(await post('/people', person)).toBe(204);
    expect(await post('/people', { oid })).toBe(400);
    const authentication = oidc.ClientSecretPost('by-hand');
    const added = await signInByWeb(entra, { clientId, authentication, oid });
    expect(added.claims).toMatchObject({ oid, name: 'Bram Two', email: upn });
    const bram = await signInByWeb(entra, { clientId, authentication, oid: personIds.bram });
    expect(bram.claims).not.toHaveProperty('email');
  });
});
