import { describe, expect, it } from 'vitest';
import type { ProviderCredential } from '../../contract/sign-in-providers.ts';
import { credentialChoices, credentialName } from './to-verify.ts';

function credential(
  id: string,
  day: number,
  status: ProviderCredential['status'],
): ProviderCredential {
  return {
    id,
    kind: 'secret',
    status,
    expiresAt: null,
    hint: 'abc',
    createdAt: `2026-11-0${day}T12:00:00.000Z`,
    createdBy: 'Ada',
    verifiedAt: null,
    refused: null,
  };
}

describe('credentialChoices', () => {
  it('offers the newest that was never tried first', () => {
    const credentials = [
      credential('old', 1, 'standby'),
      credential('current', 2, 'current'),
      credential('first', 3, 'unverified'),
      credential('second', 4, 'unverified'),
    ];
    const provider = { credentials } as Parameters<typeof credentialChoices>[0];
    expect(credentialChoices(provider).map(({ id }) => id)).toEqual([
      'second',
      'first',
      'current',
      'old',
    ]);
  });
});

describe('credentialName', () => {
  it('tells one secret from another', () => {
    expect(credentialName(credential('a', 1, 'standby'))).toBe('Client secret abc…, stands by');
    const dated = { ...credential('a', 1, 'unverified'), expiresAt: '2027-01-31T23:59:59.000Z' };
    expect(credentialName(dated)).toMatch(/^Client secret abc…, not verified yet, expires .*2027/u);
  });
});
