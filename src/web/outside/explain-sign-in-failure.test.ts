import { describe, expect, it } from 'vitest';
import { webSignInFailures } from '../../domain/web-sign-in.ts';
import { explainSignInFailure, lookedUp, quoteOf } from './explain-sign-in-failure.ts';

const failure = { code: 'user_cancelled', aadsts: null, correlationId: 'c', traceId: null };

describe('explainSignInFailure', () => {
  it('goes by Entra’s number first', () => {
    expect(explainSignInFailure({ ...failure, aadsts: 50057 }).meaning).toContain('disabled');
  });

  it('explains MSAL’s own codes', () => {
    expect(explainSignInFailure(failure).meaning).toContain('closed');
  });

  it.each(webSignInFailures)('explains %s of the server’s own sign-in', (code) => {
    const { meaning, fix } = explainSignInFailure({ ...failure, code });
    expect(meaning).not.toBe(explainSignInFailure({ ...failure, code: 'other' }).meaning);
    expect(fix).toMatch(/^[A-Z].*\.$/u);
  });

  it('prefers a code that is explained to a number that isn’t', () => {
    const unknown = { ...failure, aadsts: 1_234_567 };
    expect(explainSignInFailure({ ...unknown, code: 'credential_refused' }).mender).toBe(
      'portalAdministrator',
    );
    expect(explainSignInFailure({ ...unknown, code: 'toString' }).fix).toContain('sign-in log');
  });

  it('has words for what it doesn’t know', () => {
    expect(explainSignInFailure({ ...failure, code: 'new_code' }).fix).toContain('quote');
  });
});

describe('lookedUp', () => {
  it('is Entra’s number alone', () => {
    expect(lookedUp({ ...failure, aadsts: 50105 })).toBe('AADSTS50105');
    expect(lookedUp(failure)).toBeNull();
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
