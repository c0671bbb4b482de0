import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds } from '../src/demo/directory.ts';
import { approveOnPhone, enterPassword } from '../src/testing/local-entra-pages.ts';
import { activeWebProvider } from './active-web-provider.ts';
import { expectHeading, goTo, lookAt, newVisitor, type Visitor } from './browser.ts';
import { startPeopleWorld, type PeopleWorld } from './people-world.ts';
import { ada, chooseAccount } from './web-sign-in-world.ts';

let at: PeopleWorld;
let reader: Visitor;

beforeAll(async () => {
  at = await startPeopleWorld();
  reader = await newVisitor(at.browser);
});

afterAll(() => at?.close());

/** Looks AADSTS90094 up, copies the link, and answers it. */
async function copiedLink(): Promise<string> {
  const { page, context } = reader;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await goTo(page, at.address('/troubleshooting?code=AADSTS90094'), 'Troubleshooting');
  await page.getByRole('button', { name: 'Copy the admin-consent link' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const shown = page.getByRole('link', { name: 'open the admin-consent link' });
  expect(await shown.getAttribute('href')).toBe(link);
  return link;
}

/** Opens it as an administrator of Entra, in a browser that knows nothing of Gatehouse. */
async function consent(link: string): Promise<Page> {
  const { page } = await newVisitor(at.browser);
  await page.goto(link);
  await chooseAccount(page, ada.userPrincipalName);
  await enterPassword(page);
  await approveOnPhone(page);
  await page.getByText('Group').first().waitFor();
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await page.getByRole('button', { name: 'No', exact: true }).click();
  return page;
}

describe('the admin-consent link', () => {
  it('of a page leads back to where its sign-ins do, and says that it was granted', async () => {
    at.world.entra.changeApplication(clientIds.portal, { consentedGraphScopes: [] });
    const link = await copiedLink();
    expect(new URL(link).searchParams.get('client_id')).toBe(clientIds.portal);
    await lookAt(reader.page, 'troubleshooting-admin-consent');
    const page = await consent(link);
    await page.getByText('Consent was granted').waitFor();
    await lookAt(page, 'admin-consent-redirect');
    await page.getByRole('link', { name: 'Back to Gatehouse' }).click();
    await page.getByRole('button', { name: 'SSO Sign-in' }).waitFor();
    await page.context().close();
  });

  it('of a web application ends on a page of the portal', async () => {
    await activeWebProvider(at.world, { primary: true });
    at.world.entra.changeApplication(clientIds.organizationSignIn, { consentedGraphScopes: [] });
    const link = await copiedLink();
    expect(new URL(link).searchParams.get('client_id')).toBe(clientIds.organizationSignIn);
    const page = await consent(link);
    await expectHeading(page, 'Consent was granted');
    await lookAt(page, 'admin-consent-granted');
    await page.getByRole('link', { name: 'Sign in now' }).click();
    await page.getByRole('button', { name: 'SSO Sign-in' }).waitFor();
    await page.context().close();
    expect(reader.complaints).toEqual([]);
  });
});
