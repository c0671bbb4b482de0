import { describe, expect, it } from 'vitest';
import type { Person } from '../demo/directory-types.ts';
import { createPhones } from './phones.ts';

const person: Person = {
  oid: 'o',
  upn: 'ada@contoso-plants.example',
  givenName: 'Ada',
  surname: 'Verhaegen',
  displayName: 'Ada Verhaegen',
  groups: [],
  mfa: 'required',
  shows: '',
};

describe('a request on a phone', () => {
  it('is approved by the number that the sign-in page shows', () => {
    const phones = createPhones(() => 0);
    const { id, number } = phones.ask(person, 'Portal');
    expect(number).toMatch(/^\d\d$/);
    expect(phones.pending()).toHaveLength(1);
    expect(phones.approve(id, ` ${number} `)).toBe(true);
    expect(phones.state(id)).toBe('approved');
    expect(phones.pending()).toHaveLength(0);
  });

  it('is denied by another number, and then stays so', () => {
    const phones = createPhones(() => 0);
    const { id, number } = phones.ask(person, 'Portal');
    expect(phones.approve(id, String(Number(number) + 1))).toBe(false);
    expect(phones.approve(id, number)).toBe(false);
    expect(phones.state(id)).toBe('denied');
  });

  it('times out after a minute', () => {
    let now = 0;
    const phones = createPhones(() => now);
    const { id, number } = phones.ask(person, 'Portal');
    now = 60_000;
    expect(phones.state(id)).toBe('timedOut');
    expect(phones.approve(id, number)).toBe(false);
    expect(phones.state('unknown')).toBe('timedOut');
  });

  it('is declined by the phone of someone who always declines', () => {
    let now = 0;
    const phones = createPhones(() => now);
    const declining: Person = { ...person, mfa: 'declined' };
    const first = phones.ask(declining, 'Portal');
    expect(phones.approve(first.id, first.number)).toBe(false);
    const second = phones.ask(declining, 'Portal');
    now = 1500;
    expect(phones.state(second.id)).toBe('denied');
  });
});
