import { describe, expect, it } from 'vitest';
import type { ProviderCredential } from '../../contract/sign-in-providers.ts';
import { rotationStep } from './rotation.ts';

function credential(id: string, day: number, status: ProviderCredential['status']) {
  const createdAt = `2026-11-0${day}T12:00:00.000Z`;
  return {
    id,
    kind: 'secret' as const,
    status,
    expiresAt: null,
    hint: 'abc',
    createdAt,
    createdBy: 'Ada',
    verifiedAt: null,
    refused: null,
  };
}

describe('rotationStep', () => {
  it.each([
    ['nothing before the first verification', [credential('a', 1, 'unverified')], null],
    ['a second one', [credential('a', 1, 'current')], 'add'],
    [
      'its verification',
      [credential('a', 1, 'current'), credential('b', 2, 'unverified')],
      'verify b',
    ],
    ['its promotion', [credential('a', 1, 'current'), credential('b', 2, 'standby')], 'promote b'],
    [
      'the end of the old one',
      [credential('a', 1, 'standby'), credential('b', 2, 'current')],
      'retire a',
    ],
    [
      'the newest first',
      [
        credential('a', 1, 'standby'),
        credential('b', 2, 'current'),
        credential('c', 3, 'standby'),
        credential('d', 4, 'unverified'),
      ],
      'verify d',
    ],
  ])('asks for %s', (_, credentials, expected) => {
    const next = rotationStep(credentials);
    const words =
      next === null ? null : next.step === 'add' ? 'add' : `${next.step} ${next.credential.id}`;
    expect(words).toBe(expected);
  });
});
