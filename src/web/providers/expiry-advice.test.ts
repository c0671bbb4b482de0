import { describe, expect, it } from 'vitest';
import type { ProviderCredential } from '../../contract/sign-in-providers.ts';
import { expiryAdvice } from './expiry-advice.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const day = 86_400_000;

function credential(status: ProviderCredential['status'], days: number) {
  const expiresAt = new Date(now + days * day).toISOString();
  const of = { id: `${status}${days}`, kind: 'secret' as const, hint: 'abc', createdBy: 'Ada' };
  return {
    ...of,
    status,
    expiresAt,
    createdAt: '2026-01-01T00:00:00Z',
    verifiedAt: null,
    refused: null,
  };
}

const current = credential('current', 6);

describe('expiryAdvice', () => {
  it('asks for a second one where none follows', () => {
    const credentials = [current, credential('unverified', 90), credential('standby', 3)];
    const advice = expiryAdvice({ status: 'active', credentials }, current, now);
    expect(advice).toContain('Add a second one below');
  });

  it('asks to promote the one that stands by and lasts longer', () => {
    const credentials = [current, credential('standby', 90)];
    const advice = expiryAdvice({ status: 'active', credentials }, current, now);
    expect(advice).toContain('promote it below');
    expect(advice).not.toContain('Add');
  });

  it.each([6, -1])('speaks of no sign-ins where it was never verified (%i days)', (days) => {
    const only = credential('unverified', days);
    const advice = expiryAdvice({ status: 'unverified', credentials: [only] }, only, now);
    expect(advice).not.toContain('sign-ins');
    expect(advice).not.toContain('promote');
  });
});
