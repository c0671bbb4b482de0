import { describe, expect, it } from 'vitest';
import type { PortalUser } from '../../contract/users.ts';
import { matchingUsers, userFilterFrom } from './user-filter.ts';
import { accountSecurity, mailWords, standingOf } from './user-words.ts';

const linked = {
  tenantId: 't',
  objectId: '1c-oid',
  at: '2026-01-02T00:00:00Z',
  changedEmail: null,
};

function user(parts: Partial<PortalUser> = {}): PortalUser {
  return {
    id: 'u1',
    revision: '1',
    name: 'Rosa Silva',
    email: 'rosa@contoso.example',
    role: 'securityAnalyst',
    status: 'active',
    linked,
    invitation: null,
    createdAt: '2026-01-01T00:00:00Z',
    createdBy: 'Ada',
    lastSignInAt: null,
    you: false,
    ...parts,
  };
}

const invitation = (state: 'open' | 'expired' | 'revoked') =>
  user({
    status: 'invited',
    linked: null,
    invitation: { state, expiresAt: '2026-01-08T00:00:00Z', mail: null },
  });

describe('standingOf', () => {
  it('tells invitations by their state', () => {
    expect(standingOf(invitation('open'))).toBe('invited');
    expect(standingOf(invitation('expired'))).toBe('invitationExpired');
    expect(standingOf(invitation('revoked'))).toBe('invitationRevoked');
  });

  it('is active or disabled else, whatever became of the invitation', () => {
    expect(standingOf(user())).toBe('active');
    expect(standingOf({ ...invitation('open'), status: 'disabled' })).toBe('disabled');
  });
});

describe('accountSecurity', () => {
  it('names a changed address', () => {
    expect(accountSecurity(user())).toBe('Microsoft account linked');
    expect(accountSecurity(user({ linked: null }))).toBe('Not linked yet');
    const changed = user({ linked: { ...linked, changedEmail: 'rosa.silva@contoso.example' } });
    expect(accountSecurity(changed)).toContain('at Microsoft: rosa.silva@contoso.example');
  });
});

describe('mailWords', () => {
  it('says whether it went, and why not', () => {
    expect(mailWords(null, 'a@b.example')).toBeNull();
    expect(mailWords('sent', 'a@b.example')).toContain('was sent to a@b.example');
    expect(mailWords('refused', 'a@b.example')).toContain('didn’t go: refused');
  });
});

describe('matchingUsers', () => {
  const others = [user(), { ...invitation('expired'), id: 'u2', name: 'Jonas Weber' }];
  const found = (query: string) =>
    matchingUsers(others, userFilterFrom(new URLSearchParams(query))).map(({ id }) => id);

  it('finds by name, address, role and object id', () => {
    expect(found('search=jonas')).toEqual(['u2']);
    expect(found('search=security+analyst')).toEqual(['u1', 'u2']);
    expect(found('search=1C-OID')).toEqual(['u1']);
    expect(found('search=nobody')).toEqual([]);
  });

  it('takes a standing from the address, and nothing else', () => {
    expect(found('status=invitationExpired')).toEqual(['u2']);
    expect(found('status=everything')).toEqual(['u1', 'u2']);
  });
});
