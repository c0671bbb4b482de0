import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PortalUser } from '../../contract/users.ts';
import { emptyMapping } from '../../domain/group-mapping.ts';
import { oneGroupEach } from '../../testing/bare-portal.ts';
import {
  adminGroup,
  problemOf,
  startPortalOfPeople,
  type PortalOfPeople,
} from '../../testing/portal-people.ts';
import { auditEvents } from '../storage/schema.ts';
import { bumpRevision } from '../storage/revisions.ts';
import { portalUsers } from '../storage/provider-schema.ts';

let portal: PortalOfPeople;
let number = 0;
const withGroup = oneGroupEach({ admin: adminGroup });

beforeAll(async () => {
  portal = await startPortalOfPeople();
});
afterEach(async () => {
  await portal.setPortalAccess(withGroup);
  await portal.database.db.transaction(async (tx) => {
    await tx.delete(portalUsers);
    await bumpRevision(tx, 'access');
  });
  // Written past the portal, which hears of it from the database a moment later.
  const admin = () => portal.ask(portal.admin, 'GET', '/me');
  const heard = async () => expect(await admin()).toMatchObject({ status: 200 });
  await vi.waitFor(heard, { timeout: 20_000 });
});
afterAll(() => portal.close());

type Change = Partial<Pick<PortalUser, 'name' | 'role'>> & { disabled?: boolean };
function put(headers: Record<string, string>, user: PortalUser, change: Change) {
  const { name, role, revision } = user;
  const disabled = user.status === 'disabled';
  return portal.ask(headers, 'PUT', `/users/${user.id}`, {
    body: { name, role, disabled, ...change },
    ifMatch: revision,
  });
}
const remove = (headers: Record<string, string>, { id }: PortalUser) =>
  portal.ask(headers, 'DELETE', `/users/${id}`);
function linked(role: PortalUser['role']) {
  number += 1;
  return portal.linked(`person${number}@example.com`, role);
}
/** As it is where everybody comes in as a portal user. */
async function withoutGroups(): Promise<void> {
  await portal.setPortalAccess(emptyMapping);
}

const byNumber = (a: number, b: number) => a - b;

describe('R9: a portal user', () => {
  it('changes neither their own role nor disables or deletes themself', async () => {
    const { headers, user } = await linked('admin');
    const tries = await Promise.all([
      put(headers, user, { role: 'readOnly' }),
      put(headers, user, { disabled: true }),
      remove(headers, user),
    ]);
    for (const answer of tries) expect(answer).toMatchObject({ status: 403, code: 'own_user' });
    expect(await portal.user(user.id)).toEqual(user);
    expect((await put(headers, user, { name: 'New name' })).body).toMatchObject({
      name: 'New name',
      you: true,
    });
  });

  it('who is the last Admin can’t be removed, also in a recovery session', async () => {
    const { user } = await linked('admin');
    await portal.invite({ name: 'Invited', email: 'invited@example.com', role: 'admin' });
    await withoutGroups();
    const recovery = await portal.recover();
    for (const answer of [
      await put(recovery, user, { role: 'securityAnalyst' }),
      await put(recovery, user, { disabled: true }),
      await remove(recovery, user),
    ]) {
      expect(answer).toMatchObject({ status: 409, code: 'lockout' });
      expect(problemOf(answer).details).toEqual({ reason: 'last_way_in' });
    }
    await portal.setPortalAccess(withGroup);
    expect((await remove(recovery, user)).status).toBe(204);
  });

  it('is left as Admin of two who remove each other at once', async () => {
    const [one, other] = [await linked('admin'), await linked('admin')];
    await withoutGroups();
    const answers = await Promise.all([
      put(one.headers, other.user, { role: 'readOnly' }),
      put(other.headers, one.user, { disabled: true }),
    ]);
    expect(answers.map(({ status }) => status).toSorted(byNumber)).toEqual([200, 403]);
    const left = [one, other].map(({ headers }) => portal.ask(headers, 'GET', '/users'));
    const statuses = (await Promise.all(left)).map(({ status }) => status).toSorted(byNumber);
    expect(statuses).toEqual([200, 403]);
  });

  it('is left as Admin where a group and a user go at once', async () => {
    const { headers, user } = await linked('admin');
    const { revision } = (await portal.ask(portal.admin, 'GET', '/portal-access')).body as {
      revision: string;
    };
    const answers = await Promise.all([
      portal.ask(headers, 'PUT', '/portal-access', {
        body: { permissions: emptyMapping },
        ifMatch: revision,
      }),
      remove(portal.admin, user),
    ]);
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
  });
});

