import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds, demoDirectory, tenantId } from '../demo/directory.ts';
import { approveOnPhone, enterPassword, pickAccount } from '../testing/local-entra-pages.ts';
import { startLocalEntra } from './app.ts';
import type { LocalEntra } from './app.ts';

let browser: Browser;
let entra: LocalEntra;

beforeAll(async () => {
  entra = await startLocalEntra({ port: 0, directory: demoDirectory() });
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  });
});
afterAll(async () => {
  await browser?.close();
  await entra?.close();
});

async function openPage(colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const page = await (await browser.newContext({ colorScheme })).newPage();
  page.setDefaultTimeout(10_000);
  return page;
}

function authorizeUrl(): string {
  const query = new URLSearchParams({
    client_id: clientIds.portal,
    redirect_uri: 'http://localhost:8080/redirect.html',
    response_type: 'code',
    response_mode: 'query',
    scope: 'openid',
    code_challenge: 'c'.repeat(43),
    code_challenge_method: 'S256',
  });
  return `${entra.origin}/${tenantId}/oauth2/v2.0/authorize?${query.toString()}`;
}

/** What the redirect URI would be sent, without a server there. */
async function returned(page: Page): Promise<URLSearchParams> {
  const request = await page.waitForRequest((each) => each.url().includes('/redirect.html'));
  return new URL(request.url()).searchParams;
}

describe.each(['light', 'dark'] as const)('the pages, %s', (scheme) => {
  it('have no fault that axe finds', async () => {
    const page = await openPage(scheme);
    const faults = async (): Promise<string[]> => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
      );
    };
    await page.goto(entra.origin);
    expect(await faults()).toEqual([]);
    await page.goto(authorizeUrl());
    expect(await faults()).toEqual([]);
    await pickAccount(page, 'Ada Verhaegen');
    await page.getByRole('heading', { name: 'Enter password' }).waitFor();
    expect(await faults()).toEqual([]);
    await enterPassword(page);
    await page.getByRole('heading', { name: 'Approve sign in request' }).waitFor();
    expect(await faults()).toEqual([]);
    const phone = await page.context().newPage();
    await phone.goto(`${entra.origin}/authenticator`);
    const { violations } = await new AxeBuilder({ page: phone }).analyze();
    expect(violations).toEqual([]);
    await approveOnPhone(page);
    await page.getByRole('heading', { name: 'Stay signed in?' }).waitFor();
    expect(await faults()).toEqual([]);
    await page.goto(`${entra.origin}/elsewhere/oauth2/v2.0/authorize`);
    expect(await faults()).toEqual([]);
    await page.context().close();
  });
});

describe('the pages', () => {
  it('work by keyboard alone', async () => {
    const page = await openPage();
    await page.goto(authorizeUrl());
    await page.getByLabel('Email or user name').press('Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.type('bram.claes@contoso-plants.example');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Enter password' }).waitFor();
    await page.keyboard.type('Gatehouse-demo-1');
    await page.keyboard.press('Enter');
    const answer = returned(page);
    await page.getByRole('button', { name: 'Yes' }).focus();
    await page.keyboard.press('Enter');
    expect((await answer).get('code')).toBeTruthy();
    await page.context().close();
  });

  it('notice that the phone declines by itself, and lead back with the error', async () => {
    const page = await openPage();
    await page.goto(authorizeUrl());
    await pickAccount(page, 'Lars Nilsen');
    await enterPassword(page);
    await page.getByText('AADSTS500121').waitFor();
    const answer = returned(page);
    await page.getByRole('link', { name: 'Return to the application' }).click();
    expect((await answer).get('error')).toBe('access_denied');
    await page.context().close();
  });

  it('show a request on a phone that is already open, and let it be denied', async () => {
    const page = await openPage();
    const phone = await page.context().newPage();
    await phone.goto(`${entra.origin}/authenticator`);
    await phone.getByText('No requests are waiting').waitFor();
    await page.goto(authorizeUrl());
    await pickAccount(page, 'Karin Olsen');
    await enterPassword(page);
    const request = phone.getByRole('form', { name: 'Request for Karin Olsen' });
    await request.getByRole('button', { name: 'Deny' }).click();
    await page.getByText('AADSTS500121').waitFor();
    await page.getByRole('button', { name: 'Send another request' }).click();
    await approveOnPhone(page);
    await page.getByRole('heading', { name: 'Stay signed in?' }).waitFor();
    await page.context().close();
  });
});
