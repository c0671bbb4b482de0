import { describe, expect, it } from 'vitest';
import { contextOf, contextText, draftOfContext } from './step-up-draft.ts';

describe('the authentication context as it is typed', () => {
  it('begins with what is set, else with the first one', () => {
    expect(draftOfContext('c7')).toEqual({ on: true, context: 'c7' });
    expect(draftOfContext(null)).toEqual({ on: false, context: 'c1' });
  });

  it('takes c1 to c99, in whichever case', () => {
    expect(contextOf({ on: true, context: ' C12 ' })).toBe('c12');
    for (const context of ['', 'c', 'c0', 'c01', 'c100', 'mfa']) {
      expect(contextOf({ on: true, context })).toBeUndefined();
      expect(contextOf({ on: false, context })).toBeNull();
    }
  });

  it('reads in words', () => {
    expect(contextText(null)).toBe('Off');
    expect(contextText('c1')).toBe('c1');
    expect(contextText(undefined)).toBe('Not c1 to c99');
  });
});
