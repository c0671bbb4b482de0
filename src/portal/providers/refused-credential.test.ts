import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clientIds, personIds } from '../../demo/directory.ts';
import { cookieOf, publicUrl } from '../../testing/bare-portal.ts';
import { visit } from '../../testing/entra-sign-in.ts';
import { secretInput, type ProviderApi } from '../../testing/provider-api.ts';
import { secondInstance, type SecondInstance } from '../../testing/second-instance.ts';
import {
  enterOrganization,
  expiredSecret,
  startWebProviderPortal,
  type WebProviderPortal,
} from '../../testing/web-provider-portal.ts';
import { bumpRevision } from '../storage/revisions.ts';
import { auditEvents } from '../storage/schema.ts';

let world: WebProviderPortal;
let other: SecondInstance;
let ada: ProviderApi;
let id: string;
let good: string;
let refused: string;
let seen = 0;

beforeAll(async () => {
  world = await startWebProviderPortal();
  other = await secondInstance(world.portal);
  ada = await world.as(personIds.ada);
});
afterAll(async () => {
  await other.close();
  await world.close();
});

/** Sign-ins use a secret that Microsoft refuses though its date is not over; a good one stands by. */
beforeEach(async () => {
  const { pool, db } = world.portal.database;
  await pool.query('delete from sign_in_providers');
  const provider = await enterOrganization(ada);
  ({ id } = provider);
  good = provider.credentials[0]?.id ?? '';
  await world.finish(await world.begin(ada, id), personIds.ada);
  const input = secretInput(expiredSecret, 90);
  const { credentials } = (await ada('POST', `/${id}/credentials`, { body: input })).provider();
  refused = credentials.find((one) => one.id !== good)?.id ?? '';
  const set = 'update provider_credentials set status = $2 where id = $1';
  await pool.query(set, [good, 'standby']);
  await pool.query(set, [refused, 'current']);
  await db.transaction((tx) => bumpRevision(tx, 'provider'));
  await inForce();
  seen = (await entries()).length;
});

const entries = async () =>
  world.portal.database.db.select().from(auditEvents).orderBy(auditEvents.sequence);
const audited = async () =>
  (await entries())
    .slice(seen)
    .map(({ action }) => action)
    .filter((action) => action.startsWith('provider.'));
const shown = async () => (await ada('GET', `/${id}`)).provider();
const credential = async (which: string) =>
  (await shown()).credentials.find((one) => one.id === which);

/** Until both instances have heard of it. */
async function inForce(): Promise<void> {
  for (const app of [world.portal.app, other.app]) {
    const offered = async () => (await app.inject('/api/v1/configuration')).body.includes(id);
    while (!(await offered()));
  }
}

/** Ada at Microsoft, by an instance: what gives that the answer. */
async function arrived(app: FastifyInstance) {
  const begun = await app.inject({
    method: 'POST',
    url: '/api/v1/sign-in',
    headers: { origin: publicUrl },
    payload: { providerId: id, returnTo: '/' },
  });
  const { pathname, searchParams } = new URL(begun.json<{ url: string }>().url);
  const parameters = Object.fromEntries(searchParams);
  const { client_id: clientId = '', redirect_uri: redirectUri = '' } = parameters;
  const browser = visit({ origin: world.entra.origin, tenantId: pathname.split('/')[1] ?? '' });
  const wish = { oid: personIds.ada, clientId, redirectUri, parameters };
  const { answer, page } = await browser.authorize(wish);
  if (answer === undefined) throw new Error(page);
  return () =>
    app.inject({
      url: `/sign-in/callback?${answer.toString()}`,
      headers: { cookie: cookieOf(begun.headers['set-cookie']) },
    });
}

/** Signs Ada in: where that leads, and the session's cookie. */
async function signIn() {
  const came = await (await arrived(world.portal.app))();
  const set = [came.headers['set-cookie']].flat().map(cookieOf);
  const cookie = set.find((one) => one.startsWith('__Host-gatehouse-session=')) ?? '';
  return { to: String(came.headers.location), cookie };
}

const switched = ['provider.failing', 'provider.credentialPromoted', 'provider.recovered'];

