import { describe, expect, it } from 'vitest';
import type { Problem } from '../../contract/problem.ts';
import { refusals } from '../../domain/refusal.ts';
import { askerIn } from './explained-refusal.ts';
import { refusalWords } from './refusal-words.ts';

const asker = { name: 'Finn Bakker', userPrincipalName: 'finn@contoso.example' };

const sensor = { name: 'ot-12', siteName: 'Antwerp', zoneName: 'Line 3' };

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

  it.each(Object.keys(refusals))('says in words of its own who can mend %s', (code) => {
    for (const place of [null, sensor]) {
      const { title, why, mender, ask } = refusalWords(problem(code), asker, place);
      expect(title).not.toBe('Title');
      expect(why).not.toBe('');
      expect(mender).not.toBe('');
      // The product's name; in small letters it is the command alone.
      expect(mender).not.toMatch(/gatehouse(?! gate )/u);
      expect(ask).not.toBeNull();
    }
  });

  it('names whom to ask, and who asks only where that is known', () => {
    const details = {
      you: { name: 'Sem', userPrincipalName: 'sem@contoso.example' },
      adminUsers: [{ name: 'Ada' }],
      administrators: [{ id: '2b', displayName: 'Administrators' }, { id: '2c' }],
    };
    const refused = problem('address_taken', details);
    expect(askerIn(refused)).toEqual(details.you);
    const { mender, ask } = refusalWords(refused, askerIn(refused));
    expect(mender).toContain('They are: Ada, the group Administrators.');
    expect(ask).toContain(': Sem (sem@contoso.example).');
    expect(refusalWords(problem('user_disabled'), null).ask).toContain('was disabled. Please');
    expect(askerIn(problem('no_role', { you: { name: 'Recovery' } }))).toBeNull();
  });

  it('names the sensor and the one setting that its gate asked', () => {
    const asked = [{ name: 'Antwerp plant', request: [] }];
    const { why, ask } = refusalWords(problem('no_role', { asked }), asker, sensor);
    expect(why).toContain('a role at ot-12, by the SSO setting “Antwerp plant”');
    expect(ask).toContain('the sensor ot-12 (Antwerp, Line 3)');
  });

  it('quotes the request that the console’s rules refused', () => {
    const refused = problem('console_refused', { request: 'POST /api/alerts' });
    expect(refusalWords(refused, asker, sensor).ask).toContain('do “POST /api/alerts” in');
  });

  it('repeats what a gate says of its clock', () => {
    const detail = `${refusals.clock_off}: it is 2 hours fast.`;
    const wrong = { ...problem('clock_off'), detail };
    expect(refusalWords(wrong, null, sensor)).toMatchObject({ why: 'It is 2 hours fast.' });
  });

  it('explains a token that doesn’t count here', () => {
    const { title, why } = refusalWords(problem('token_wrong_audience'), asker, sensor);
    expect(title).toBe('This sign-in doesn’t count here');
    expect(why).toBe('Detail.');
  });

  it('blames nobody by a name that every object has', () => {
    expect(refusalWords(problem('constructor'), null).why).toBe('Detail.');
  });
});
