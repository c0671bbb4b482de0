import { describe, expect, it } from 'vitest';
import { searchAadsts } from './search-aadsts.ts';

const numbers = (text: string) => searchAadsts(text).map((one) => one.number);

describe('searchAadsts', () => {
  it('finds a code by number, with or without its prefix', () => {
    expect(numbers('50105')).toEqual([50105]);
    expect(numbers('aadsts50105')).toEqual([50105]);
  });

  it('finds the code in a whole message', () => {
    expect(numbers('Sorry, AADSTS53003: Access has been blocked')).toEqual([53003]);
  });

  it('finds by words, and by part of a number', () => {
    expect(numbers('Conditional Access')).toContain(53003);
    expect(numbers('7000')).toContain(7000215);
  });

  it('explains a code that it doesn’t know in general', () => {
    expect(searchAadsts('AADSTS999999')).toMatchObject([{ number: 999999, known: false }]);
  });

  it('shows all without a search', () => {
    expect(numbers('').length).toBeGreaterThan(35);
  });
});
