import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Provider } from '../src/contract/sign-in-providers.ts';
import { clientIds, personIds, tenantId } from '../src/demo/directory.ts';
import { expectHeading, goTo, newVisitor, type Visitor } from './browser.ts';
import {
  cameInBy,
  clickIn,
  giveAllAnswers,
  keepSigningIn,
  signInAndOut,
  type SigningIn,
} from './signing-in.ts';
import { ada, addWebProvider, dayIn, expectCheck, secrets, verifyAs } from './web-sign-in-world.ts';
import { startProviderWorld, type ProviderWorld } from './provider-world.ts';

const second = 'local-entra-secret-added-meanwhile';

const bramsName = 'bram.claes@contoso-plants.example';

let started: ProviderWorld;
let bram: Visitor;
/** One begins every second, without a screen. */
let everySecond: SigningIn;
/** One after the other, by clicks. */
let byClicks: SigningIn;

beforeAll(async () => {
  started = await startProviderWorld();
  const { api, provider, browser } = started;
  await api('POST', `/providers/${provider.id}/promotion`);
  bram = await newVisitor(browser);
});

afterAll(() => started?.close());

function peopleSignIn(): void {
  const { world } = started;
  everySecond = keepSigningIn(1000, () => signInAndOut(world, personIds.chloe));
  byClicks = keepSigningIn(0, () => clickIn(bram.page, world.portal.origin, bramsName));
}

const more = (count: number) => Promise.all([everySecond.more(count), byClicks.more(1)]);

/** All of them got in; the last ones, which began after everything was done, by this provider. */
async function allGotIn(providerId: string): Promise<void> {
  const people = await Promise.all([everySecond.end(), byClicks.end()]);
  for (const all of people) {
    expect(all.map(({ outcome }) => outcome).filter((outcome) => outcome !== 'in')).toEqual([]);
    expect(all.at(-1)?.providerId).toBe(providerId);
  }
  const [one, other] = people.map(({ length }) => length);
  expect(one).toBeGreaterThanOrEqual(8);
  expect(other).toBeGreaterThanOrEqual(3);
}

