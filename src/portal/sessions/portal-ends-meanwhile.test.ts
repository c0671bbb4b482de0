import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { secondInstance } from '../../testing/second-instance.ts';
import { startWebPortal, webGroups, type WebPortal } from '../../testing/web-portal.ts';
import { portalSessions } from '../storage/provider-schema.ts';

let portal: WebPortal;
beforeAll(async () => {
  portal = await startWebPortal();
});
afterAll(() => portal.close());
afterEach(() => portal.provider.misbehave({}));

const sessions = () => portal.database.db.select().from(portalSessions);

describe('a portal that ends between the answer and the session', () => {
  it('leaves nothing half done: the same answer goes to another instance', async () => {
    portal.provider.misbehave({ claims: { groups: [webGroups.admin] } });
    const first = await secondInstance(portal);
    const browser = portal.browser(first.app);
    const callback = await browser.arrive(await browser.begin());
    await first.close();
    // All that is needed came with the browser.
    const other = portal.browser(portal.app, browser.cookies);
    expect(await other.answer(callback)).toMatch(/^\/sign-in\/complete/u);
    expect((await other.me()).statusCode).toBe(200);
  });

  it('stores nothing of what it was waiting for', async () => {
    const asked = new Promise<ServerResponse>((isAsked) => {
      portal.provider.misbehave({ answer: isAsked });
    });
    const first = await secondInstance(portal);
    const browser = portal.browser(first.app);
    const callback = await browser.arrive(await browser.begin());
    const kept = new Map(browser.cookies);
    const before = (await sessions()).length;
    const pending = browser.answer(callback).catch((error: unknown) => String(error));
    const response = await asked;
    await first.close();
    response.destroy();
    expect(await pending).not.toMatch(/^\/sign-in\/complete/u);
    expect(await sessions()).toHaveLength(before);
    // The code is good still, and the attempt with it.
    portal.provider.misbehave({});
    const other = portal.browser(portal.app, kept);
    expect(await other.answer(callback)).toMatch(/^\/sign-in\/complete/u);
  });

  it('lets people begin again where the code was spent already', async () => {
    const first = await secondInstance(portal);
    const browser = portal.browser(first.app);
    const callback = await browser.arrive(await browser.begin());
    const kept = new Map(browser.cookies);
    await browser.answer(callback);
    await first.close();
    const other = portal.browser(portal.app, kept);
    expect(await other.answer(callback)).toContain('/sign-in/failed#code=provider_refused');
    expect(await other.signIn()).toMatch(/^\/sign-in\/complete/u);
  });
});
