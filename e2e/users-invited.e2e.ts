import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterPassword, staySignedIn } from '../src/testing/local-entra-pages.ts';
import {
  expectHeading,
  giveCredentials,
  goTo,
  keepPicture,
  lookAt,
  lookNarrow,
  newVisitor,
  type Visitor,
} from './browser.ts';
import { domain, type AdminWorld } from './people-world.ts';
import { invitedByApi, person, signInAnew, startUsersWorld } from './users-world.ts';

const oid = '1c000000-0000-4000-8000-0000000000a1';
const sanne = `sanne.de.boer@${domain}`;
const sanneNow = `sanne.bakker@${domain}`;

let at: AdminWorld;
let sannes: Visitor;

beforeAll(async () => {
  at = await startUsersWorld();
  at.world.entra.addPerson(person(oid, 'Sanne', 'de Boer', sanne));
});

afterAll(() => at?.close());

describe('somebody invited', () => {
  let link = '';

  it('is entered by an Admin, who gets a link once', async () => {
    const { page } = at.ada;
    await goTo(page, at.address('/users'), 'Users');
    await page.getByRole('heading', { name: 'No portal users yet' }).waitFor();
    await lookAt(page, 'users-empty', ['light']);
    await page.getByRole('link', { name: 'Invite user' }).click();
    await expectHeading(page, 'Invite user');
    await page.getByRole('textbox', { name: 'Name' }).fill('Sanne de Boer');
    await page.getByRole('textbox', { name: 'Email' }).fill('sanne at home');
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await page.getByText('must be an e-mail address').waitFor();
    await page.getByRole('textbox', { name: 'Email' }).fill(sanne);
    await page.getByRole('radio', { name: /^Security analyst/ }).check();
    await lookAt(page, 'users-invite');
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await expectHeading(page, 'Sanne de Boer is invited');
    link = await page.getByRole('textbox', { name: 'For Sanne de Boer' }).inputValue();
    expect(link).toContain('/invitation#token=');
    await lookAt(page, 'users-invited');
    await lookNarrow(page, 'users-invited-narrow');
    expect(at.ada.complaints).toEqual([]);
  });

  it('can’t be invited twice', async () => {
    const { page } = at.ada;
    await goTo(page, at.address('/users/new'), 'Invite user');
    await page.getByRole('textbox', { name: 'Name' }).fill('Another');
    await page.getByRole('textbox', { name: 'Email' }).fill(sanne.toUpperCase());
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await page
      .getByText(/is the address of Sanne de Boer/)
      .first()
      .waitFor();
  });

  it('is told so when signed in as somebody else, and keeps the token out of the address', async () => {
    const bram = await at.open('bram');
    const { page } = bram;
    await expectHeading(page, 'Overview');
    await page.goto(link);
    await expectHeading(page, 'You are invited to Gatehouse');
    await page.getByText(/You are signed in as Bram Claes/).waitFor();
    expect(page.url()).toBe(at.address('/invitation'));
    await lookAt(page, 'users-invitation-other');
    await page.getByRole('button', { name: 'Use another account' }).waitFor();
    await page.getByRole('link', { name: 'Go on as Bram Claes' }).click();
    await expectHeading(page, 'Overview');
    await bram.context.close();
  });

  it('signs in by the link, and has the role', async () => {
    sannes = await newVisitor(at.browser);
    const { page } = sannes;
    await page.goto(link);
    await expectHeading(page, 'You are invited to Gatehouse');
    await page.getByText('Security analyst').waitFor();
    expect(page.url()).toBe(at.address('/invitation'));
    await lookAt(page, 'users-invitation');
    await lookNarrow(page, 'users-invitation-narrow');
    await page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await enterPassword(page);
    await staySignedIn(page, 'Yes');
    await expectHeading(page, 'Overview');
    await page.getByRole('link', { name: 'My access', exact: true }).first().click();
    await expectHeading(page, 'My access');
    await page.getByText(`As the user ${sanne}`).waitFor();
    await page.getByText('Contoso Plants (web application)').waitFor();
    await lookAt(page, 'users-my-access');
    expect(await page.evaluate(() => sessionStorage.getItem('gatehouse.invitation'))).toBeNull();
    expect(sannes.complaints).toEqual([]);
  });

  it('needs the link no more', async () => {
    const { context, page } = await newVisitor(at.browser);
    await page.goto(link);
    await expectHeading(page, 'This invitation was used');
    await lookAt(page, 'users-invitation-used', ['light']);
    await page.goto(at.address('/invitation#token=nothing'));
    await page.reload();
    await expectHeading(page, 'This invitation isn’t known');
    await lookAt(page, 'users-invitation-unknown', ['light']);
    await context.close();
  });
});

