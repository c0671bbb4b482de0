import { describe, expect, it } from 'vitest';
import type { Verification } from '../../contract/provider-verification.ts';
import { progressText } from './verification-words.ts';

type State = Verification['checks'][number]['state'];

function verification(state: Verification['state'], ...states: State[]): Verification {
  const names = ['response', 'credential', 'tenant'] as const;
  return {
    id: 'v',
    state,
    credentialId: null,
    checks: names.map((name, index) => ({
      name,
      state: states[index] ?? 'waiting',
      detail: states[index] === 'failed' ? 'The secret has expired.' : '',
    })),
    aadsts: null,
    correlationId: null,
    startedAt: '2026-11-22T12:00:00Z',
    startedBy: 'Ada',
    finishedAt: null,
  };
}

describe('progressText', () => {
  it.each([
    [verification('running'), 'Waiting for the sign-in in the other window.'],
    [verification('running', 'passed'), '1 of 3 checks are done.'],
    [verification('passed', 'passed', 'passed', 'skipped'), 'Verified: 3 of 3 checks are done.'],
    [
      verification('failed', 'passed', 'failed'),
      'Secret accepted: failed. The secret has expired.',
    ],
    [verification('abandoned'), 'The sign-in wasn’t finished within ten minutes.'],
  ])('says how far it is (%#)', (given, text) => {
    expect(progressText(given)).toBe(text);
  });
});
