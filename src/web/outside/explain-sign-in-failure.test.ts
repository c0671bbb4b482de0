import { describe, expect, it } from 'vitest';
import { explainSignInFailure, quoteOf } from './explain-sign-in-failure.ts';

const failure = { code: 'user_cancelled', aadsts: null, correlationId: 'c', traceId: null };

describe('explainSignInFailure', () => {
  it('goes by Entra’s number first', () => {
    expect(explainSignInFailure({ ...failure, aadsts: 50057 }).meaning).toContain('disabled');
  });

  it('explains MSAL’s own codes', () => {
    expect(explainSignInFailure(failure).meaning).toContain('closed');
  });

  it('has words for what it doesn’t know', () => {
    expect(explainSignInFailure({ ...failure, code: 'new_code' }).fix).toContain('quote');
  });
});

describe('quoteOf', () => {
  it('leaves out what isn’t known', () => {
    expect(quoteOf(failure)).toEqual([
      ['Code', 'user_cancelled'],
      ['Correlation ID', 'c'],
    ]);
  });
});