describe('R9: portal access', () => {
  it('may name no Admin group while a portal user is Admin', async () => {
    const { headers } = await linked('admin');
    const read = async () =>
      (await portal.ask(headers, 'GET', '/portal-access')).body as { revision: string };
    const body = { permissions: emptyMapping };
    const own = await portal.ask(portal.admin, 'PUT', '/portal-access', {
      body,
      ifMatch: (await read()).revision,
    });
    expect(own).toMatchObject({ code: 'lockout', body: { details: { reason: 'own_admin_lost' } } });
    const { revision } = await read();
    const done = await portal.ask(headers, 'PUT', '/portal-access', { body, ifMatch: revision });
    expect(done.status).toBe(200);
    expect((await portal.ask(portal.admin, 'GET', '/me')).code).toBe('no_role');
  });
});

describe('a portal user', () => {
  it('isn’t changed on top of what one hasn’t seen', async () => {
    const { user } = await linked('readOnly');
    const both = await Promise.all([
      put(portal.admin, user, { role: 'admin' }),
      put(portal.admin, user, { role: 'securityAnalyst' }),
    ]);
    expect(both.map(({ status }) => status).toSorted(byNumber)).toEqual([200, 412]);
    const stale = both.find(({ status }) => status === 412);
    expect(stale?.body).toMatchObject({
      code: 'stale_revision',
      details: { current: { id: user.id, role: expect.any(String) } },
    });
    const unconditional = await portal.ask(portal.admin, 'PUT', `/users/${user.id}`, {
      body: { name: 'x', role: 'admin', disabled: false },
    });
    expect(unconditional.status).toBe(428);
  });

  it('who is disabled is refused whatever their groups, until they are enabled', async () => {
    const { user, oid } = await linked('readOnly');
    const inGroup = await portal.person({ oid, groups: [adminGroup] });
    expect((await portal.ask(inGroup.headers, 'GET', '/me')).status).toBe(200);
    const disabled = await put(portal.admin, user, { disabled: true });
    expect(disabled.body).toMatchObject({ status: 'disabled' });
    const refused = await portal.ask(inGroup.headers, 'GET', '/me');
    expect(refused).toMatchObject({ status: 403, code: 'user_disabled' });
    const enabled = await put(portal.admin, disabled.body as PortalUser, { disabled: false });
    expect(enabled.body).toMatchObject({ status: 'active' });
    expect((await portal.ask(inGroup.headers, 'GET', '/me')).status).toBe(200);
  });

  it('who is deleted is a stranger, and may be invited again', async () => {
    const { user, headers } = await linked('readOnly');
    expect((await remove(portal.admin, user)).status).toBe(204);
    expect(await portal.ask(headers, 'GET', '/me')).toMatchObject({ code: 'no_role' });
    expect(await remove(portal.admin, user)).toMatchObject({ status: 404, code: 'not_found' });
    await portal.invite({ name: 'Again', email: user.email, role: 'admin' });
    expect((await portal.ask(headers, 'GET', '/me')).body).toMatchObject({ portalRole: 'admin' });
  });

  it('who was invited and disabled can’t come in', async () => {
    const { user, token } = await portal.invite({
      name: 'Barred',
      email: 'barred@example.com',
      role: 'admin',
    });
    await put(portal.admin, user, { disabled: true });
    const { headers } = await portal.person({ email: 'barred@example.com' });
    expect((await portal.ask(headers, 'GET', '/me')).code).toBe('no_role');
    const looked = await portal.ask({}, 'POST', '/invitations/look-up', { body: { token } });
    expect(looked.body).toMatchObject({ state: 'revoked' });
    const again = await portal.ask(portal.admin, 'POST', `/users/${user.id}/invitation`);
    expect(again).toMatchObject({ status: 409, code: 'user_is_disabled' });
  });

  it.each(['nobody', '10000000-0000-4000-8000-000000000009', "x'--"])(
    'isn’t there: %s',
    async (id) => {
      const path = `/users/${encodeURIComponent(id)}`;
      expect(await portal.ask(portal.admin, 'GET', path)).toMatchObject({ status: 404 });
      expect(await portal.ask(portal.admin, 'DELETE', path)).toMatchObject({ status: 404 });
    },
  );

  it('is audited with what was and what is', async () => {
    const { user } = await linked('readOnly');
    const changed = await put(portal.admin, user, { role: 'admin', disabled: true });
    const same = await put(portal.admin, changed.body as PortalUser, {});
    expect(same.body).toEqual(changed.body);
    await put(portal.admin, changed.body as PortalUser, { disabled: false });
    await remove(portal.admin, user);
    const events = await portal.database.db
      .select()
      .from(auditEvents)
      .orderBy(auditEvents.sequence);
    expect(events.slice(-4)).toMatchObject([
      { action: 'user.changed', before: { role: 'readOnly' }, after: { role: 'admin' } },
      { action: 'user.disabled' },
      { action: 'user.enabled' },
      { action: 'user.deleted', before: { email: user.email } },
    ]);
  });
});
