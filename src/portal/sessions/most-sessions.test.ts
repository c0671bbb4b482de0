import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secondInstance, type SecondInstance } from '../../testing/second-instance.ts';
import { startWebPortal, type WebBrowser, type WebPortal } from '../../testing/web-portal.ts';
import { ended, webVisitor } from '../../testing/web-visitor.ts';
import { portalSessions } from '../storage/provider-schema.ts';

let portal: WebPortal;
let other: SecondInstance;
let now = Date.now();
beforeAll(async () => {
  portal = await startWebPortal({ now: () => new Date(now) });
  other = await secondInstance(portal);
});
afterAll(async () => {
  await other.close();
  await portal.close();
});

const openOf = async (oid: string) =>
  (await portal.database.db.select().from(portalSessions)).filter(
    ({ objectId, endedAt }) => objectId === oid && endedAt === null,
  );

describe('of one person, twenty sessions are open at most', () => {
  it('the oldest ends as another one is opened, and nobody else’s', async () => {
    const stranger = await webVisitor(portal, () => now).signedIn();
    const visitor = webVisitor(portal, () => now);
    const browsers: WebBrowser[] = [];
    for (let times = 0; times < 21; times += 1) {
      now += 1;
      browsers.push(await visitor.signedIn());
    }
    expect(await openOf(visitor.oid)).toHaveLength(20);
    expect((await browsers[0]?.me())?.json()).toMatchObject(ended('replaced'));
    expect((await browsers[1]?.me())?.statusCode).toBe(200);
    expect((await browsers[20]?.me())?.statusCode).toBe(200);
    expect((await stranger.me()).statusCode).toBe(200);
    // By one of them that is open already: it takes the place of its own.
    now += 1;
    await browsers[20]?.signIn();
    expect((await browsers[1]?.me())?.statusCode).toBe(200);
  });

  it('however many are opened at once, and wherever', async () => {
    const visitor = webVisitor(portal, () => now);
    visitor.tells();
    const apps = Array.from({ length: 26 }, (_, at) => (at % 2 === 0 ? portal.app : other.app));
    await Promise.all(apps.map((app) => portal.browser(app).signIn()));
    expect(await openOf(visitor.oid)).toHaveLength(20);
  });
});
