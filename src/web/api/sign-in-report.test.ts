import { describe, expect, it } from 'vitest';
import { signInFailureFragment } from '../../contract/web-sign-in.ts';
import { portalSessionEnds } from '../../contract/sessions.ts';
import { webSignInFailures } from '../../domain/web-sign-in.ts';
import { readFailedSignIn, sessionEndIn } from './sign-in-report.ts';

const correlationId = '8f6f8a2e-1c40-4b55-9a61-2a5ed7a5b001';
const nothing = { code: 'unexpected', aadsts: null, correlationId: null, traceId: null };

describe('readFailedSignIn', () => {
  it('reads what the contract says, for every code', () => {
    for (const code of webSignInFailures) {
      const told = {
        code,
        aadsts: 7_000_222,
        correlationId,
        at: '2026-03-01T10:00:00.000Z',
        window: 'renewal',
      } as const;
      expect(signInFailureFragment.parse(told)).toEqual(told);
      const entries = Object.entries(told).map(([name, value]) => [name, String(value)]);
      const fragment = `#${new URLSearchParams(entries).toString()}`;
      expect(readFailedSignIn(fragment)).toEqual({
        failure: { code, aadsts: 7_000_222, correlationId, traceId: null },
        at: told.at,
        window: 'renewal',
      });
    }
  });

  it('takes nothing else onto the page', () => {
    for (const fragment of [
      '',
      '#code=%3Cscript%3E',
      '#aadsts=12%20call%20us',
      '#traceId=Call+0800',
      '#at=yesterday',
      '#at=2026-99-99T10:00:00Z',
      '#window=other',
    ]) {
      expect(readFailedSignIn(fragment)).toEqual({ failure: nothing, at: null, window: null });
    }
  });
});

describe('sessionEndIn', () => {
  it('knows every reason of the contract', () => {
    for (const reason of portalSessionEnds) expect(sessionEndIn({ reason })).toBe(reason);
  });

  it('is unknown for anything else', () => {
    for (const details of [null, undefined, 'idle', {}, { reason: 1 }, { reason: 'toString' }]) {
      expect(sessionEndIn(details)).toBe('unknown');
    }
  });
});
