import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { me } from '../../contract/me.ts';
import { bearer, groupId } from '../../testing/bare-portal.ts';
import {
  adminGroup,
  problemOf,
  startPortalOfPeople,
  type Person,
  type PortalOfPeople,
} from '../../testing/portal-people.ts';
import { tenantId } from '../../testing/token-issuer.ts';
import { appendAudit } from '../audit/append.ts';
import type { EntraPrincipal } from '../http/principal.ts';
import { readAccessSnapshot } from '../storage/access-snapshot.ts';
import { bumpRevision } from '../storage/revisions.ts';
import { auditEvents } from '../storage/schema.ts';
import { createKeepNews } from './keep-news.ts';

let portal: PortalOfPeople;

beforeAll(async () => {
  portal = await startPortalOfPeople();
});
afterAll(() => portal.close());

const asMe = (person: Person) => portal.ask(person.headers, 'GET', '/me');
const invite = (email: string, role: 'admin' | 'readOnly' = 'readOnly') =>
  portal.invite({ name: `Invited ${email}`, email, role });
async function eventsOf(action: string) {
  const events = await portal.database.db.select().from(auditEvents).orderBy(auditEvents.sequence);
  return events.filter((event) => event.action === action);
}
async function expire(userId: string): Promise<void> {
  const { db, pool } = portal.database;
  const past = "update portal_users set invitation_expires_at = now() - interval '1 second'";
  await pool.query(`${past} where id = $1`, [userId]);
  await db.transaction((tx) => bumpRevision(tx, 'access'));
}
/** The same person with another token. */
async function renewed({ oid }: Person, claims: Record<string, unknown>): Promise<Person> {
  const sid = randomUUID();
  return { oid, headers: bearer(await portal.issuer.token({ oid, sid, groups: [], ...claims })) };
}

function principal(who: Pick<EntraPrincipal, 'objectId' | 'verifiedEmail'>): EntraPrincipal {
  return {
    kind: 'entra',
    tenantId,
    name: 'Somebody',
    userPrincipalName: 'somebody@example.com',
    guest: false,
    contexts: [],
    via: 'spa',
    providerId: 'environment',
    sessionId: null,
    sessionOpenedAt: null,
    groups: new Set(),
    groupsFrom: 'token',
    ...who,
  };
}

describe('R13: somebody isn’t linked', () => {
  it.each([
    ['whose address nobody answers for', { email: 'ada@example.com', upn: 'ada@attacker.example' }],
    ['whose tenant says it isn’t verified', { email: 'ada@example.com', xms_edov: false }],
    ['who is a guest with the address in their profile', { email: 'ada@example.com', acct: 1 }],
    ['with a look-alike', { email: '\u0430da@example.com', xms_edov: true }],
    ['with a Kelvin sign for a k', { email: '\u212Aevin@example.com', xms_edov: true }],
    ['with another domain', { email: 'ada@example.com.attacker.example', xms_edov: true }],
    ['with no address but the same UPN', { upn: 'ada@example.com' }],
  ])('%s', async (_what, claims) => {
    if ((await portal.ask(portal.admin, 'GET', '/users')).status !== 200)
      throw new Error('no list');
    await portal.ask(portal.admin, 'POST', '/users', {
      body: { name: 'Ada', email: 'ada@example.com', role: 'admin' },
    });
    await portal.ask(portal.admin, 'POST', '/users', {
      body: { name: 'Kevin', email: 'kevin@example.com', role: 'admin' },
    });
    const person = await portal.person(claims);
    expect(await asMe(person)).toMatchObject({ status: 403, code: 'no_role' });
    expect(await eventsOf('user.linked')).toEqual([]);
  });

  it('with an invitation that has expired or was revoked', async () => {
    const { user } = await invite('late@example.com');
    await expire(user.id);
    const late = await portal.person({ email: 'late@example.com' });
    expect(await asMe(late)).toMatchObject({ status: 403, code: 'invitation_expired' });
    await portal.ask(portal.admin, 'DELETE', `/users/${user.id}/invitation`);
    const refused = await asMe(await portal.person({ email: 'late@example.com' }));
    expect(refused).toMatchObject({ status: 403, code: 'invitation_expired' });
    expect(problemOf(refused).details).toMatchObject({
      you: { name: expect.any(String) as string },
      administrators: [{ id: adminGroup, displayName: `Name of ${adminGroup}` }],
      adminUsers: [],
    });
  });

  it('while their profile is incomplete, and keeps the role of their groups whatever was invited', async () => {
    const { user } = await invite('partly@example.com', 'admin');
    const partly = await portal.person({ email: 'partly@example.com', given_name: undefined });
    expect(await asMe(partly)).toMatchObject({ code: 'profile_incomplete' });
    expect((await portal.user(user.id)).linked).toBeNull();
    await portal.ask(portal.admin, 'DELETE', `/users/${user.id}/invitation`);
    const reader = await portal.person({ email: 'partly@example.com', groups: [groupId(3)] });
    expect((await asMe(reader)).body).toMatchObject({ portalRole: 'readOnly', portalUser: null });
  });
});

