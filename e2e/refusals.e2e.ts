import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds, personIds } from '../src/demo/directory.ts';
import { expectHeading, giveCredentials, lookAt, newVisitor } from './browser.ts';
import { signInAs } from '../src/testing/local-entra-pages.ts';
import { domain, startPeopleWorld, type PeopleWorld } from './people-world.ts';

let at: PeopleWorld;

beforeAll(async () => {
  at = await startPeopleWorld();
});

afterAll(() => at?.close());

/** Refused by the portal, after a sign-in that succeeded at Entra. */
describe('the portal refuses', () => {
  it('somebody in no mapped group, naming what to ask for, and keeps a record', async () => {
    const { context, page, complaints } = await at.open('finn');
    await expectHeading(page, /None of your groups/);
    await page.getByText('Gatehouse Readers').first().waitFor();
    expect(complaints).toEqual([]);

    // The way out is another account.
    await page.getByRole('button', { name: 'Use another account' }).click();
    await page.getByLabel('Email or user name').waitFor();
    await context.close();
    const { rows } = await at.world.database.pool.query<{ code: string }>(
      "select code from sign_ins where outcome = 'refused' and name = 'Finn Bakker'",
    );
    expect(rows).toEqual([{ code: 'no_role' }]);
  });

  it.each([
    { person: 'Hana', missing: 'Last name' },
    { person: 'Ivo Martens', missing: 'User principal name' },
  ])('$person, whose profile lacks $missing', async ({ person, missing }) => {
    const { context, page } = await newVisitor(at.browser);
    await page.goto(at.address('/'));
    await page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await signInAs(page, person);
    await expectHeading(page, 'Your profile in Entra ID is incomplete');
    await page.getByText(missing).first().waitFor();
    await lookAt(page, `refusal-profile-${missing.replaceAll(' ', '-').toLowerCase()}`);
    await context.close();
  });
});

describe('more than 200 groups', () => {
  it('are never read as none when Graph may not be asked', async () => {
    at.world.entra.changeApplication(clientIds.portal, { consentedGraphScopes: [] });
    const { context, page } = await at.open('greta');
    await expectHeading(page, 'Your group list could not be completed');
    await lookAt(page, 'refusal-groups-incomplete');
    await context.close();
    at.world.entra.changeApplication(clientIds.portal, {
      consentedGraphScopes: ['User.Read', 'GroupMember.Read.All'],
    });
  });

  it('are completed through Graph, and the role is the one that counts', async () => {
    const { context, page, complaints } = await at.open('greta', '/my-access');
    await expectHeading(page, 'My access');
    await page.getByText('Security analyst').first().waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});

/** Refused by Entra itself: its own page says so, and the way back leads to our explanation. */
describe('Entra refuses', () => {
  it.each([
    { who: `otto.brandt@${domain}`, code: '50105', why: 'unassigned' },
    { who: `pia.rossi@${domain}`, code: '53003', why: 'blocked by Conditional Access' },
    { who: `mila.novak@${domain}`, code: '50057', why: 'disabled' },
    { who: `noor.de.vries@${domain}`, code: '50055', why: 'an expired password' },
    { who: `lars.nilsen@${domain}`, code: '500121', why: 'declined MFA' },
  ])('$who ($why), and the sign-in page explains AADSTS$code', async ({ who, code }) => {
    const { context, page } = await newVisitor(at.browser);
    await page.goto(at.address('/'));
    await page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await giveCredentials(page, who);
    await page.getByText(`AADSTS${code}`).first().waitFor();
    await page
      .getByRole('link', { name: 'Return to the application' })
      .or(page.getByRole('button', { name: 'Return to the application' }))
      .first()
      .click();
    await page.getByRole('button', { name: 'SSO Sign-in' }).waitFor();
    await page.getByText(`AADSTS${code}`).first().waitFor();
    await page
      .getByText(/correlation/i)
      .first()
      .waitFor();
    await lookAt(page, `sign-in-failed-${code}`);
    await context.close();
  });

  it('a cancelled sign-in, which can be tried again', async () => {
    const { context, page } = await newVisitor(at.browser);
    await page.goto(at.address('/'));
    await page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await page.getByRole('button', { name: 'Cancel' }).first().click();
    await page.getByRole('button', { name: 'SSO Sign-in' }).waitFor();
    await context.close();
  });
});

describe('Troubleshooting', () => {
  it('is there for people who aren’t signed in, and finds a code', async () => {
    const { context, page, complaints } = await newVisitor(at.browser);
    await page.goto(at.address('/troubleshooting'));
    await expectHeading(page, /Troubleshooting/);
    await page.getByRole('searchbox').or(page.getByRole('textbox')).first().fill('AADSTS50105');
    await page.getByText('50105').first().waitFor();
    await lookAt(page, 'troubleshooting');
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('a person whose groups change', () => {
  it('has the new role with the next token', async () => {
    at.world.entra.changePerson(personIds.finn, {
      groups: ['2b000000-0000-4000-8000-000000000003'],
    });
    const { context, page } = await at.open('finn');
    await expectHeading(page, 'Overview');
    await context.close();
  });
});
