import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { publicUrl } from '../../testing/bare-portal.ts';
import { secondInstance } from '../../testing/second-instance.ts';
import { testSecrets } from '../../testing/test-secrets.ts';
import {
  insertWebProvider,
  startWebPortal,
  webGroups,
  type WebBrowser,
  type WebPortal,
} from '../../testing/web-portal.ts';
import { portalSessions } from '../storage/provider-schema.ts';

let portal: WebPortal;
let now = Date.now();
const minute = 60_000;

beforeAll(async () => {
  portal = await startWebPortal({ now: () => new Date(now) });
});
afterAll(() => portal.close());
afterEach(() => portal.provider.misbehave({}));

const failureOf = (location: string) => {
  const url = new URL(location, publicUrl);
  expect(url.pathname).toBe('/sign-in/failed');
  return Object.fromEntries(new URLSearchParams(url.hash.slice(1)));
};
const sessions = () => portal.database.db.select().from(portalSessions);

/** A browser that the provider has just sent back. */
async function arrived(how: Parameters<WebPortal['provider']['misbehave']>[0] = {}) {
  portal.provider.misbehave(how);
  const browser = portal.browser();
  return { browser, callback: await browser.arrive(await browser.begin()) };
}

function cookieOf({ cookies }: WebBrowser): readonly [name: string, value: string] {
  const [cookie] = cookies;
  if (cookie === undefined) throw new Error('The browser has no cookie.');
  return cookie;
}

async function refused(browser: WebBrowser, callback: URL, code: string): Promise<void> {
  const before = (await sessions()).length;
  expect(failureOf(await browser.answer(callback))).toMatchObject({ code });
  expect(browser.cookies.has('__Host-gatehouse-session')).toBe(false);
  expect(await sessions()).toHaveLength(before);
}

