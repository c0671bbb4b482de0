import type { Browser } from 'playwright-core';
import { personIds } from '../src/demo/directory.ts';
import type { Api } from '../src/testing/test-portal.ts';
import { apiAs } from './api.ts';
import { expectHeading, launchBrowser, type Visitor } from './browser.ts';
import { openAs, type PersonName } from './signed-in.ts';
import { startWorld, type World, type WorldOptions } from './world.ts';

/** The domain of the demo's people. */
export const domain = 'contoso-plants.example';

/** A world with people at browsers. */
export interface PeopleWorld {
  readonly world: World;
  readonly browser: Browser;
  /** As Ada, an Admin of the portal. */
  readonly api: Api;
  /** Of the portal. */
  readonly address: (path: string) => string;
  /** Somebody at a browser of their own, whom SSO Sign-in has led to this path of the portal. */
  readonly open: (person: PersonName, path?: string) => Promise<Visitor>;
  readonly close: () => Promise<void>;
}

/** The same with Ada at a browser, at Overview. */
export interface AdminWorld extends PeopleWorld {
  readonly ada: Visitor;
}

export interface PeopleWorldOptions extends WorldOptions {
  /** Lays out what is to be there before anybody comes. */
  readonly prepare?: (given: Pick<PeopleWorld, 'world' | 'api'>) => Promise<unknown>;
}

export async function startPeopleWorld({
  prepare,
  ...options
}: PeopleWorldOptions = {}): Promise<PeopleWorld> {
  const world = await startWorld(options);
  const api = await apiAs(world, personIds.ada);
  await prepare?.({ world, api });
  const browser = await launchBrowser();
  return {
    world,
    browser,
    api,
    address: (path) => `${world.portal.origin}${path}`,
    open: (person, path) => openAs(browser, world, person, path),
    async close() {
      await browser.close();
      await world.close();
    },
  };
}

export async function startAdminWorld(options?: PeopleWorldOptions): Promise<AdminWorld> {
  const started = await startPeopleWorld(options);
  const ada = await started.open('ada');
  await expectHeading(ada.page, 'Overview');
  return { ...started, ada };
}
