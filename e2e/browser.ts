import { mkdir } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { approveOnPhone, enterPassword, staySignedIn } from '../src/testing/local-entra-pages.ts';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const wide = { width: 1360, height: 850 };
const narrow = { width: 400, height: 800 };

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: flags,
  });
}

/**
 * A person at a browser of their own. What the page complains about (an error in its console, a
 * violated policy) fails the journey when `expectNoComplaints` is called.
 */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly complaints: string[];
}

export async function newVisitor(
  browser: Browser,
  options: { dark?: boolean; narrow?: boolean } = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    colorScheme: options.dark === true ? 'dark' : 'light',
    viewport: options.narrow === true ? narrow : wide,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => {
    if (!looking.has(page)) complaints.push(error.message);
  });
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    // The browser reports every answer of 400 and above; refusals are what some journeys are about.
    if (message.text().startsWith('Failed to load resource')) return;
    // axe itself tries `new Function`, which our policy refuses it.
    if (!looking.has(page)) complaints.push(message.text());
  });
  return { context, page, complaints };
}

/** At local Entra: types the name and the password, from wherever its pages begin. */
export async function giveCredentials(page: Page, userPrincipalName: string): Promise<void> {
  await page.getByLabel('Email or user name').fill(userPrincipalName);
  await page.getByRole('button', { name: 'Next' }).click();
  await enterPassword(page);
}

/** SSO Sign-in from the sign-in page to wherever the portal leads. */
export async function signIn(
  page: Page,
  userPrincipalName: string,
  options: { mfa?: boolean; stay?: boolean } = {},
): Promise<void> {
  await page.getByRole('button', { name: 'SSO Sign-in' }).click();
  await giveCredentials(page, userPrincipalName);
  if (options.mfa === true) await approveOnPhone(page);
  await staySignedIn(page, options.stay === false ? 'No' : 'Yes');
}

/** Finds a group by a part of its name, and chooses it for a role. */
export async function chooseGroup(
  page: Page,
  role: string,
  search: string,
  name: string,
): Promise<void> {
  const picker = page.getByRole('combobox', { name: role });
  await picker.click();
  await picker.pressSequentially(search);
  await page.getByRole('option', { name }).click();
  await page.getByRole('button', { name: `Remove ${name}` }).waitFor();
}

/** What MSAL's cache loses when tokens expire, or storage is cleared: access tokens, unless told otherwise. */
export async function forgetTokens(page: Page, kinds = /accesstoken/): Promise<void> {
  await page.evaluate((source) => {
    const pattern = new RegExp(source, 'i');
    for (const key of Object.keys(sessionStorage)) {
      if (pattern.test(key)) sessionStorage.removeItem(key);
    }
  }, kinds.source);
}

/** What a page of the console's own gets for a POST: the status of the answer. */
export function postStatus(page: Page, path: string): Promise<number> {
  return page.evaluate(
    async (target) => (await fetch(target, { method: 'POST', body: 'x' })).status,
    path,
  );
}

export async function expectHeading(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** Follows a link from elsewhere, which loads the page anew. */
export async function goTo(page: Page, address: string, heading: string | RegExp): Promise<void> {
  await page.goto(address);
  await expectHeading(page, heading);
}

/** The entries of the left navigation, in its order. */
export async function navigationEntries(page: Page): Promise<string[]> {
  const links = page.getByRole('navigation', { name: 'Main' }).getByRole('link');
  await links.first().waitFor();
  return links.allInnerTexts();
}

const changes = /^(\+ Add|Add|Edit|Delete|Import|Save|Create)\b/;

/** Every control of the page that would change something and that can be used. */
export async function usableChanges(page: Page): Promise<string[]> {
  const main = page.getByRole('main');
  const controls = main
    .getByRole('button', { name: changes })
    .or(main.getByRole('link', { name: changes }));
  const usable: string[] = [];
  for (const control of await controls.all()) {
    if (await control.isEnabled()) usable.push(await control.innerText());
  }
  return usable;
}

/** The page fits its window: only what scrolls in itself, such as a table, may be wider. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const tooWide = await page.evaluate(() => {
    const { scrollWidth } = document.documentElement;
    return scrollWidth > innerWidth ? `${location.pathname}: ${scrollWidth} px` : null;
  });
  expect(tooWide).toBeNull();
}

/** In a narrow window, which is wide again afterwards: nothing scrolls sideways, and it looks well. */
export async function lookNarrow(page: Page, name?: string): Promise<void> {
  await page.setViewportSize(narrow);
  await expectNoSidewaysScroll(page);
  if (name !== undefined) await lookAt(page, name, ['light']);
  await page.setViewportSize(wide);
}

/** Pages that axe is looking at just now. */
const looking = new WeakSet<Page>();

// Kept in the repository when asked for: they differ in every run, by the times they show.
const pictures = new URL(
  process.env['UPDATE_SCREENSHOTS'] === '1'
    ? '../docs/screenshots/'
    : '../.cache/screenshots/readme/',
  import.meta.url,
).pathname;

/** A picture of the window for the README, in light. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  await mkdir(pictures, { recursive: true });
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `${pictures}${name}.png` });
}

const screenshots = new URL('../.cache/screenshots/', import.meta.url).pathname;

/** Keeps a picture of the page, in light and dark, and finds nothing serious with axe in either. */
export async function lookAt(
  page: Page,
  name: string,
  schemes: readonly ('light' | 'dark')[] = ['light', 'dark'],
): Promise<void> {
  await mkdir(screenshots, { recursive: true });
  looking.add(page);
  for (const [index, colorScheme] of schemes.entries()) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: `${screenshots}${name}-${colorScheme}.png`, fullPage: true });
    const faults = await seriousFaults(page, index === 0 ? 'all' : 'colours');
    expect(faults.map((fault) => `${name}, ${colorScheme}: ${fault}`)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  looking.delete(page);
}

/**
 * What axe finds serious. `colours`: by its rules about them alone, for a page whose other scheme was
 * looked at with all of them.
 */
async function seriousFaults(page: Page, rules: 'all' | 'colours'): Promise<string[]> {
  const axe = new AxeBuilder({ page })
    .options({
      resultTypes: ['violations'],
      ...(rules === 'all' ? {} : { runOnly: ['color-contrast', 'link-in-text-block'] }),
    })
    // Fluent's focus sentinels are focusable and hidden on purpose; they pass the focus on.
    .exclude('[data-tabster-dummy]')
    // In the page itself: the other way opens a further page each time. No page frames another origin.
    .setLegacyMode();
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
