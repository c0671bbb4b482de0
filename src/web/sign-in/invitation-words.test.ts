import { describe, expect, it } from 'vitest';
import { invitationGone, isInvited } from './invitation-words.ts';

describe('invitationGone', () => {
  it('says whose it was, and what to do', () => {
    const words = invitationGone({ name: 'Rosa', email: 'rosa@contoso.example' });
    for (const { title, text } of Object.values(words)) {
      expect(title).toMatch(/^This invitation/u);
      expect(text[0]).toContain('Rosa (rosa@contoso.example)');
      expect(text[1]).toMatch(/whoever (?:came in|invited you)/u);
    }
  });
});

describe('isInvited', () => {
  const invitation = { email: 'Rosa@Contoso.example' };

  it('goes by the name that one signs in with, or the user that one is', () => {
    const upn = { userPrincipalName: 'rosa@contoso.example', portalUser: null };
    expect(isInvited(invitation, upn)).toBe(true);
    const user = { userPrincipalName: 'r@x', portalUser: { email: 'rosa@contoso.example' } };
    expect(isInvited(invitation, user)).toBe(true);
  });

  it('is nobody else', () => {
    const other = { userPrincipalName: 'ada@contoso.example', portalUser: null };
    expect(isInvited(invitation, other)).toBe(false);
    expect(isInvited(invitation, { userPrincipalName: null, portalUser: null })).toBe(false);
  });
});
