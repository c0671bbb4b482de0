import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api } from '../../contract/api.ts';
import {
  bearer,
  groupId,
  oneGroupEach,
  startBarePortal,
  type BarePortal,
} from '../../testing/bare-portal.ts';
import { startWebPortal, webGroups, type WebPortal } from '../../testing/web-portal.ts';
import { auditEvents } from '../storage/schema.ts';
import { securitySettings } from '../storage/gate-schema.ts';

const path = '/api/v1/security-settings';
const sessionPolicy = { idleMinutes: 30, totalMinutes: 480, bundleDays: 30 };
const groups = { admin: groupId(1), securityAnalyst: groupId(2), readOnly: groupId(3) };

let portal: BarePortal;
beforeAll(async () => {
  portal = await startBarePortal({
    limits: { person: 1e6, failures: 1e6, open: 1e6, recovery: 1e6 },
  });
  await portal.setPortalAccess(oneGroupEach(groups));
});
afterAll(() => portal.close());

const token = async (acrs?: string[], group = groups.admin) =>
  bearer(await portal.issuer.token({ groups: [group], ...(acrs && { acrs }) }));

async function put(headers: Record<string, string>, stepUpContext?: string | null) {
  const [row] = await portal.database.db.select().from(securitySettings);
  const body = { sessionPolicy, ...(stepUpContext === undefined ? {} : { stepUpContext }) };
  return portal.app.inject({
    method: 'PUT',
    url: path,
    headers: { ...headers, 'if-match': `"${row?.revision}"` },
    payload: body,
  });
}

function asked(answer: { readonly headers: Record<string, unknown> }): unknown {
  const challenge = String(answer.headers['www-authenticate']);
  expect(challenge).toMatch(
    /^Bearer realm="gatehouse", error="insufficient_claims", claims="[\w+/=]+"$/u,
  );
  const encoded = /claims="([^"]+)"/u.exec(challenge)?.[1] ?? '';
  return JSON.parse(Buffer.from(encoded, 'base64').toString());
}

const wanted = (value: string) => ({ acrs: { essential: true, value } });

describe('R19: the context that changes ask for', () => {
  it('is set by whoever satisfies it, and by nobody else', async () => {
    const without = await put(await token(), 'c1');
    expect(without.json()).toMatchObject({ status: 401, code: 'insufficient_claims' });
    expect(asked(without)).toEqual({ access_token: wanted('c1') });
    const other = await put(await token(['c2']), 'c1');
    expect(other.statusCode).toBe(401);
    const set = await put(await token(['c1', 'c2']), 'c1');
    expect(set.json()).toMatchObject({ stepUpContext: 'c1' });
    const entries = await portal.database.db
      .select()
      .from(auditEvents)
      .orderBy(auditEvents.sequence);
    expect(entries.at(-1)).toMatchObject({
      action: 'securitySettings.changed',
      before: { stepUpContext: null },
      after: { stepUpContext: 'c1' },
    });
  });

  it('is asked for before a change, and not to read', async () => {
    expect((await portal.app.inject({ url: path, headers: await token() })).statusCode).toBe(200);
    const answer = await put(await token());
    expect(asked(answer)).toEqual({ access_token: wanted('c1') });
    expect((await put(await token(['c1']))).json()).toMatchObject({ stepUpContext: 'c1' });
  });

  it('isn’t asked of who may not do it anyway', async () => {
    const answer = await put(await token(undefined, groups.readOnly));
    expect(answer.json()).toMatchObject({ status: 403, code: 'forbidden' });
    const signedOut = await put({});
    expect(signedOut.json()).toMatchObject({ code: 'not_signed_in' });
  });

  it('isn’t asked of a recovery session: there is nobody to ask', async () => {
    expect((await put(await portal.recover())).statusCode).toBe(200);
    expect((await put(await portal.recover(), 'c9')).json()).toMatchObject({ stepUpContext: 'c9' });
    expect((await put(await portal.recover(), 'c1')).statusCode).toBe(200);
  });

  it('is exchanged by who satisfies both, and taken away by who satisfies it', async () => {
    const exchange = await put(await token(['c1']), 'c2');
    expect(asked(exchange)).toEqual({ access_token: wanted('c2') });
    expect((await put(await token(['c1', 'c2']), 'c2')).statusCode).toBe(200);
    expect((await put(await token(['c1']), null)).statusCode).toBe(401);
    expect((await put(await token(['c2']), null)).json()).toMatchObject({ stepUpContext: null });
    expect((await put(await token())).statusCode).toBe(200);
  });

  it.each(['c0', 'c100', 'C1x', '', 'c01'])('R21: is no %j', async (context) => {
    expect((await put(await token(['c1']), context)).json()).toMatchObject({
      status: 400,
      errors: [{ path: '/stepUpContext' }],
    });
  });

  it('is asked for by every change of settings, providers, access, users and enrolment', () => {
    const areas =
      /^\/(?:sso-settings|providers|portal-access|users|security-settings|gate-keys)|\/gate(?:\/enrolment)?$/u;
    const changes = api.filter(({ method, path }) => method !== 'GET' && areas.test(path));
    const not = changes.filter(({ stepUp }) => stepUp !== true);
    // It changes nothing: it says what a change would do.
    expect(not.map(({ path }) => path)).toEqual(['/sso-settings/review']);
  });
});

describe('R19: in a session of a web application', () => {
  let web: WebPortal;
  beforeAll(async () => {
    web = await startWebPortal();
  });
  afterAll(() => web.close());

  it('the challenge is of the id token, and a sign-in by it satisfies it', async () => {
    const browser = web.browser();
    const as = (acrs: string[]) =>
      web.provider.misbehave({ claims: { groups: [webGroups.admin], acrs } });
    as([]);
    await browser.signIn();
    const change = (revision: string) =>
      browser.call('PUT', '/security-settings', {
        body: { sessionPolicy, stepUpContext: 'c1' },
        headers: { 'if-match': `"${revision}"` },
      });
    const refused = await change('1');
    expect(asked(refused)).toEqual({ id_token: wanted('c1') });
    const claims = /claims="([^"]+)"/u.exec(String(refused.headers['www-authenticate']))?.[1];
    as(['c1']);
    expect(await browser.signIn({ claims, window: true })).toContain('window=renewal');
    expect((await change('1')).json()).toMatchObject({ stepUpContext: 'c1' });
  });
});
