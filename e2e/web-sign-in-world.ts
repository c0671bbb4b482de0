import type { Page } from 'playwright-core';
import { provider as providerSchema, type Provider } from '../src/contract/sign-in-providers.ts';
import { clientIds } from '../src/demo/directory.ts';
import { approveOnPhone, enterPassword } from '../src/testing/local-entra-pages.ts';
import type { Api } from '../src/testing/test-portal.ts';
import { expectHeading } from './browser.ts';

/** Secrets of local Entra's registrations for the sign-in by the server. */
export const secrets = {
  valid: 'local-entra-secret-that-is-valid',
  expired: 'local-entra-secret-that-expired',
  /** The id of a secret, which people paste by mistake. */
  id: '3a000000-0000-4000-8000-0000000000f2',
  ofTheNext: 'local-entra-secret-of-the-new-one',
} as const;

const day = 86_400_000;

/** The day so many days from now, as a date field takes it. */
export function dayIn(days: number): string {
  return new Date(Date.now() + days * day).toISOString().slice(0, 10);
}

interface EnteredProvider {
  readonly name?: string;
  readonly clientId: string;
  readonly secret: string;
  /** Absent: accounts in any organization. */
  readonly tenantId?: string;
}

/** From the list to the page of a new web application: fills the form in and creates it. */
export async function addWebProvider(page: Page, entered: EnteredProvider): Promise<void> {
  await page.getByRole('link', { name: 'Single Sign-On', exact: true }).first().click();
  await expectHeading(page, 'Single Sign-On');
  await page.getByRole('link', { name: 'Add Web application (client secret)' }).click();
  await expectHeading(page, 'Add a web application');
  await fillWebProvider(page, entered);
  await page.getByRole('button', { name: 'Create and Activate' }).click();
  await page.getByRole('button', { name: 'Verify Integration' }).waitFor();
}

export async function fillWebProvider(page: Page, entered: EnteredProvider): Promise<void> {
  const { name, clientId, secret, tenantId } = entered;
  if (name !== undefined) await page.getByRole('textbox', { name: 'Name' }).fill(name);
  if (tenantId === undefined) {
    await page.getByRole('radio', { name: /^Accounts in any organization/ }).check();
  } else await page.getByRole('textbox', { name: 'Tenant ID' }).fill(tenantId);
  await page.getByRole('textbox', { name: 'Client ID', exact: true }).fill(clientId);
  await page.getByRole('textbox', { name: 'Client Secret' }).fill(secret);
  await page.getByLabel(/^Expires/).fill(dayIn(200));
}

interface Person {
  readonly userPrincipalName: string;
  readonly mfa?: boolean;
  /** Where Entra asks for consent. */
  readonly consent?: 'Accept' | 'Cancel';
}

/**
 * Clicks what opens the window of a verification, and signs in there. `button`: its name, where it
 * isn't Verify Integration.
 */
export async function verifyAs(
  page: Page,
  person: Person,
  button: string | RegExp = /^(Verify Integration|Open the window again)$/,
): Promise<void> {
  const popup = await openVerification(page, button);
  const closed = new Promise<'closed'>((resolve) => {
    popup.once('close', () => resolve('closed'));
  });
  await chooseAccount(popup, person.userPrincipalName);
  const asked = await Promise.race([closed, firstQuestion(popup)]);
  if (asked === 'password') {
    await enterPassword(popup);
    if (person.mfa === true) await approveOnPhone(popup);
  }
  if (person.consent !== undefined) {
    await popup.getByRole('button', { name: person.consent, exact: true }).click();
  }
  if (asked === 'password' && person.consent !== 'Cancel') {
    await popup.getByRole('button', { name: 'No', exact: true }).click();
  }
}

export async function openVerification(
  page: Page,
  button: string | RegExp = /^(Verify Integration|Open the window again)$/,
): Promise<Page> {
  const opening = page.context().waitForEvent('page');
  await page.getByRole('button', { name: button }).first().click();
  return opening;
}

/** Who has a session at local Entra isn't asked for the password; the window then closes by itself. */
async function firstQuestion(popup: Page): Promise<'password' | 'consent' | 'closed'> {
  const password = popup.getByLabel('Password');
  const consent = popup.getByRole('button', { name: 'Accept', exact: true });
  try {
    await password.or(consent).first().waitFor();
    return (await password.isVisible()) ? 'password' : 'consent';
  } catch (error) {
    if (popup.isClosed()) return 'closed';
    throw error;
  }
}

/** Local Entra's first page: the accounts that it knows in this browser, or the name to type. */
export async function chooseAccount(popup: Page, userPrincipalName: string): Promise<void> {
  const another = popup.getByRole('button', { name: 'Use another account' });
  const name = popup.getByLabel('Email or user name');
  await another.or(name).first().waitFor();
  if (await another.isVisible()) await another.click();
  await name.fill(userPrincipalName);
  await popup.getByRole('button', { name: 'Next' }).click();
}

/** A check of the verification that the page shows, by the state that its icon names. */
export async function expectCheck(
  page: Page,
  state: 'Passed' | 'Failed' | 'Skipped',
  text: string | RegExp,
): Promise<void> {
  await page
    .getByRole('list', { name: 'Checks' })
    .getByRole('listitem')
    .filter({ hasText: text })
    .filter({ has: page.getByLabel(state) })
    .first()
    .waitFor();
}

/** The same without its page: created through the API. */
export async function createWebProvider(
  api: Api,
  { name = 'Contoso Plants', expiresInDays = 200 } = {},
): Promise<Provider> {
  const answer = await api('POST', '/providers', {
    body: {
      registration: {
        type: 'web',
        name,
        tenantId: null,
        multitenant: true,
        clientId: clientIds.organizationSignIn,
        usesGroups: true,
      },
      credential: {
        kind: 'secret',
        value: secrets.valid,
        expiresAt: new Date(Date.now() + expiresInDays * day).toISOString(),
      },
    },
  });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return providerSchema.parse(answer.body);
}

export const ada = { userPrincipalName: 'ada.verhaegen@contoso-plants.example', mfa: true };
