import { describe, expect, it } from 'vitest';
import { defaultSessionPolicy } from '../../domain/session-policy.ts';
import { ApiError } from '../failures.ts';
import { policyConflict, policyErrors } from './policy-refusal.ts';

const problem = {
  type: '',
  title: '',
  status: 412,
  code: 'stale_revision',
  detail: '',
  reference: '',
};

describe('policyErrors', () => {
  it('puts the server’s messages at their fields', () => {
    const errors = [{ path: '/sessionPolicy/bundleDays', message: 'must be at most 90 days' }];
    expect(policyErrors(new ApiError({ ...problem, errors }))).toEqual({
      bundleDays: 'It must be at most 90 days.',
    });
    expect(policyErrors(new Error('odd'))).toEqual({});
  });
});

describe('policyConflict', () => {
  it('is what is there now, and nothing that cannot be read', () => {
    const current = { revision: '2', sessionPolicy: defaultSessionPolicy };
    expect(policyConflict(new ApiError({ ...problem, details: { current } }))).toEqual(current);
    expect(policyConflict(new ApiError({ ...problem, details: { current: 1 } }))).toBeNull();
    expect(policyConflict(null)).toBeNull();
  });
});
