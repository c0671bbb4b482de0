import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secondInstance, type SecondInstance } from '../../testing/second-instance.ts';
import {
  insertWebProvider,
  startWebPortal,
  webGroups,
  type WebBrowser,
  type WebPortal,
} from '../../testing/web-portal.ts';

let portal: WebPortal;
let other: SecondInstance;

beforeAll(async () => {
  portal = await startWebPortal();
  other = await secondInstance(portal);
});
afterAll(async () => {
  await other.close();
  await portal.close();
});

/** One browser behind a load balancer: the same cookies at both instances. */
async function signedIn(): Promise<{ here: WebBrowser; there: WebBrowser }> {
  const oid = randomUUID();
  portal.provider.misbehave({ claims: { groups: [webGroups.admin], oid, sid: `sid-${oid}` } });
  const here = portal.browser();
  await here.signIn();
  const there = portal.browser(other.app);
  for (const [name, value] of here.cookies) there.cookies.set(name, value);
  expect((await there.me()).statusCode).toBe(200);
  expect((await here.me()).statusCode).toBe(200);
  return { here, there };
}

const endedBy = (reason: string) => ({ status: 401, details: { reason } });

describe('two instances', () => {
  it('take each other’s answers of the provider', async () => {
    portal.provider.misbehave({ claims: { groups: [webGroups.admin] } });
    const here = portal.browser();
    const callback = await here.arrive(await here.begin());
    const there = portal.browser(other.app);
    for (const [name, value] of here.cookies) there.cookies.set(name, value);
    expect(await there.answer(callback)).toMatch(/^\/sign-in\/complete/u);
    for (const [name, value] of there.cookies) here.cookies.set(name, value);
    expect((await here.me()).json()).toMatchObject({ via: 'web', portalRole: 'admin' });
  });

  it('both end a session that one of them ends', async () => {
    const { here, there } = await signedIn();
    await there.call('POST', '/sign-out');
    await expect.poll(async () => (await here.me()).json()).toMatchObject(endedBy('signedOut'));
  });

  it('both end a session that Entra ends', async () => {
    const { here, there } = await signedIn();
    const { objectId } = (await here.me()).json<{ objectId: string }>();
    const query = { sid: `sid-${objectId}` };
    await other.app.inject({ url: '/sign-in/front-channel-logout', query });
    expect((await there.me()).json()).toMatchObject(endedBy('signedOutElsewhere'));
    await expect
      .poll(async () => (await here.me()).json())
      .toMatchObject(endedBy('signedOutElsewhere'));
  });

  it('both end what was opened by a provider that is retired', async () => {
    const { here, there } = await signedIn();
    const admin = await signedIn();
    await insertWebProvider(portal.database, portal.secrets, { isPrimary: false });
    const path = `/providers/${portal.providerId}`;
    const { revision } = (await admin.here.call('GET', path)).json<{ revision: string }>();
    const answer = await admin.here.call('POST', `${path}/retirement`, {
      body: { acknowledged: true },
      headers: { 'if-match': `"${revision}"` },
    });
    expect(answer.statusCode).toBe(200);
    expect((await here.me()).json()).toMatchObject(endedBy('providerRetired'));
    await expect
      .poll(async () => (await there.me()).json())
      .toMatchObject(endedBy('providerRetired'));
  });

  it('notice an end that nobody told them of', async () => {
    const { pool } = portal.database;
    const providerId = await insertWebProvider(portal.database, portal.secrets, {
      isPrimary: false,
    });
    const fresh = await secondInstance(portal);
    portal.provider.misbehave({ claims: { groups: [webGroups.admin] } });
    const browser = portal.browser(fresh.app);
    await browser.signIn({ providerId });
    expect((await browser.me()).statusCode).toBe(200);
    await pool.query("update portal_sessions set ended_at = now(), end_reason = 'administrator'");
    await expect
      .poll(async () => (await browser.me()).json(), { timeout: 15_000, interval: 250 })
      .toMatchObject(endedBy('administrator'));
    await fresh.close();
  }, 20_000);
});
