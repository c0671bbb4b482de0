import type { Page } from 'playwright-core';

/** Password of everybody at local Entra. */
const password = 'Gatehouse-demo-1';

/** Drives local Entra's sign-in pages as a person would, on a page that shows the first of them. */
export async function pickAccount(page: Page, displayName: string): Promise<void> {
  await page.getByRole('button', { name: displayName, exact: true }).click();
}

export async function enterPassword(page: Page): Promise<void> {
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Answers "Stay signed in?", which leads back to the application. */
export async function staySignedIn(page: Page, answer: 'Yes' | 'No'): Promise<void> {
  await page.getByRole('button', { name: answer, exact: true }).click();
}

/** Approves the request that a sign-in page waits for, on the page that plays the phone. */
export async function approveOnPhone(page: Page): Promise<void> {
  const number = await page.getByRole('status', { name: 'Number to enter' }).textContent();
  const phone = await page.context().newPage();
  await phone.goto(new URL('/authenticator', page.url()).href);
  await phone
    .getByLabel('Number')
    .last()
    .fill(number ?? '');
  await phone.getByRole('button', { name: 'Approve' }).last().click();
  await phone.getByText('Approved.').waitFor();
  await phone.close();
}

export interface SignInSteps {
  mfa?: boolean;
  stay?: 'Yes' | 'No';
}

/** The whole way from the account picker back to the application. */
export async function signInAs(
  page: Page,
  displayName: string,
  steps: SignInSteps = {},
): Promise<void> {
  await pickAccount(page, displayName);
  await enterPassword(page);
  if (steps.mfa === true) await approveOnPhone(page);
  await staySignedIn(page, steps.stay ?? 'No');
}
