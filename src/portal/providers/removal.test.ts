import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personIds, tenantId } from '../../demo/directory.ts';
import { cookieOf, oneGroupEach, publicUrl } from '../../testing/bare-portal.ts';
import {
  failures,
  listed,
  removalOf,
  verificationOf,
  type ProviderApi,
} from '../../testing/provider-api.ts';
import {
  enterOrganization,
  startWebProviderPortal,
  type WebProviderPortal,
} from '../../testing/web-provider-portal.ts';
import { auditEvents } from '../storage/schema.ts';

let world: WebProviderPortal;
let recovery: ProviderApi;
let id: string;
beforeAll(async () => {
  world = await startWebProviderPortal();
  ({ recovery } = world);
  ({ id } = await enterOrganization(recovery, { usesGroups: false }));
  await world.finish(await world.begin(recovery, id), personIds.ada);
});
afterAll(() => world.close());

/** A session of Bram's by the web application: headers for requests in it. */
async function session(): Promise<Record<string, string>> {
  const { app } = world.portal;
  const begun = await app.inject({
    method: 'POST',
    url: '/api/v1/sign-in',
    headers: { origin: publicUrl },
    payload: { providerId: id, returnTo: '/' },
  });
  const attempt = cookieOf(begun.headers['set-cookie']);
  const { url } = begun.json<{ url: string }>();
  const cookie = await world.answer({ url, cookie: attempt }, personIds.bram);
  return { cookie, origin: publicUrl };
}
const me = async (headers: Record<string, string>) =>
  (await world.portal.app.inject({ url: '/api/v1/me', headers })).statusCode;

/** A portal user who is linked to Bram's Microsoft identity. */
const linkBram = (role: string) =>
  world.portal.database.pool.query(
    `insert into portal_users (name, email, email_key, role, tenant_id, object_id, created_by)
     values ('Bram', 'bram@example.com', 'bram@example.com', $1, $2, $3, '{"name": "Test"}')
     on conflict (email_key) do update set role = excluded.role`,
    [role, tenantId, personIds.bram],
  );

describe('R9: what a removal leaves', () => {
  it('names each provider that is left, and who comes in by it as Admin', async () => {
    await linkBram('admin');
    const review = await removalOf(recovery, id);
    expect(review).toMatchObject({
      allowed: true,
      yours: false,
      left: [{ providerId: 'environment', adminUsers: ['bram@example.com'] }],
    });
    expect(review.left[0]?.adminGroups).toHaveLength(1);
  });

  it('an Admin who is a portal user is a way in by itself, an analyst isn’t', async () => {
    await world.portal.setPortalAccess(oneGroupEach({}));
    expect(await removalOf(recovery, id)).toMatchObject({
      allowed: true,
      left: [{ providerId: 'environment', adminGroups: [], adminUsers: ['bram@example.com'] }],
    });
    await linkBram('securityAnalyst');
    expect((await removalOf(recovery, id)).left).toEqual([]);
    await linkBram('admin');
  });
});

describe('what SSO Sign-in uses afterwards', () => {
  it('is told where it is another: the environment’s, if there is one', async () => {
    expect((await removalOf(recovery, id)).nextPrimary).toBeNull();
    await recovery('POST', `/${id}/promotion`);
    expect(await removalOf(recovery, id)).toMatchObject({
      nextPrimary: { id: 'environment', name: 'Microsoft' },
    });
    await recovery('POST', '/environment/promotion');
  });
});

describe('a retired web application', () => {
  it('ends its sessions at once, and signs nobody in', async () => {
    const headers = await session();
    expect(await me(headers)).toBe(200);
    expect((await removalOf(recovery, id)).openSessions).toBe(1);
    const { revision } = (await recovery('GET', `/${id}`)).provider();
    const body = { acknowledged: false };
    const retired = await recovery('POST', `/${id}/retirement`, { body, ifMatch: revision });
    expect(retired.provider()).toMatchObject({ status: 'retired', verified: { tenantId } });
    expect(await me(headers)).toBe(401);
    const again = await world.portal.app.inject({
      method: 'POST',
      url: '/api/v1/sign-in',
      headers: { origin: publicUrl },
      payload: { providerId: id, returnTo: '/' },
    });
    expect(again.statusCode).toBeGreaterThanOrEqual(400);
  });

  it('comes back by another verification, and is deleted with its secrets', async () => {
    await world.finish(await world.begin(recovery, id), personIds.ada);
    const { status, revision } = (await recovery('GET', `/${id}`)).provider();
    expect(status).toBe('active');
    const body = { acknowledged: false };
    const deleted = await recovery('POST', `/${id}/deletion`, { body, ifMatch: revision });
    expect(deleted.body).toMatchObject({ deleted: true });
    expect((await listed(recovery)).providers.map((one) => one.id)).toEqual(['environment']);
    const { rows } = await world.portal.database.pool.query('select id from provider_credentials');
    expect(rows).toEqual([]);
    const events = await world.portal.database.db
      .select()
      .from(auditEvents)
      .orderBy(auditEvents.sequence);
    const actions = events.map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['provider.retired', 'provider.deleted']));
  });
});

describe('an edit', () => {
  it('that would take the last way in isn’t activated (R9)', async () => {
    const other = await startWebProviderPortal({ environment: false });
    try {
      const { id } = await enterOrganization(other.recovery);
      await other.finish(await other.begin(other.recovery, id), personIds.ada);
      const before = (await other.recovery('GET', `/${id}`)).provider();
      expect(before).toMatchObject({ status: 'active', primary: true });
      const registration = { ...before.verified, usesGroups: false };
      await other.recovery('PUT', `/${id}`, { body: { registration }, ifMatch: before.revision });
      await other.finish(await other.begin(other.recovery, id), personIds.ada);
      const { checks, state } = verificationOf(await other.recovery('GET', `/${id}/verification`));
      expect(state).toBe('failed');
      expect(failures(checks)).toEqual([expect.stringContaining('groups: Nobody could come in')]);
      expect((await other.recovery('GET', `/${id}`)).provider()).toMatchObject({
        verified: before.verified,
        draft: registration,
      });
    } finally {
      await other.close();
    }
  });

  it('that takes roles by groups away ends the sessions that have them', async () => {
    ({ id } = await enterOrganization(recovery));
    await world.finish(await world.begin(recovery, id), personIds.ada);
    const headers = await session();
    expect(await me(headers)).toBe(200);
    const { revision, verified } = (await recovery('GET', `/${id}`)).provider();
    const registration = { ...verified, usesGroups: false };
    await recovery('PUT', `/${id}`, { body: { registration }, ifMatch: revision });
    expect(await me(headers)).toBe(200);
    await world.finish(await world.begin(recovery, id), personIds.ada);
    expect((await recovery('GET', `/${id}`)).provider().verified).toEqual(registration);
    expect(await me(headers)).toBe(401);
  });
});
