import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { missingProfile } from './profile.ts';

const complete = { given_name: 'Ada', family_name: 'Verhaegen', upn: 'ada@contoso.example' };

describe('R12: First name, Last name and User principal name', () => {
  it('are enough', () => {
    expect(missingProfile(complete)).toEqual([]);
  });

  it('are each missed when absent or blank', () => {
    const claims = Object.keys(complete) as (keyof typeof complete)[];
    const blank = fc.constantFrom(null, '', ' ', '\u00A0', '\t\n');
    fc.assert(
      fc.property(fc.subarray(claims), blank, (absent, value) => {
        const profile = { ...complete, ...Object.fromEntries(absent.map((one) => [one, value])) };
        expect(missingProfile(profile)).toEqual(absent);
      }),
    );
  });
});
