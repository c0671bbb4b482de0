import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tenantId } from '../../testing/token-issuer.ts';
import {
  insertWebProvider,
  startWebPortal,
  webGroups,
  type WebPortal,
} from '../../testing/web-portal.ts';
import { ended } from '../../testing/web-visitor.ts';
import { portalSessions, signInProviders } from '../storage/provider-schema.ts';
import { bumpRevision } from '../storage/revisions.ts';

let portal: WebPortal;
let id: string;
const sessionName = '__Host-gatehouse-session';
const claims = { groups: [webGroups.admin] };
beforeAll(async () => {
  portal = await startWebPortal();
});
beforeEach(async () => {
  const { database, secrets } = portal;
  id = await insertWebProvider(database, secrets, { isPrimary: false });
  await database.db.transaction((tx) => bumpRevision(tx, 'provider'));
});
afterAll(() => portal.close());

/** A browser whose code is being redeemed; `go` lets the provider answer, and says where that leads. */
async function redeeming(browser = portal.browser()) {
  const held = new Promise<ServerResponse>((isAsked) => {
    portal.provider.misbehave({ claims, answer: isAsked });
  });
  const begin = () =>
    browser.begin({ providerId: id }).catch((error: unknown) => String(error).includes('409'));
  let url = await begin();
  // The portal hears of the new provider a moment later.
  while (!(url instanceof URL)) url = await begin();
  const pending = browser.answer(await browser.arrive(url));
  const response = await held;
  portal.provider.misbehave({ claims });
  const go = async () => {
    const body = portal.provider.forms.at(-1) ?? null;
    const address = `${portal.provider.loginUrl}/${tenantId}/oauth2/v2.0/token`;
    const answer = await fetch(address, { method: 'POST', body });
    response.writeHead(200, { 'content-type': 'application/json' }).end(await answer.text());
    return pending;
  };
  return { browser, go };
}

async function removed(how: 'retirement' | 'deletion') {
  const { app } = portal;
  const headers = await portal.recover();
  const url = `/api/v1/providers/${id}`;
  const { etag } = (await app.inject({ url, headers })).headers;
  const answer = await app.inject({
    method: 'POST',
    url: `${url}/${how}`,
    headers: { ...headers, 'if-match': etag ?? '' },
    payload: { acknowledged: true },
  });
  expect(answer.statusCode).toBe(200);
}

const open = async () =>
  (await portal.database.db.select().from(portalSessions)).filter(
    ({ providerId, endedAt }) => providerId === id && endedAt === null,
  );

describe('while a code is redeemed', () => {
  it.each(['retirement', 'deletion'] as const)(
    'the %s of its provider lets nobody in any more',
    async (how) => {
      const { browser, go } = await redeeming();
      await removed(how);
      expect(await go()).not.toContain('/sign-in/complete');
      expect(browser.cookies.has('__Host-gatehouse-session')).toBe(false);
      expect(await open()).toEqual([]);
    },
  );

  it.each([
    ['another tenant', { tenantId: '0a1b2c3d-0000-4000-8000-0000000000ff' }],
    ['roles by users only', { usesGroups: false }],
  ])('its provider gets %s, and opens no session as it was before', async (_name, change) => {
    const { db, pool } = portal.database;
    const { go } = await redeeming();
    const row = (await db.select().from(signInProviders)).find((one) => one.id === id);
    if (row?.verified?.type !== 'web') throw new Error('no web application');
    const verified = { ...row.verified, ...change };
    await pool.query('update sign_in_providers set verified = $2 where id = $1', [id, verified]);
    expect(await go()).not.toContain('/sign-in/complete');
    expect(await open()).toEqual([]);
  });

  it('the retirement of its provider leads on, and the session of the browser is replaced', async () => {
    portal.provider.misbehave({ claims });
    const signedIn = portal.browser();
    await signedIn.signIn();
    const kept = signedIn.cookies.get(sessionName) ?? '';
    const { browser, go } = await redeeming(signedIn);
    // Strict: no browser sends it where Microsoft leads it.
    browser.cookies.delete(sessionName);
    await removed('retirement');
    const anew = new URL(await go());
    expect(anew.origin).toBe(portal.provider.loginUrl);
    expect(await browser.answer(await browser.arrive(anew))).toContain('/sign-in/complete');
    browser.cookies.set(sessionName, kept);
    expect((await browser.me()).json()).toMatchObject(ended('replaced'));
  });

  it('a retirement that comes just before the session ends it', async () => {
    const { go } = await redeeming();
    await Promise.all([go(), removed('retirement')]);
    expect(await open()).toEqual([]);
  });
});