describe('an instance that hasn’t heard of a change yet', () => {
  it('links nobody to what isn’t open any more, or isn’t theirs', async () => {
    const { db } = portal.database;
    const snapshot = () => readAccessSnapshot(db);
    const changed = () => undefined;
    const now = () => new Date();
    const keep = createKeepNews({ database: { db }, appendAudit, now, changed, snapshot });
    const { user: revoked } = await invite('revoked@example.com');
    await portal.ask(portal.admin, 'DELETE', `/users/${revoked.id}/invitation`);
    const { user: gone } = await invite('gone@example.com');
    await portal.ask(portal.admin, 'DELETE', `/users/${gone.id}`);
    const { user: open } = await invite('open@example.com');
    const { user: linked, oid } = await portal.linked('linked@example.com', 'readOnly');
    const expiresAt = Date.now() + 60_000;
    for (const [userId, verifiedEmail, objectId] of [
      [revoked.id, 'revoked@example.com', randomUUID()],
      [gone.id, 'gone@example.com', randomUUID()],
      [open.id, 'other@example.com', randomUUID()],
      [open.id, 'open@example.com', oid],
      [linked.id, 'linked@example.com', randomUUID()],
    ] as const) {
      const person = principal({ objectId, verifiedEmail });
      await keep(person, { kind: 'invited', userId, expiresAt }, '127.0.0.1');
      expect(keep(person, { kind: 'invited', userId, expiresAt }, '127.0.0.1')).toBeUndefined();
    }
    expect((await portal.user(open.id)).status).toBe('invited');
    expect((await portal.user(revoked.id)).status).toBe('invited');
    expect((await portal.user(linked.id)).linked?.objectId).toBe(oid);
  });
});

describe('R13: who was invited is linked', () => {
  it('at their first sign-in, and has the role in the same request', async () => {
    const { user } = await invite('Grace@Example.com', 'admin');
    const grace = await portal.person({ email: 'grace@example.com' });
    const list = await portal.ask(grace.headers, 'GET', '/users');
    expect(list.status).toBe(200);
    expect(me.parse((await asMe(grace)).body)).toMatchObject({
      portalRole: 'admin',
      portalRoleThrough: null,
      portalUser: { id: user.id, email: 'Grace@Example.com', role: 'admin' },
    });
    const shown = await portal.user(user.id);
    expect(shown).toMatchObject({
      status: 'active',
      invitation: null,
      linked: { tenantId, objectId: grace.oid, changedEmail: null },
      you: false,
    });
    expect(shown.lastSignInAt).not.toBeNull();
    expect((await eventsOf('user.linked')).at(-1)).toMatchObject({
      actor: { kind: 'entra', objectId: grace.oid },
      after: { email: 'Grace@Example.com', objectId: grace.oid },
    });
  });

  it('as one of two who come at once', async () => {
    await invite('twins@example.com');
    const two = await Promise.all([1, 2].map(() => portal.person({ email: 'twins@example.com' })));
    const before = (await eventsOf('user.linked')).length;
    const answers = await Promise.all([...two, ...two].map((one) => asMe(one)));
    const codes = answers.map(({ code }) => code ?? 'in').sort();
    expect(codes).toEqual(['address_taken', 'address_taken', 'in', 'in']);
    expect(await eventsOf('user.linked')).toHaveLength(before + 1);
  });

  it('with the higher of both roles', async () => {
    await invite('both@example.com', 'readOnly');
    const both = await portal.person({ email: 'both@example.com', groups: [adminGroup] });
    expect((await asMe(both)).body).toMatchObject({
      portalRole: 'admin',
      portalRoleThrough: { role: 'admin', through: [{ id: adminGroup }] },
      portalUser: { role: 'readOnly' },
    });
  });
});

