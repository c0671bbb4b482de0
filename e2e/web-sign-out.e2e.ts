import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Provider } from '../src/contract/sign-in-providers.ts';
import { personIds } from '../src/demo/directory.ts';
import { activeWebProvider } from './active-web-provider.ts';
import { apiAs } from './api.ts';
import { expectHeading, launchBrowser, newVisitor, signIn } from './browser.ts';
import { startWorld, type World } from './world.ts';

const bram = 'bram.claes@contoso-plants.example';

let world: World;
let browser: Browser;

beforeAll(async () => {
  world = await startWorld();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await world?.close();
});

/** Bram at My access, and the provider that he came in by. */
async function inByProvider() {
  const provider = await activeWebProvider(world, { primary: true });
  const { page, complaints } = await newVisitor(browser);
  await page.goto(`${world.portal.origin}/my-access`);
  await signIn(page, bram);
  await expectHeading(page, 'My access');
  return { provider, page, complaints };
}

/** What takes the provider away while he looks at the page. */
async function takeAway({ id }: Provider, how: 'retirement' | 'deletion'): Promise<void> {
  const api = await apiAs(world, personIds.ada);
  const { revision } = (await api('GET', `/providers/${id}`)).body as Provider;
  const answer = await api('POST', `/providers/${id}/${how}`, {
    ifMatch: revision,
    body: { acknowledged: false },
  });
  expect(answer.status).toBe(200);
}

async function chooseSignOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL(`${world.portal.origin}/`);
  await page.getByRole('button', { name: 'SSO Sign-in' }).waitFor();
}

const noteOfMicrosoft = 'You signed out of Gatehouse, perhaps not of Microsoft.';

describe('signing out of a session whose provider is gone', () => {
  it('signs out at Microsoft too where the provider was retired', async () => {
    const { provider, page, complaints } = await inByProvider();
    await takeAway(provider, 'retirement');
    await chooseSignOut(page);
    expect(await page.getByText(noteOfMicrosoft).count()).toBe(0);
    // Nobody who comes after him gets in as him.
    await page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await page.getByLabel('Password').or(page.getByLabel('Email or user name')).first().waitFor();
    await takeAway(provider, 'deletion');
    expect(complaints).toEqual([]);
  });

  it('says what is left to do where the provider was deleted', async () => {
    const { provider, page, complaints } = await inByProvider();
    await takeAway(provider, 'deletion');
    await chooseSignOut(page);
    await page.getByText(noteOfMicrosoft).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'SSO Sign-in' }).waitFor();
    expect(complaints).toEqual([]);
  });
});
