import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maybeRole, role } from '../testing/domain-arbitraries.ts';
import {
  changesStanding,
  higherRole,
  identityKey,
  invitationState,
  isAdmin,
  isOpen,
  personNews,
  type PeopleKnown,
} from './portal-user.ts';
import { highestRole } from './role.ts';

const nobody: PeopleKnown = {
  users: new Map(),
  invitations: new Map(),
  linkedAddresses: new Map(),
};
const ada = { tenantId: 't', objectId: 'ada', verifiedEmail: 'ada@example.com' };
const mallory = { tenantId: 't', objectId: 'mallory', verifiedEmail: 'ada@example.com' };
const adaLinked: PeopleKnown = {
  users: new Map([[identityKey(ada), { id: 'u1', email: 'Ada@Example.com', changedEmail: null }]]),
  invitations: new Map(),
  linkedAddresses: new Map([['ada@example.com', 'u1']]),
};
const adaInvited: PeopleKnown = {
  ...nobody,
  invitations: new Map([['ada@example.com', { userId: 'u1', expiresAt: 1000 }]]),
};

describe('R13: who a portal user is', () => {
  it('matches an address only with an invitation, and only a verified one', () => {
    expect(personNews(ada, adaInvited)).toEqual({ kind: 'invited', userId: 'u1', expiresAt: 1000 });
    expect(personNews({ ...ada, verifiedEmail: null }, adaInvited)).toBeNull();
    expect(personNews({ ...ada, verifiedEmail: '\u0430da@example.com' }, adaInvited)).toBeNull();
  });

  it('links nobody to a user who is linked to somebody else', () => {
    expect(personNews(mallory, adaLinked)).toEqual({ kind: 'addressTaken', userId: 'u1' });
    expect(personNews({ ...mallory, tenantId: 't2', objectId: 'ada' }, adaLinked)).toEqual({
      kind: 'addressTaken',
      userId: 'u1',
    });
  });

  it('never links a second time, even when another invitation has one’s address', () => {
    const both = {
      ...adaLinked,
      invitations: new Map([['new@x.org', { userId: 'u2', expiresAt: 1 }]]),
    };
    expect(personNews({ ...ada, verifiedEmail: 'New@x.org' }, both)).toEqual({
      kind: 'addressChanged',
      userId: 'u1',
      changedEmail: 'New@x.org',
    });
  });

  it('tells a changed address once, and when it is the first one again', () => {
    expect(personNews(ada, adaLinked)).toBeNull();
    expect(personNews({ ...ada, verifiedEmail: null }, adaLinked)).toBeNull();
    const changed: PeopleKnown = {
      ...adaLinked,
      users: new Map([
        [identityKey(ada), { id: 'u1', email: 'ada@example.com', changedEmail: 'a@x.org' }],
      ]),
    };
    expect(personNews({ ...ada, verifiedEmail: 'a@x.org' }, changed)).toBeNull();
    expect(personNews(ada, changed)).toMatchObject({ changedEmail: null });
  });

  it('has nothing to tell while nobody was invited', () => {
    expect(personNews(ada, nobody)).toBeNull();
  });
});

describe('an invitation', () => {
  it('is open until it is used, revoked or expired, in this order', () => {
    const stored = fc.record({
      linked: fc.boolean(),
      revoked: fc.boolean(),
      expiresAt: fc.integer({ min: 0, max: 20 }),
    });
    fc.assert(
      fc.property(stored, fc.integer({ min: 0, max: 20 }), (invitation, now) => {
        const state = invitationState(invitation, now);
        expect(state === 'used').toBe(invitation.linked);
        if (state === 'open') expect(isOpen(invitation, now)).toBe(true);
        if (state === 'expired') expect(invitationState(invitation, now + 1)).toBe('expired');
        if (state === 'revoked') expect(invitation.revoked).toBe(true);
      }),
    );
  });
});

describe('R1: the portal role', () => {
  it('is the higher of the groups’ and the user’s, and says which it was', () => {
    fc.assert(
      fc.property(maybeRole, maybeRole, (groups, user) => {
        const held = higherRole(groups, user);
        expect(held?.role ?? null).toBe(highestRole([groups, user]));
        if (held === null) return;
        expect(groups === held.role).toBe(held.from !== 'user');
        expect(user === held.role).toBe(held.from !== 'groups');
      }),
    );
  });
});

describe('a change of a portal user', () => {
  const standing = fc.record({ role, disabled: fc.boolean() });

  it('touches their standing unless role and state stay', () => {
    fc.assert(
      fc.property(standing, standing, (before, after) => {
        const same = before.role === after.role && before.disabled === after.disabled;
        expect(changesStanding(before, after)).toBe(!same);
        expect(changesStanding(before, null)).toBe(true);
      }),
    );
  });

  it('takes Admin only by touching it', () => {
    fc.assert(
      fc.property(standing, fc.option(standing, { nil: null }), (before, after) => {
        if (isAdmin(before) && !isAdmin(after)) expect(changesStanding(before, after)).toBe(true);
      }),
    );
    expect([isAdmin({ role: 'admin', disabled: true }), isAdmin(null)]).toEqual([false, false]);
  });
});