describe('while people sign in every second', () => {
  it('a secret is replaced, and not one of them fails', async () => {
    const { ada: admin, provider, ownAddress, world, api } = started;
    const { page } = admin;
    peopleSignIn();
    await more(1);
    const atEntra = [
      { id: 'first', value: secrets.valid },
      { id: 'second', value: second },
    ];
    world.entra.changeApplication(clientIds.organizationSignIn, { secrets: atEntra });
    await goTo(page, ownAddress, provider.name);
    await page.getByRole('button', { name: 'Add a second secret' }).click();
    await page.getByRole('textbox', { name: 'Client Secret' }).fill(second);
    await page.getByLabel(/^Expires/).fill(dayIn(365));
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await verifyAs(page, ada, /^Verify Client secret/);
    await page.getByText('It was accepted', { exact: true }).waitFor();
    await expectCheck(page, 'Passed', /Secret accepted/);
    await more(1);
    await page.getByRole('button', { name: 'Promote' }).click();
    await page
      .getByRole('listitem')
      .filter({ hasText: /^Retire the old one$/ })
      .and(page.locator('[aria-current=step]'))
      .waitFor();
    await more(1);
    await page
      .getByRole('button', { name: /^Retire Client secret/ })
      .first()
      .click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('button', { name: 'Retire client secret' }).click();
    await page.getByText('Client secret retired', { exact: true }).waitFor();
    // From now on Entra refuses the old one: who gets in gets in by the new one.
    world.entra.changeApplication(clientIds.organizationSignIn, { secrets: atEntra.slice(1) });
    await more(3);
    await allGotIn(provider.id);
    const now = (await api('GET', `/providers/${provider.id}`)).body as Provider;
    expect(now.credentials.map(({ status }) => status)).toEqual(['current']);
    expect(now.failure).toBeNull();
    expect(admin.complaints).toEqual([]);
  });

  it('a provider is replaced by another, and not one of them fails', async () => {
    const { ada: admin, provider, ownAddress, api } = started;
    const { page } = admin;
    peopleSignIn();
    await more(1);
    await addWebProvider(page, {
      name: 'Contoso Plants (new)',
      clientId: clientIds.organizationSignInNext,
      secret: secrets.ofTheNext,
      tenantId,
    });
    await verifyAs(page, { ...ada, consent: 'Accept' });
    await page.getByText('The provider is active').waitFor();
    const [, id = ''] = /single-sign-on\/([^/?]+)/.exec(page.url()) ?? [];
    await more(1);
    await page.getByRole('button', { name: 'Use for SSO Sign-in' }).click();
    await more(1);
    await goTo(page, ownAddress, provider.name);
    await page.getByRole('button', { name: 'Retire', exact: true }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('Who can still come in as Admin').waitFor();
    await dialog.getByRole('button', { name: 'Retire provider' }).click();
    await page.getByText('Retired', { exact: true }).first().waitFor();
    await more(3);
    await allGotIn(id);
    const { status } = (await api('GET', `/providers/${provider.id}`)).body as Provider;
    expect(status).toBe('retired');
    expect(admin.complaints).toEqual([]);
  });
});

async function retire(provider: Provider | undefined): Promise<void> {
  const { api } = started;
  const { revision } = (await api('GET', `/providers/${provider?.id}`)).body as Provider;
  const answer = await api('POST', `/providers/${provider?.id}/retirement`, {
    ifMatch: revision,
    body: { acknowledged: false },
  });
  expect(answer.status).toBe(200);
}

describe('whoever began by a provider that was primary and is retired meanwhile', () => {
  it('goes on by the one that took its place, from an old page and from Entra’s', async () => {
    const { ada: admin, api, browser, address } = started;
    const { body } = await api('GET', '/providers');
    const { providers } = body as { providers: Provider[] };
    const now = providers.find(({ primary }) => primary);
    const before = providers.find(({ status }) => status === 'retired');
    expect(now?.name).toBe('Contoso Plants (new)');
    const { page } = admin;
    await goTo(page, address(`/single-sign-on/${before?.id}`), before?.name ?? '');
    await verifyAs(page, ada);
    await page.getByText('The provider is active').waitFor();
    const [elif, chloe] = [await newVisitor(browser), await newVisitor(browser)];
    for (const { page: own } of [elif, chloe]) {
      await own.goto(address('/my-access'));
      await own.getByRole('button', { name: 'SSO Sign-in' }).waitFor();
    }
    await elif.page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await elif.page.getByLabel('Email or user name').waitFor();
    expect((await api('POST', `/providers/${before?.id}/promotion`)).status).toBe(200);
    await retire(now);
    await giveAllAnswers(elif.page, 'elif.yilmaz@contoso-plants.example');
    expect(await cameInBy(elif.page)).toBe(before?.id);
    await chloe.page.getByRole('button', { name: 'SSO Sign-in' }).click();
    await giveAllAnswers(chloe.page, 'chloe.peeters@contoso-plants.example');
    expect(await cameInBy(chloe.page)).toBe(before?.id);
    expect([...elif.complaints, ...chloe.complaints]).toEqual([]);
  });
});

describe('whoever is at work when their provider is retired', () => {
  it('signs in again by another one in a window, and stays on the page', async () => {
    const { ada: admin, api, address, world } = started;
    const { providers } = (await api('GET', '/providers')).body as { providers: Provider[] };
    const mine = providers.find(({ primary }) => primary);
    const other = providers.find(({ status }) => status === 'retired');
    await goTo(admin.page, address(`/single-sign-on/${other?.id}`), other?.name ?? '');
    await verifyAs(admin.page, ada);
    await admin.page.getByText('The provider is active').waitFor();
    const { page, context } = bram;
    expect(await clickIn(page, world.portal.origin, bramsName)).toBe(mine?.id);
    await retire(mine);
    await page.getByRole('link', { name: 'Sensors', exact: true }).click();
    const opening = context.waitForEvent('page');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Sign in again' }).click();
    const popup = await opening;
    // Entra knows him: the window closes by itself.
    if (!popup.isClosed()) await popup.waitForEvent('close');
    await expectHeading(page, 'Sensors');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    expect(await cameInBy(page)).toBe(other?.id);
  });
});
