import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectHeading, goTo, lookAt, newVisitor } from './browser.ts';
import { domain, type AdminWorld } from './people-world.ts';
import { invitedByApi, signInAnew, startUsersWorld } from './users-world.ts';

let at: AdminWorld;

beforeAll(async () => {
  at = await startUsersWorld();
});

afterAll(() => at?.close());

describe('an invitation', () => {
  it('is sent anew, which ends the one before, and is revoked', async () => {
    const { id, link } = await invitedByApi(at.api, 'Jonas Weber', `jonas@${domain}`);
    const { page } = at.ada;
    await goTo(page, at.address(`/users/${id}`), 'Jonas Weber');
    await page.getByRole('button', { name: 'Resend invitation' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Resend invitation' }).click();
    const other = await page.getByRole('textbox', { name: 'For Jonas Weber' }).inputValue();
    expect(other).not.toBe(link);
    const { context, page: theirs } = await newVisitor(at.browser);
    await theirs.goto(link);
    await expectHeading(theirs, 'This invitation isn’t known');
    await theirs.goto('about:blank');
    await page.getByRole('button', { name: 'Revoke invitation' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke invitation' }).click();
    await page.getByText('Invitation revoked').first().waitFor();
    await theirs.goto(other);
    await expectHeading(theirs, 'This invitation was revoked');
    await lookAt(theirs, 'users-invitation-revoked', ['light']);
    await context.close();
  });

  it('doesn’t count for another account, and the refusal says so', async () => {
    const { link } = await invitedByApi(at.api, 'Nora', `nora@${domain}`);
    const { context, page } = await newVisitor(at.browser);
    await page.goto(link);
    await page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await signInAnew(page, `finn.bakker@${domain}`);
    await expectHeading(page, /None of your groups/);
    await page.getByText('The invitation doesn’t count for this account.').waitFor();
    await lookAt(page, 'users-invitation-wrong-account', ['light']);
    await context.close();
  });

  it('that has expired says so, on its page and when somebody signs in all the same', async () => {
    const { id, link } = await invitedByApi(at.api, 'Finn Bakker', `finn.bakker@${domain}`);
    const pool = at.world.database.pool;
    await pool.query(
      "update portal_users set invitation_expires_at = now() - interval '1 hour' where id = $1",
      [id],
    );
    const { context, page } = await newVisitor(at.browser);
    await page.goto(link);
    await expectHeading(page, 'This invitation has expired');
    await lookAt(page, 'users-invitation-expired', ['light']);
    await at.api('DELETE', `/users/${id}/invitation`);
    await page.getByRole('link', { name: 'Go to sign-in' }).click();
    await page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await signInAnew(page, `finn.bakker@${domain}`);
    await expectHeading(page, 'Your invitation has expired');
    await page.getByText('They are: the group Gatehouse Administrators.').waitFor();
    await lookAt(page, 'users-invitation-expired-refusal', ['light']);
    await goTo(at.ada.page, at.address('/users?status=invitationRevoked'), 'Users');
    await at.ada.page.getByRole('row', { name: /Finn Bakker.*Invitation revoked/ }).waitFor();
    await context.close();
  });

  it('leaves its traces in the audit log, in words', async () => {
    const { page } = at.ada;
    await goTo(page, at.address('/audit'), 'Audit');
    await page.getByText('User invited: Nora').waitFor();
    await page.getByText('Invitation sent anew: Jonas Weber').waitFor();
    await page.getByText('Invitation revoked: Jonas Weber').waitFor();
    await lookAt(page, 'users-audit', ['light']);
    await goTo(page, at.address('/sessions'), 'Sessions');
    await page.getByRole('table', { name: 'Sessions at the portal' }).waitFor();
    await lookAt(page, 'users-portal-sessions');
  });
});
