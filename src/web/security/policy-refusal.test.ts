import { describe, expect, it } from 'vitest';
import { policyErrors } from './policy-refusal.ts';

describe('policyErrors', () => {
  it('puts the server’s messages at their fields, as sentences', () => {
    const errors = [{ path: '/sessionPolicy/bundleDays', message: 'must be at most 90 days' }];
    expect(policyErrors(errors)).toEqual({ bundleDays: 'It must be at most 90 days.' });
    expect(policyErrors([])).toEqual({});
  });
});
