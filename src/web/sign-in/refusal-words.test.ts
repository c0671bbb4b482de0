import { describe, expect, it } from 'vitest';
import type { Problem } from '../../contract/problem.ts';
import { refusalWords } from './refusal-words.ts';

const asker = { name: 'Finn Bakker', userPrincipalName: 'finn@contoso.example' };

function problem(code: string, details: Record<string, unknown> = {}): Problem {
  return {
    type: '',
    title: 'Title',
    status: 403,
    code,
    detail: 'Detail.',
    reference: 'r',
    details,
  };
}

describe('refusalWords', () => {
  it('names who asks, what was asked and the groups that give a role', () => {
    const group = { id: '2b', displayName: 'Antwerp admins' };
    const unnamed = { id: '2c', displayName: null };
    const asked = [{ name: 'Antwerp', request: [{ label: 'Admin', groups: [group, unnamed] }] }];
    const { ask } = refusalWords(problem('no_role', { asked }), asker);
    expect(ask).toContain('Finn Bakker (finn@contoso.example)');
    expect(ask).toContain('- Antwerp, Admin: Antwerp admins, 2c');
  });

  it('says which parts of the profile are missing, by their names in Entra', () => {
    const missing = [
      { claim: 'family_name', label: 'Last name' },
      { claim: 'upn', label: 'User principal name' },
    ];
    const { why, ask } = refusalWords(problem('profile_incomplete', { missing }), asker);
    expect(why).toContain('Missing: Last name, User principal name.');
    expect(ask).toContain('Last name, User principal name');
  });

  it('never guesses from an incomplete group list', () => {
    expect(refusalWords(problem('groups_incomplete'), asker).why).toContain('isn’t guessed');
  });

  it('leaves an unknown code to the problem’s own words', () => {
    expect(refusalWords(problem('something_new'), null)).toMatchObject({
      title: 'Title',
      why: 'Detail.',
    });
  });
});
