import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapping, maybeRole, role } from '../testing/domain-arbitraries.ts';
import {
  higherRole,
  identityKey,
  invitationState,
  isOpen,
  personNews,
  userChangeRefusal,
  type PeopleKnown,
} from './portal-user.ts';
import { highestRole } from './role.ts';
import { adminWays } from './ways-in.ts';

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

describe('R9: who may change whom', () => {
  const standing = fc.record({ role, disabled: fc.boolean() });
  const users = fc
    .array(fc.record({ role, disabled: fc.boolean(), linked: fc.boolean() }), { maxLength: 4 })
    .map((all) =>
      all.map(({ linked, ...user }, index) => ({
        ...user,
        id: `u${index}`,
        tenantId: linked ? 't' : null,
      })),
    );
  const spa = { id: 'p', type: 'spa', tenantId: 't', usesGroups: true } as const;
  const providers = fc.constantFrom([], [spa]);
  const known = fc.record({ providers, portalAccess: mapping, users });
  const change = fc.record({
    userId: fc.constantFrom('u0', 'u1', 'u2'),
    after: fc.option(standing, { nil: null }),
    own: fc.boolean(),
  });

  it('lets nobody change their own role, disable or delete themself', () => {
    fc.assert(
      fc.property(known, change, (ways, wish) => {
        const before = ways.users.find(({ id }) => id === wish.userId);
        const refusal = userChangeRefusal({ ...wish, own: true }, ways);
        const touched =
          before?.role !== wish.after?.role || before?.disabled !== wish.after?.disabled;
        expect(refusal).toBe(before !== undefined && touched ? 'own_user' : null);
      }),
    );
  });

  it('leaves a way in where there was one', () => {
    fc.assert(
      fc.property(known, change, (ways, wish) => {
        const after = ways.users.flatMap((user) =>
          user.id !== wish.userId
            ? [user]
            : wish.after === null
              ? []
              : [{ ...user, ...wish.after }],
        );
        const refusal = userChangeRefusal({ ...wish, own: false }, ways);
        const left = adminWays(ways.providers, ways.portalAccess, after);
        const had = adminWays(ways.providers, ways.portalAccess, ways.users);
        expect(refusal === 'last_way_in').toBe(had.length > 0 && left.length === 0);
      }),
    );
  });
});
