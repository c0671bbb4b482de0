import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { personIds } from '../src/demo/directory.ts';
import { apiAs, createSetting, findTarget, roleGroups, twoSites } from './api.ts';
import { goTo, lookAt, lookNarrow } from './browser.ts';
import { startAdminWorld, type AdminWorld } from './people-world.ts';

/** A page of the application by its address in `routes.tsx`, and its heading. */
export interface Shown {
  readonly name: string;
  readonly path: (ids: PagesWorld['ids']) => string;
  readonly heading: string;
}

/** A portal that has something of everything to show, and Ada before it. */
export interface PagesWorld extends AdminWorld {
  readonly ids: Readonly<Record<'site' | 'sensor' | 'setting', string>>;
}

export async function startPagesWorld(): Promise<PagesWorld> {
  let ids = { site: '', sensor: '', setting: '' };
  const started = await startAdminWorld({
    prepare: async ({ world, api }) => {
      const { antwerp } = await twoSites(api);
      const nightShift = roleGroups('antwerpAdmins', 'antwerpShiftLeads', 'antwerpReaders');
      await createSetting(api, 'Tank farm night shift', nightShift, [
        'Antwerp/Tank farm',
        'Antwerp/Jetty 7/ANT-J7-01',
      ]);
      ids = {
        setting: antwerp.id,
        site: (await findTarget(api, 'Antwerp')).id,
        sensor: (await findTarget(api, 'Antwerp/Tank farm/ANT-TF-01')).id,
      };
      // They leave sign-ins behind.
      for (const person of [personIds.bram, personIds.chloe, personIds.dries]) {
        const theirs = await apiAs(world, person);
        await theirs('GET', '/me');
      }
    },
  });
  return { ...started, ids };
}

/** Light, dark, and in a narrow window. */
export async function lookAtAll(page: Page, name: string): Promise<void> {
  // Several parts of a page may load, each by itself.
  const loading = page.getByText(/^Loading .+…$/);
  await expect.poll(() => loading.count(), { timeout: 30_000 }).toBe(0);
  await page.waitForLoadState('networkidle');
  await lookAt(page, `page-${name}`);
  await lookNarrow(page, `page-${name}-narrow`);
}

/** The same of a page that Ada goes to. */
export async function lookAtPage(
  { ada, address, ids }: PagesWorld,
  { name, path, heading }: Shown,
): Promise<void> {
  await goTo(ada.page, address(path(ids)), heading);
  await lookAtAll(ada.page, name);
  expect(ada.complaints).toEqual([]);
}