describe('R13: somebody who is linked', () => {
  it('stays who they are with another address, which is kept once and shown', async () => {
    const person = await portal.linked('first@example.com', 'readOnly');
    const { id } = person.user;
    const changes = (await eventsOf('user.changed')).length;
    const moved = await renewed(person, { email: 'Second@example.com' });
    const again = await renewed(person, { email: 'Second@example.com' });
    for (const one of [moved, moved, again]) {
      expect((await asMe(one)).body).toMatchObject({ portalUser: { id } });
    }
    expect((await portal.user(id)).linked?.changedEmail).toBe('Second@example.com');
    expect(await eventsOf('user.changed')).toHaveLength(changes + 1);
    await asMe(await renewed(person, { email: 'FIRST@example.com' }));
    expect((await portal.user(id)).linked?.changedEmail).toBeNull();
  });

  it('isn’t linked to another invitation', async () => {
    const person = await portal.linked('one@example.com', 'readOnly');
    await invite('two@example.com', 'admin');
    const other = await renewed(person, { email: 'two@example.com' });
    expect((await asMe(other)).body).toMatchObject({
      portalRole: 'readOnly',
      portalUser: { id: person.user.id },
    });
  });

  it('keeps their address from the stranger who has it now', async () => {
    const owner = await portal.linked('reused@example.com', 'admin');
    const stranger = await portal.person({ email: 'reused@example.com' });
    const refused = await asMe(stranger);
    expect(refused).toMatchObject({ status: 403, code: 'address_taken' });
    const names = problemOf(refused).details?.['adminUsers'];
    expect(names).toContainEqual({ name: 'reused@example.com' });
    const other = await portal.person({ email: 'reused@example.com', groups: [groupId(3)] });
    expect((await asMe(other)).body).toMatchObject({ portalRole: 'readOnly', portalUser: null });
    expect((await asMe(owner)).body).toMatchObject({ portalRole: 'admin' });
  });

  it('leaves an address free that they have no more', async () => {
    const owner = await portal.linked('desk@example.com', 'readOnly');
    await asMe(await renewed(owner, { email: 'owner@example.com' }));
    const taken = await portal.ask(portal.admin, 'POST', '/users', {
      body: { name: 'x', email: 'owner@example.com', role: 'readOnly' },
    });
    expect(taken).toMatchObject({ status: 409, code: 'address_in_use' });
    const next = await portal.linked('desk@example.com', 'readOnly');
    expect(next.user.id).not.toBe(owner.user.id);
    expect(await portal.user(owner.user.id)).toMatchObject({
      email: 'owner@example.com',
      linked: { objectId: owner.oid, changedEmail: null },
    });
  });

  it('has the time of their last sign-in', async () => {
    const person = await portal.linked('seen@example.com', 'readOnly');
    await asMe(await renewed(person, { email: 'seen@example.com' }));
    const { lastSignInAt } = await portal.user(person.user.id);
    expect(lastSignInAt).not.toBe(person.user.lastSignInAt);
  });
});