describe('a portal user', () => {
  it('is shown as linked, and changed; what somebody else saved meanwhile isn’t lost', async () => {
    const { page } = at.ada;
    await goTo(page, at.address('/users'), 'Users');
    await page
      .getByRole('row', { name: /Sanne de Boer.*Microsoft account linked.*Active/ })
      .waitFor();
    await lookAt(page, 'users-list');
    await keepPicture(page, 'users');
    await lookNarrow(page, 'users-list-narrow');
    await page.getByRole('link', { name: 'Sanne de Boer' }).click();
    await expectHeading(page, 'Sanne de Boer');
    await lookAt(page, 'users-user');
    await lookNarrow(page, 'users-user-narrow');
    const id = page.url().split('/').at(-1) ?? '';
    await page.getByRole('textbox', { name: 'Name' }).fill('Sanne Bakker');
    const before = await at.api('GET', `/users/${id}`);
    const theirs = { name: 'S. de Boer', role: 'readOnly', disabled: false };
    await at.api('PUT', `/users/${id}`, { body: theirs, ifMatch: before.etag ?? '' });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Somebody else changed this in the meantime').waitFor();
    await lookAt(page, 'users-conflict', ['light']);
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    await expectHeading(page, 'Sanne Bakker');
    expect(at.ada.complaints).toEqual([]);
  });

  it('is counted where groups and their roles are shown', async () => {
    const { page } = at.ada;
    await goTo(page, at.address('/access'), 'Who gets what where');
    await page.getByText('1 portal user has a role of their own in the portal').waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Users', exact: true }).click();
    await expectHeading(page, 'Users');
  });

  it('stays who she is with another address, which Users shows', async () => {
    at.world.entra.changePerson(oid, { upn: sanneNow, mail: sanneNow, surname: 'Bakker' });
    const { page } = sannes;
    await page.getByRole('button', { name: /^Account:/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(at.address('/'));
    await page.getByRole('button', { name: 'SSO Sign-in' }).waitFor();
    await page.goto(at.address('/my-access'));
    await page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await signInAnew(page, sanneNow);
    await expectHeading(page, 'My access');
    await page.getByText('Security analyst').first().waitFor();
    await goTo(at.ada.page, at.address('/users'), 'Users');
    await at.ada.page.getByText(`Address changed at Microsoft: ${sanneNow}`).waitFor();
    await lookAt(at.ada.page, 'users-address-changed', ['light']);
  });

  it('isn’t the stranger who took the old address', async () => {
    at.world.entra.addPerson(
      person('1c000000-0000-4000-8000-0000000000a2', 'Sem', 'de Boer', sanne),
    );
    const { context, page } = await newVisitor(at.browser);
    await page.goto(at.address('/'));
    await page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await giveCredentials(page, sanne);
    await staySignedIn(page, 'No');
    await expectHeading(page, 'Your e-mail address belongs to another account here');
    await lookAt(page, 'users-address-taken');
    await page.getByRole('button', { name: 'Use another account' }).waitFor();
    await context.close();
  });

  it('is refused at once when disabled, and told so', async () => {
    const { page } = at.ada;
    await page.getByRole('link', { name: 'Sanne Bakker' }).click();
    await page.getByRole('button', { name: 'Disable' }).click();
    await lookAt(page, 'users-disable');
    await page.getByRole('button', { name: 'Disable user' }).click();
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Enable' }).waitFor();
    await sannes.page.reload();
    await sannes.page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await expectHeading(sannes.page, 'Your account in Gatehouse was disabled');
    await lookAt(sannes.page, 'users-disabled');
  });

  it('is deleted, with what that means said before', async () => {
    const { page } = at.ada;
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByText(/Careful: a disabled user is refused/).waitFor();
    await lookAt(page, 'users-delete', ['light']);
    await page.getByRole('button', { name: 'Delete user' }).click();
    await expectHeading(page, 'Users');
    await page.getByRole('heading', { name: 'No portal users yet' }).waitFor();
    await sannes.page.getByRole('button', { name: 'Try again' }).click();
    await sannes.page.getByText('An administrator ended your session.').waitFor();
    await sannes.page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await expectHeading(sannes.page, /None of your groups/);
    await sannes.page.getByText(`Sanne de Boer (${sanneNow})`).waitFor();
    expect(at.ada.complaints).toEqual([]);
  });

  it('doesn’t change their own role, and is told why', async () => {
    await invitedByApi(at.api, 'Ada Verhaegen', `ada.verhaegen@${domain}`);
    const { page } = at.ada;
    await goTo(page, at.address('/my-access'), 'My access');
    await page.getByText('This counts: it is the higher one.').waitFor();
    await lookAt(page, 'users-my-access-both');
    await page.getByRole('link', { name: 'Your entry under Users' }).click();
    await page.getByText(/Nobody changes their own role/).waitFor();
    expect(await page.getByRole('button', { name: 'Disable' }).count()).toBe(0);
    expect(await page.getByRole('radio').count()).toBe(0);
    await lookAt(page, 'users-own', ['light']);
  });
});