describe('where Microsoft refuses the secret in use', () => {
  it('the one that stands by signs in with the same code, and is used from then on', async () => {
    expect((await signIn()).to).toContain('/sign-in/complete');
    expect(await audited()).toEqual(switched);
    const [failing] = (await entries()).slice(seen);
    expect(failing).toMatchObject({
      outcome: 'refused',
      after: { aadsts: 7000222, credentialId: refused, credential: { credentialId: refused } },
    });
    expect((await shown()).failure).toBeNull();
    expect(await credential(good)).toMatchObject({ status: 'current', refused: null });
    expect(await credential(refused)).toMatchObject({
      status: 'standby',
      refused: { aadsts: 7000222 },
    });
    expect((await signIn()).to).toContain('/sign-in/complete');
    expect(await audited()).toEqual(switched);
  });

  it('however many sign in at once, at two instances, all get in and it is told once', async () => {
    const apps = [world.portal.app, other.app, world.portal.app, other.app];
    const answers: Awaited<ReturnType<typeof arrived>>[] = [];
    for (const app of apps) answers.push(await arrived(app));
    for (const { headers } of await Promise.all(answers.map((answer) => answer()))) {
      expect(headers.location).toContain('/sign-in/complete');
    }
    expect((await audited()).toSorted()).toEqual(switched.toSorted());
  });

  it('sessions that are confirmed each hour go on by it, too', async () => {
    const { cookie } = await signIn();
    const { pool, db } = world.portal.database;
    const set = 'update provider_credentials set status = $2, refused = null where id = $1';
    await pool.query(set, [good, 'standby']);
    await pool.query(set, [refused, 'current']);
    await pool.query("update portal_sessions set confirmed_at = now() - interval '2 hours'");
    await db.transaction((tx) => bumpRevision(tx, 'provider'));
    seen = (await entries()).length;
    const third = await secondInstance(world.portal);
    const me = await third.app.inject({ url: '/api/v1/me', headers: { cookie } });
    await third.close();
    expect(me.statusCode).toBe(200);
    expect(await audited()).toEqual(switched);
    const { rows } = await pool.query(
      "select 1 from portal_sessions where confirmed_at > now() - interval '1 hour'",
    );
    expect(rows.length).toBeGreaterThan(0);
  });

  it('one that was refused before is tried again before sign-ins fail', async () => {
    const { pool, db } = world.portal.database;
    const set = 'update provider_credentials set refused = $2 where id = $1';
    for (const which of [good, refused])
      await pool.query(set, [which, { at: '2026-11-22T00:00:00.000Z', aadsts: null }]);
    await db.transaction((tx) => bumpRevision(tx, 'provider'));
    // Until the portal has heard of it.
    while ((await credential(good))?.status !== 'current') {
      expect((await signIn()).to).toContain('/sign-in/complete');
    }
    expect(await credential(good)).toMatchObject({ refused: null });
    expect(await audited()).toContain('provider.credentialPromoted');
  });

  it('that is gone meanwhile, the one in its place is asked, and accused of nothing', async () => {
    const { pool } = world.portal.database;
    // Nobody is told: as an Admin at another instance, a moment ago.
    await pool.query('delete from provider_credentials where id = $1', [refused]);
    await pool.query("update provider_credentials set status = 'current' where id = $1", [good]);
    expect((await signIn()).to).toContain('/sign-in/complete');
    expect(await audited()).toEqual([]);
    expect((await shown()).failure).toBeNull();
  });

  it('another one’s code isn’t told of it', async () => {
    const { pool, db } = world.portal.database;
    const input = secretInput('a-secret-that-nobody-knows', 90);
    const { credentials } = (await ada('POST', `/${id}/credentials`, { body: input })).provider();
    const known = new Set([good, refused]);
    const unknown = credentials.find((one) => !known.has(one.id))?.id ?? '';
    await pool.query('delete from provider_credentials where id = $1', [good]);
    const set = 'update provider_credentials set status = $2, refused = $3 where id = $1';
    const before = { at: '2026-11-22T00:00:00.000Z', aadsts: 7000222 };
    await pool.query(set, [refused, 'standby', before]);
    await pool.query(set, [unknown, 'current', null]);
    await db.transaction((tx) => bumpRevision(tx, 'provider'));
    // Until the portal has heard of it.
    while ((await signIn()).to.includes('/complete'));
    seen = (await entries()).length - 1;
    for (let times = 0; times < 2; times += 1) await signIn();
    expect(await audited()).toEqual(['provider.failing']);
    expect((await shown()).failure).toMatchObject({ credentialId: unknown, aadsts: 7000215 });
  });

  it('and no other is left, sign-ins fail, and work again as soon as it is taken', async () => {
    expect((await ada('DELETE', `/${id}/credentials/${good}`)).status).toBe(200);
    seen = (await entries()).length;
    for (let times = 0; times < 2; times += 1) {
      expect((await signIn()).to).toContain('aadsts=7000222');
    }
    expect(await audited()).toEqual(['provider.failing']);
    expect((await shown()).failure).toMatchObject({ credentialId: refused });
    world.entra.changeApplication(clientIds.organizationSignIn, {
      secrets: [{ id: 'again', value: expiredSecret }],
    });
    expect((await signIn()).to).toContain('/sign-in/complete');
    expect(await audited()).toEqual(['provider.failing', 'provider.recovered']);
    expect(await credential(refused)).toMatchObject({ status: 'current', refused: null });
  });
});