describe('an answer of the provider opens no session', () => {
  it('when its state was answered before', async () => {
    const { browser, callback } = await arrived();
    const kept = new Map(browser.cookies);
    await browser.answer(callback);
    await refused(portal.browser(), callback, 'sign_in_unknown');
    const replayed = portal.browser(portal.app, kept);
    await refused(replayed, callback, 'sign_in_unknown');
  });

  it('twice when it comes twice at once', async () => {
    const { browser, callback } = await arrived();
    const before = (await sessions()).length;
    const other = portal.browser(portal.app, browser.cookies);
    const locations = await Promise.all([browser.answer(callback), other.answer(callback)]);
    expect(locations.filter((to) => to.startsWith('/sign-in/complete'))).toHaveLength(1);
    expect(await sessions()).toHaveLength(before + 1);
  });

  it('when it has no state, or one that is not ours, or two', async () => {
    for (const change of ['none', 'other', 'twice'] as const) {
      const { browser, callback } = await arrived();
      if (change !== 'twice') callback.searchParams.delete('state');
      if (change !== 'none') callback.searchParams.append('state', 'x'.repeat(43));
      await refused(
        browser,
        callback,
        change === 'twice' ? 'response_incomplete' : 'sign_in_unknown',
      );
    }
  });

  it('when it is of another browser, or of none of ours (login CSRF)', async () => {
    const { callback } = await arrived();
    await refused(portal.browser(), callback, 'sign_in_unknown');
    const victim = await arrived();
    await refused(victim.browser, callback, 'sign_in_unknown');
    // The victim's own attempt is untouched.
    expect(await victim.browser.answer(victim.callback)).toMatch(/^\/sign-in\/complete/u);
  });

  it('after ten minutes', async () => {
    const { browser, callback } = await arrived();
    now += 10 * minute;
    await refused(browser, callback, 'sign_in_expired');
  });

  it('when its cookie was changed, moved to another state, or sealed by another portal', async () => {
    const { browser, callback } = await arrived();
    const [name, value] = cookieOf(browser);
    const other = await arrived();
    const [, moved] = cookieOf(other.browser);
    const foreign = testSecrets().seal('{}', 'sign-in attempt');
    const empty = portal.secrets.seal('{}', 'sign-in attempt');
    const ofAnother = portal.secrets.seal('{}', 'credential 1');
    const wrong = [moved, foreign, empty, ofAnother, `${value}A`, value.slice(0, -4), 'x'];
    for (const text of [...wrong, value.replace(/.{9}$/u, 'AAAAAAAAA'), 'a'.repeat(20_000)]) {
      browser.cookies.set(name, text);
      await refused(browser, callback, 'sign_in_unknown');
    }
    browser.cookies.set(name, value);
    expect(await browser.answer(callback)).toMatch(/^\/sign-in\/complete/u);
  });

  it.each([
    ['neither a code nor an error', ['code'], {}],
    ['both', [], { error: 'access_denied' }],
    ['two codes', [], { code: 'another' }],
    ['an empty code', ['code'], { code: '' }],
  ])('when there is %s in it', async (_name, without, added) => {
    const { browser, callback } = await arrived();
    for (const name of without) callback.searchParams.delete(name);
    for (const [name, value] of Object.entries(added)) callback.searchParams.append(name, value);
    await refused(browser, callback, 'response_incomplete');
  });

  it('when it is a refusal, and says which', async () => {
    const { browser, callback } = await arrived();
    callback.searchParams.delete('code');
    callback.searchParams.set('error', 'access_denied');
    const ids =
      'Trace ID: 11111111-2222-4333-8444-555555555555 Correlation ID: 66666666-7777-4888-8999-aaaaaaaaaaaa';
    callback.searchParams.set('error_description', `AADSTS65004: User declined. ${ids}`);
    expect(failureOf(await browser.answer(callback))).toEqual({
      code: 'provider_refused',
      at: new Date(now).toISOString(),
      aadsts: '65004',
      correlationId: '66666666-7777-4888-8999-aaaaaaaaaaaa',
      traceId: '11111111-2222-4333-8444-555555555555',
    });
  });

  it('when its code was redeemed before', async () => {
    const first = await arrived();
    const code = first.callback.searchParams.get('code') ?? '';
    await first.browser.answer(first.callback);
    const { browser, callback } = await arrived();
    callback.searchParams.set('code', code);
    expect(failureOf(await browser.answer(callback))).toMatchObject({ aadsts: '54005' });
  });

  it('when it is of another provider (mix-up)', async () => {
    const { browser, callback } = await arrived();
    callback.searchParams.set('iss', 'https://login.example/other/v2.0');
    await refused(browser, callback, 'provider_answer_invalid');
    const other = '0a1b2c3d-0000-4000-8000-0000000000ff';
    const iss = `${portal.provider.loginUrl}/${other}/v2.0`;
    const mixed = await arrived({ claims: { tid: other, iss } });
    expect(failureOf(await mixed.browser.answer(mixed.callback))['code']).toMatch(
      /^(?:wrong_tenant|id_token_invalid)$/u,
    );
  });

  it.each([
    ['the nonce is wrong', { claims: { nonce: 'another' } }, 'id_token_invalid'],
    ['it is for another audience', { claims: { aud: crypto.randomUUID() } }, 'id_token_invalid'],
    ['the person has no id', { claims: { oid: undefined } }, 'id_token_invalid'],
    ['the provider answers HTML', { answer: html }, 'provider_answer_invalid'],
    ['the provider is down', { answer: down }, 'provider_unreachable'],
  ])('when %s', async (_name, how, code) => {
    const { browser, callback } = await arrived(how);
    await refused(browser, callback, code);
  });

  it('when the provider was retired meanwhile, but leads to the one that has its place', async () => {
    const { pool } = portal.database;
    const open = (await sessions()).length;
    const providerId = await insertWebProvider(portal.database, portal.secrets, {
      isPrimary: false,
    });
    const fresh = await secondInstance(portal);
    const browser = portal.browser(fresh.app);
    const callback = await browser.arrive(await browser.begin({ providerId }));
    await fresh.close();
    await pool.query('delete from sign_in_providers where id = $1', [providerId]);
    const later = await secondInstance(portal);
    const same = portal.browser(later.app, browser.cookies);
    const anew = new URL(await same.answer(callback));
    expect(anew.origin).toBe(new URL(portal.provider.loginUrl).origin);
    expect(anew.searchParams.get('state')).not.toBe(callback.searchParams.get('state'));
    expect(await sessions()).toHaveLength(open);
    portal.provider.misbehave({ claims: { groups: [webGroups.admin] } });
    expect(await same.answer(await same.arrive(anew))).toMatch(/^\/sign-in\/complete/u);
    expect((await sessions()).at(-1)?.providerId).not.toBe(providerId);
    await later.close();
  });
});

function html(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Maintenance</h1>');
}

function down(response: ServerResponse): void {
  response.destroy();
}
