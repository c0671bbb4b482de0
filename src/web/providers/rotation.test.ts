import { describe, expect, it } from 'vitest';
import type { ProviderCredential } from '../../contract/sign-in-providers.ts';
import { rotationStep } from './rotation.ts';

type Status = ProviderCredential['status'];

function credential(id: string, day: number, status: Status): ProviderCredential {
  const createdAt = `2026-11-0${day}T12:00:00.000Z`;
  return {
    id,
    kind: 'secret',
    status,
    expiresAt: null,
    hint: 'abc',
    createdAt,
    createdBy: 'Ada',
    verifiedAt: null,
    refused: null,
  };
}

const refused = (one: ProviderCredential): ProviderCredential => ({
  ...one,
  refused: { at: one.createdAt, aadsts: 7000222 },
});

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
    [
      'a second one, whatever failed before the current one was verified',
      [credential('a', 1, 'unverified'), credential('b', 2, 'current')],
      'add',
    ],
    [
      'no promotion of one that Entra refuses',
      [credential('a', 1, 'current'), refused(credential('b', 2, 'standby'))],
      'retire b',
    ],
    [
      'the return of an older one where Entra refuses the current one',
      [credential('a', 1, 'standby'), refused(credential('b', 2, 'current'))],
      'promote a',
    ],
    [
      'another one where Entra refuses all',
      [refused(credential('a', 1, 'standby')), refused(credential('b', 2, 'current'))],
      'add',
    ],
  ])('asks for %s', (_, credentials, expected) => {
    const next = rotationStep(credentials);
    const words =
      next === null ? null : next.step === 'add' ? 'add' : `${next.step} ${next.credential.id}`;
    expect(words).toBe(expected);
  });
});
