import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectHeading, newVisitor } from './browser.ts';
import {
  lookAtAll,
  lookAtPage,
  startPagesWorld,
  type PagesWorld,
  type Shown,
} from './pages-world.ts';

let at: PagesWorld;

beforeAll(async () => {
  at = await startPagesWorld();
});

afterAll(() => at?.close());

describe('every other page, in light and dark, wide and narrow', () => {
  it.each<Shown>([
    { name: 'my-access', path: () => '/my-access', heading: 'My access' },
    { name: 'who-gets-what', path: () => '/access', heading: 'Who gets what where' },
    { name: 'sign-ins', path: () => '/sign-ins', heading: 'Sign-ins' },
    { name: 'audit', path: () => '/audit', heading: 'Audit' },
    { name: 'single-sign-on', path: () => '/single-sign-on', heading: 'Single Sign-On' },
    {
      name: 'provider-new-spa',
      path: () => '/single-sign-on/new/spa',
      heading: 'Add a single-page application',
    },
    {
      name: 'provider-new-web',
      path: () => '/single-sign-on/new/web',
      heading: 'Add a web application',
    },
    {
      name: 'provider-environment',
      path: () => '/single-sign-on/environment',
      heading: 'Microsoft',
    },
    { name: 'portal-access', path: () => '/portal-access', heading: 'Portal access' },
    { name: 'troubleshooting', path: () => '/troubleshooting', heading: 'Troubleshooting' },
    { name: 'not-found', path: () => '/nowhere', heading: 'There is no such page' },
  ])('$name', (shown) => lookAtPage(at, shown));
});

describe('pages for whoever is not in', () => {
  it.each([
    { name: 'sign-in', path: '/', shows: 'SSO Sign-in' },
    { name: 'troubleshooting-outside', path: '/troubleshooting', shows: 'Troubleshooting' },
    { name: 'recover', path: '/recover#token=used-or-mistyped', shows: /link/ },
  ])('$name, for somebody who isn’t signed in', async ({ name, path, shows }) => {
    const { context, page, complaints } = await newVisitor(at.browser);
    await page.goto(at.address(path));
    await page.getByText(shows).first().waitFor();
    await lookAtAll(page, name);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('a refusal', async () => {
    const finn = await at.open('finn');
    await expectHeading(finn.page, /None of your groups/);
    await lookAtAll(finn.page, 'refusal');
    expect(finn.complaints).toEqual([]);
    await finn.context.close();
  });
});
