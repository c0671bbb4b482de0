import { describe, expect, it } from 'vitest';
import { ApiError, OfflineError } from '../failures.ts';
import { shouldRetry } from './retry.ts';

function apiError(status: number, code: string): ApiError {
  return new ApiError({ type: '', title: '', status, code, detail: '', reference: '' });
}

describe('shouldRetry', () => {
  it('asks again where the server was away, at most twice', () => {
    expect(shouldRetry(0, new OfflineError())).toBe(true);
    expect(shouldRetry(1, apiError(503, 'database_unavailable'))).toBe(true);
    expect(shouldRetry(2, new OfflineError())).toBe(false);
  });

  it('takes a refusal for an answer', () => {
    expect(shouldRetry(0, apiError(403, 'no_role'))).toBe(false);
    expect(shouldRetry(0, apiError(503, 'keys_unavailable'))).toBe(false);
    expect(shouldRetry(0, new Error('unexpected'))).toBe(false);
  });
});
