import type { Page } from 'playwright-core';
import type { PortalUser } from '../src/contract/users.ts';
import { staySignedIn } from '../src/testing/local-entra-pages.ts';
import type { Api } from '../src/testing/test-portal.ts';
import { activeWebProvider } from './active-web-provider.ts';
import { giveCredentials } from './browser.ts';
import { startAdminWorld, type AdminWorld } from './people-world.ts';

/** SSO Sign-in is by the organization's web application, and Ada is signed in by it. */
export function startUsersWorld(): Promise<AdminWorld> {
  return startAdminWorld({ prepare: ({ world }) => activeWebProvider(world, { primary: true }) });
}

/** Somebody in no group of Gatehouse. */
export function person(id: string, givenName: string, surname: string, upn: string) {
  const displayName = `${givenName} ${surname}`;
  return {
    oid: id,
    upn,
    mail: upn,
    givenName,
    surname,
    displayName,
    groups: [],
    mfa: 'none' as const,
    shows: 'Invited',
  };
}

export async function invitedByApi(
  api: Api,
  name: string,
  email: string,
): Promise<{ id: string; link: string }> {
  const { body } = await api('POST', '/users', { body: { name, email, role: 'readOnly' } });
  const { user, invitationLink } = body as { user: PortalUser; invitationLink: string };
  return { id: user.id, link: invitationLink };
}

/** At Entra, whichever page it begins with: the name that was hinted may be another one. */
export async function signInAnew(page: Page, userPrincipalName: string): Promise<void> {
  const another = page.getByRole('button', { name: 'Use another account' });
  const name = page.getByLabel('Email or user name');
  const password = page.getByLabel('Password');
  await another.or(name).or(password).first().waitFor();
  if (await password.isVisible()) await page.getByRole('link', { name: /another|back/i }).click();
  else if (await another.isVisible()) await another.click();
  await giveCredentials(page, userPrincipalName);
  await staySignedIn(page, 'No');
}
