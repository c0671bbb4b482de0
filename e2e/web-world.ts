import { activeWebProvider } from './active-web-provider.ts';
import { expectHeading, type Visitor } from './browser.ts';
import { domain, startPeopleWorld, type PeopleWorld } from './people-world.ts';

export const bram = `bram.claes@${domain}`;

/** SSO Sign-in is by the organization's web application. */
export function startWebWorld(): Promise<PeopleWorld> {
  return startPeopleWorld({ prepare: ({ world }) => activeWebProvider(world, { primary: true }) });
}

/** Bram at a browser of his own, signed in by it. */
export async function comeIn(
  { open }: PeopleWorld,
  path = '/',
  heading = 'Overview',
): Promise<Visitor> {
  const visitor = await open('bram', path);
  await expectHeading(visitor.page, heading);
  return visitor;
}
