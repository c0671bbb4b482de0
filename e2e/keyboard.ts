import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Presses Tab until this has the focus. */
export async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const page = target.page();
  await target.waitFor();
  for (let presses = 0; presses < 150; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${target.toString()} isn’t reached with ${key}.`);
}

/** Tabs to a button or a link, and presses Enter. */
export async function enter(target: Locator): Promise<void> {
  await tabTo(target);
  await target.page().keyboard.press('Enter');
}

/** Tabs to a field, and replaces what is in it. */
export async function type(target: Locator, text: string): Promise<void> {
  await tabTo(target);
  await target.page().keyboard.press('ControlOrMeta+A');
  await target.page().keyboard.type(text);
}

/** Fluent gives the focus back a moment after it closes something. */
export async function expectFocus(target: Locator): Promise<void> {
  await expect
    .poll(() => target.evaluate((element) => element === document.activeElement))
    .toBe(true);
}

export async function expectFocusOnHeading(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.matches('h1') === true))
    .toBe(true);
}

interface Stop {
  readonly name: string;
  readonly clip: { x: number; y: number; width: number; height: number };
  readonly focused: Buffer;
}

/**
 * Tabs through the page from where the focus is, at most 40 times, and compares pictures: whatever has the
 * focus looks different from when it hasn't. Answers the names of what doesn't.
 */
export async function stopsWithoutVisibleFocus(page: Page): Promise<string[]> {
  const size = page.viewportSize() ?? { width: 1360, height: 850 };
  // All of the page in the window, so that nothing scrolls between the pictures.
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: size.width, height: Math.max(height, size.height) });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const stops: Stop[] = [];
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    const found = await focusedElement(page);
    if (found === 'end') break;
    if (found === null) continue;
    stops.push({ ...found, focused: await page.screenshot({ clip: found.clip }) });
  }
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const invisible: string[] = [];
  for (const { name, clip, focused } of stops) {
    if (focused.equals(await page.screenshot({ clip }))) invisible.push(name);
  }
  await page.setViewportSize(size);
  if (stops.length < 5) throw new Error(`Only ${stops.length} stops were found.`);
  return invisible;
}

/** What has the focus; null: nothing to look at; `end`: the focus has left the page. */
function focusedElement(page: Page): Promise<Omit<Stop, 'focused'> | 'end' | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return 'end';
    // Fluent's sentinels around its menus and trees pass the focus on.
    if (element.hasAttribute('data-tabster-dummy')) return null;
    const label = element.getAttribute('aria-label') ?? element.textContent;
    // An input may be drawn by what is around it.
    const drawn = element.matches('input') ? (element.parentElement ?? element) : element;
    const box = drawn.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) return null;
    const [x, y] = [Math.max(box.x - 4, 0), Math.max(box.y - 4, 0)];
    const clip = {
      x,
      y,
      width: Math.min(box.width + 8, innerWidth - x),
      height: Math.min(box.height + 8, innerHeight - y),
    };
    return { name: `${element.tagName.toLowerCase()} ${label}`, clip };
  });
}
