import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { insertWebProvider, startWebPortal, type WebPortal } from '../../testing/web-portal.ts';
import { ended, webVisitor, type WebVisitor } from '../../testing/web-visitor.ts';
import { bumpRevision } from '../storage/revisions.ts';

let portal: WebPortal;
let visitor: WebVisitor;
let id: string;
let now = Date.now();
const minute = 60_000;

beforeAll(async () => {
  portal = await startWebPortal({ now: () => new Date(now) });
});
afterAll(() => portal.close());
beforeEach(async () => {
  visitor = webVisitor(portal, () => now);
  visitor.tells({ login_hint: 'hint-of-ada' });
  id = await insertWebProvider(portal.database, portal.secrets, { isPrimary: false });
  await portal.database.db.transaction((tx) => bumpRevision(tx, 'provider'));
});

/** Somebody who came in by the second provider. */
async function signedIn() {
  const browser = portal.browser();
  const begin = () => browser.begin({ providerId: id }).catch(() => null);
  let url = await begin();
  // The portal hears of the new provider a moment later.
  while (url === null) url = await begin();
  expect(await browser.answer(await browser.arrive(url))).toContain('/sign-in/complete');
  return browser;
}

async function remove(how: 'retirement' | 'deletion') {
  const headers = await portal.recover();
  const url = `/api/v1/providers/${id}`;
  const { etag } = (await portal.app.inject({ url, headers })).headers;
  const sent = { method: 'POST', url: `${url}/${how}`, payload: { acknowledged: true } } as const;
  const answer = await portal.app.inject({
    ...sent,
    headers: { ...headers, 'if-match': etag ?? '' },
  });
  expect(answer.statusCode).toBe(200);
}

const toMicrosoft = {
  url: expect.stringContaining('logout_hint=hint-of-ada') as unknown,
};

describe('signing out leads to Microsoft', () => {
  it('also once the provider was retired, which has ended the session', async () => {
    const browser = await signedIn();
    await remove('retirement');
    expect((await browser.me()).json()).toMatchObject(ended('providerRetired'));
    const answer = await browser.call('POST', '/sign-out');
    expect(answer.json()).toEqual(toMicrosoft);
    const { url } = answer.json<{ url: string }>();
    expect(new URL(url).origin).toBe(portal.provider.loginUrl);
    expect(browser.cookies.size).toBe(0);
  });

  it('also from a session that was over by itself', async () => {
    const browser = await signedIn();
    now += 31 * minute;
    expect((await browser.me()).json()).toMatchObject(ended('idle'));
    expect((await browser.call('POST', '/sign-out')).json()).toEqual(toMicrosoft);
  });

  it('nowhere where the provider is gone, or nobody knows the cookie', async () => {
    const browser = await signedIn();
    await remove('deletion');
    expect((await browser.call('POST', '/sign-out')).json()).toEqual({ url: null });
    browser.cookies.set('__Host-gatehouse-session', 'x'.repeat(43));
    expect((await browser.call('POST', '/sign-out')).json()).toEqual({ url: null });
  });

  it('nowhere where the way there can’t be read, and the session has ended all the same', async () => {
    const browser = await signedIn();
    const { pool } = portal.database;
    await pool.query('alter table sign_in_providers rename to away');
    const answer = await browser.call('POST', '/sign-out');
    await pool.query('alter table away rename to sign_in_providers');
    expect([answer.statusCode, answer.json()]).toEqual([200, { url: null }]);
    const { rows } = await pool.query('select 1 from portal_sessions where ended_at is null');
    expect(rows).toEqual([]);
  });
});
