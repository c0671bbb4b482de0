import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Provider } from '../src/contract/sign-in-providers.ts';
import { clientIds, tenantId } from '../src/demo/directory.ts';
import { expectHeading, goTo, lookAt, lookNarrow, newVisitor, signIn } from './browser.ts';
import { ada, addWebProvider, secrets, verifyAs } from './web-sign-in-world.ts';
import { startProviderWorld, type ProviderWorld } from './provider-world.ts';

let started: ProviderWorld;

beforeAll(async () => {
  started = await startProviderWorld();
});

afterAll(() => started?.close());

const servedNames = async () => {
  const answer = await fetch(started.address('/api/v1/configuration'));
  const { providers } = (await answer.json()) as { providers: { name: string }[] };
  return providers.map(({ name }) => name);
};

describe('an edit of an active provider', () => {
  it('waits for its verification, and the verified version serves meanwhile', async () => {
    const { page } = started.ada;
    await goTo(page, started.ownAddress, 'Contoso Plants');
    await page.getByRole('link', { name: 'Edit' }).click();
    await expectHeading(page, 'Edit Contoso Plants');
    await page.getByRole('switch', { name: 'Groups give roles' }).uncheck();
    await lookAt(page, 'provider-edit');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('table', { name: 'What serves, and what waits' }).waitFor();
    await page.getByText('Edit waits for verification').first().waitFor();
    expect(await servedNames()).toContain('Contoso Plants');
    await lookAt(page, 'provider-edit-waits');
    await lookNarrow(page, 'provider-edit-waits-narrow');
  });

  it('can be dropped', async () => {
    const { page } = started.ada;
    await page.getByRole('button', { name: 'Drop the edit' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Drop the edit' }).click();
    await page.getByRole('table', { name: 'What serves, and what waits' }).waitFor({
      state: 'detached',
    });
  });

  it('shows both where somebody else was faster, and loses neither', async () => {
    const { page } = started.ada;
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Contoso, ours');
    const { api, provider } = started;
    const now = (await api('GET', `/providers/${provider.id}`)).body as Provider;
    const changed = await api('PUT', `/providers/${provider.id}`, {
      ifMatch: now.revision,
      body: { registration: { ...now.verified, name: 'Contoso, theirs' } },
    });
    expect(changed.status).toBe(200);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Somebody else changed this in the meantime').waitFor();
    await page.getByRole('cell', { name: 'Contoso, theirs' }).waitFor();
    await page.getByRole('cell', { name: 'Contoso, ours' }).waitFor();
    await lookAt(page, 'provider-edit-conflict');
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    // A name alone needs no verification.
    await expectHeading(page, 'Contoso, ours');
    await expect.poll(() => page.getByText('Edit waits for verification').count()).toBe(0);
    expect(await servedNames()).toContain('Contoso, ours');
  });
});

describe('several providers', () => {
  it('are switched without a gap', async () => {
    const { page } = started.ada;
    await addWebProvider(page, {
      name: 'Contoso Plants (new)',
      clientId: clientIds.organizationSignInNext,
      secret: secrets.ofTheNext,
      tenantId,
    });
    await verifyAs(page, { ...ada, consent: 'Accept' });
    await page.getByText('The provider is active').waitFor();
    await page.getByRole('button', { name: 'Use for SSO Sign-in' }).click();
    await expect
      .poll(servedNames)
      .toEqual([
        'Contoso Plants (new)',
        expect.any(String) as string,
        expect.any(String) as string,
      ]);
    await goTo(page, started.address('/single-sign-on'), 'Single Sign-On');
    await lookAt(page, 'providers-several');
  });

  it('are retired, with what is left said before', async () => {
    const { page } = started.ada;
    await goTo(page, started.ownAddress, 'Contoso, ours');
    await page.getByRole('button', { name: 'Retire', exact: true }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('Who can still come in as Admin').waitFor();
    await dialog
      .getByText(/members of Gatehouse Administrators/)
      .first()
      .waitFor();
    await lookAt(page, 'provider-retire');
    await dialog.getByRole('button', { name: 'Retire provider' }).click();
    await page.getByText('Retired', { exact: true }).first().waitFor();
    expect(await servedNames()).not.toContain('Contoso, ours');
  });

  it('sign whoever retires their own out, once they have acknowledged it', async () => {
    const { page, context } = await newVisitor(started.browser);
    await page.goto(started.address('/'));
    await signIn(page, ada.userPrincipalName, { mfa: true });
    await expectHeading(page, 'Overview');
    await goTo(page, started.address('/single-sign-on'), 'Single Sign-On');
    await page.getByText('You came in by it').waitFor();
    await page.getByRole('link', { name: 'Contoso Plants (new)' }).click();
    await page.getByRole('button', { name: 'Retire', exact: true }).click();
    const dialog = page.getByRole('alertdialog');
    const confirm = dialog.getByRole('button', { name: 'Retire provider' });
    await dialog.getByText(/open session ends at once/).waitFor();
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByRole('checkbox', { name: /I came in by it/ }).check();
    await lookAt(page, 'provider-retire-own');
    await confirm.click();
    await page.getByRole('button', { name: 'SSO Sign-in' }).waitFor();
    expect(await servedNames()).not.toContain('Contoso Plants (new)');
    await context.close();
  });

  it('are deleted', async () => {
    const { page } = started.ada;
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete provider' }).click();
    await expectHeading(page, 'Single Sign-On');
    await page.getByRole('row', { name: /Contoso, ours/ }).waitFor({ state: 'detached' });
    expect(started.ada.complaints).toEqual([]);
  });
});
