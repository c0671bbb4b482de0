import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds } from '../src/demo/directory.ts';
import { expectHeading, goTo, lookAt, lookNarrow } from './browser.ts';
import { startAdminWorld, type AdminWorld } from './people-world.ts';
import { fillWebProvider, secrets } from './web-sign-in-world.ts';

let at: AdminWorld;

beforeAll(async () => {
  at = await startAdminWorld();
});

afterAll(() => at?.close());

describe('a web application, entered', () => {
  it('offers both kinds under Microsoft', async () => {
    const { page } = at.ada;
    await goTo(page, at.address('/single-sign-on'), 'Single Sign-On');
    await page.getByRole('row', { name: /Microsoft.*Active/ }).waitFor();
    await lookAt(page, 'providers-list');
    await lookNarrow(page, 'providers-list-narrow');
    await page.getByRole('link', { name: 'Add Web application (client secret)' }).click();
    await expectHeading(page, 'Add a web application');
    expect(await page.title()).toBe('Add a web application · Gatehouse');
  });

  it('shows every value to enter in Entra, to be copied', async () => {
    const { page, context } = at.ada;
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy the redirect URI' }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(at.address('/sign-in/callback'));
    await page.getByText(at.address('/sign-in/front-channel-logout')).waitFor();
    expect(await page.getByText(/implicit|SAML/i).count()).toBe(0);
  });

  it('names every field that is missing, and goes to the first', async () => {
    const { page } = at.ada;
    await page.getByRole('button', { name: 'Create and Activate' }).click();
    await page.getByText('Enter the Value of the secret.').waitFor();
    await page.getByText('Enter the day under Expires.').waitFor();
    const focused = await page.evaluate(
      () => (document.activeElement as HTMLInputElement | null)?.getAttribute('aria-invalid') ?? '',
    );
    expect(focused).toBe('true');
    await lookAt(page, 'provider-new-web-missing');
    await lookNarrow(page, 'provider-new-web-narrow');
  });

  it('knows a secret’s ID, and takes off what was copied along', async () => {
    const { page } = at.ada;
    await fillWebProvider(page, { clientId: clientIds.organizationSignIn, secret: secrets.id });
    await page.getByRole('button', { name: 'Create and Activate' }).click();
    await page.getByText(/This is the Secret ID/).waitFor();
    await page.evaluate((text) => navigator.clipboard.writeText(text), ` ${secrets.valid}x \n`);
    const secret = page.getByRole('textbox', { name: 'Client Secret' });
    await secret.selectText();
    await secret.press('ControlOrMeta+v');
    await page.getByText('Spaces around it were removed.').first().waitFor();
    expect(await secret.inputValue()).toBe(`${secrets.valid}x`);
  });

  it('keeps what was typed over a reload, but for the secret', async () => {
    const { page } = at.ada;
    await page.reload();
    await expectHeading(page, 'Add a web application');
    const clientId = page.getByRole('textbox', { name: 'Client ID', exact: true });
    await expect.poll(() => clientId.inputValue()).toBe(clientIds.organizationSignIn);
    expect(await page.getByRole('textbox', { name: 'Client Secret' }).inputValue()).toBe('');
    const kept = await page.evaluate(() => JSON.stringify(sessionStorage));
    expect(kept).not.toContain(secrets.valid);
  });

  it('reads Verify to activate once it is created', async () => {
    const { page } = at.ada;
    await fillWebProvider(page, {
      name: 'Contoso Plants',
      clientId: clientIds.organizationSignIn,
      secret: `${secrets.valid}x`,
    });
    await page.getByRole('button', { name: 'Create and Activate' }).click();
    await page.getByRole('button', { name: 'Verify Integration' }).waitFor();
    await expectHeading(page, 'Contoso Plants');
    await page.getByText('Verify to activate').first().waitFor();
    await lookAt(page, 'provider-unverified');
  });
});
