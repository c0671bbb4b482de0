import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personIds } from '../src/demo/directory.ts';
import { enterPassword, staySignedIn } from '../src/testing/local-entra-pages.ts';
import { expectHeading, giveCredentials, lookAt, newVisitor } from './browser.ts';
import { domain, type PeopleWorld } from './people-world.ts';
import { bram, comeIn, startWebWorld } from './web-world.ts';

let at: PeopleWorld;

beforeAll(async () => {
  at = await startWebWorld();
});

afterAll(() => at?.close());

const openAsBram = (path?: string, heading?: string) => comeIn(at, path, heading);

describe('a sign-in that fails', () => {
  it('is explained, with what to quote, and can be tried again', async () => {
    const { context, page, complaints } = await newVisitor(at.browser);
    await page.goto(at.address('/sensors'));
    await page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await page.getByLabel('Email or user name').fill(`mila.novak@${domain}`);
    await page.getByLabel('Email or user name').waitFor();
    await context.clearCookies({ name: /gatehouse-attempt/ });
    await page.getByLabel('Email or user name').fill(bram);
    await page.getByRole('button', { name: 'Next' }).click();
    await enterPassword(page);
    await staySignedIn(page, 'Yes');
    await expectHeading(page, /You aren’t signed in/);
    await page.getByText('This browser doesn’t know of the sign-in that was answered.').waitFor();
    await lookAt(page, 'web-sign-in-failed');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expectHeading(page, 'Sensors');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('leads from a code to Troubleshooting', async () => {
    const { context, page } = await newVisitor(at.browser);
    const correlationId = '8f6f8a2e-1c40-4b55-9a61-2a5ed7a5b001';
    const fragment = `code=credential_refused&aadsts=7000222&correlationId=${correlationId}`;
    await page.goto(at.address(`/sign-in/failed#${fragment}`));
    await page.getByText('The client secret has expired.').waitFor();
    await page.getByText(correlationId).waitFor();
    await page.getByText('an administrator of Gatehouse').first().waitFor();
    await lookAt(page, 'web-sign-in-secret-expired');
    await page.getByRole('link', { name: 'AADSTS7000222 under Troubleshooting' }).click();
    await page.getByText('1 code', { exact: true }).waitFor();
    await lookAt(page, 'web-troubleshooting');
    await context.close();
  });

  it('never goes to another site from the address of a sign-in', async () => {
    const { context, page } = await openAsBram();
    for (const to of ['https://evil.example/', '//evil.example', '/\\evil.example', '/%2fevil']) {
      await page.goto(at.address(`/sign-in/complete?to=${encodeURIComponent(to)}`));
      await expectHeading(page, 'Overview');
      expect(page.url()).toBe(at.address('/'));
    }
    await context.close();
  });
});

describe('who doesn’t get in', () => {
  it('is refused with buttons to leave by', async () => {
    const { context, page } = await newVisitor(at.browser);
    await page.goto(at.address('/'));
    await page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await giveCredentials(page, `finn.bakker@${domain}`);
    await staySignedIn(page, 'Yes');
    await expectHeading(page, /None of your groups/);
    await lookAt(page, 'web-refused');
    await page.getByRole('button', { name: 'Use another account' }).click();
    await giveCredentials(page, bram);
    await staySignedIn(page, 'Yes');
    await expectHeading(page, 'Overview');
    await context.close();
  });

  it('is told by Microsoft’s own reason, where that comes with a renewal', async () => {
    const { context, page } = await openAsBram();
    at.world.entra.changePerson(personIds.bram, { disabled: true });
    await context.clearCookies({ name: '__Host-gatehouse-session' });
    await page.reload();
    await page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await page
      .getByText(/AADSTS50057|disabled/)
      .first()
      .waitFor();
    at.world.entra.changePerson(personIds.bram, { disabled: false });
    await context.close();
  });
});
