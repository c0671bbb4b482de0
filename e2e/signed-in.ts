import type { Browser, BrowserContext } from 'playwright-core';
import { clientIds, personIds } from '../src/demo/directory.ts';
import { visit } from '../src/testing/entra-sign-in.ts';
import { newVisitor, type Visitor } from './browser.ts';
import type { World } from './world.ts';

export type PersonName = keyof typeof personIds;

/**
 * Signs somebody in at local Entra without its pages, as if they had been there before: it asks this
 * browser for nothing then. What they type there is told by sign-in.e2e.ts and others.
 */
async function rememberAtEntra(
  context: BrowserContext,
  { entra, portal }: Pick<World, 'entra' | 'portal'>,
  person: PersonName,
): Promise<void> {
  const { authorize, cookies } = visit(entra);
  const redirectUri = `${portal.origin}/redirect.html`;
  await authorize({ oid: personIds[person], clientId: clientIds.portal, redirectUri });
  await context.addCookies(
    [...cookies].map(([name, value]) => ({ name, value, url: entra.origin })),
  );
}

/** A browser of their own, which Entra knows, where SSO Sign-in was clicked at this address. */
export async function openAs(
  browser: Browser,
  world: Pick<World, 'entra' | 'portal'>,
  person: PersonName,
  /** A path of the portal, or a whole address. */
  address = '/',
): Promise<Visitor> {
  const visitor = await newVisitor(browser);
  await rememberAtEntra(visitor.context, world, person);
  await visitor.page.goto(new URL(address, world.portal.origin).href);
  await visitor.page.getByRole('button', { name: 'SSO Sign-in' }).click();
  return visitor;
}
