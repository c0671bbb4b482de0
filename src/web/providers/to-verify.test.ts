import { describe, expect, it } from 'vitest';
import type { Verification } from '../../contract/provider-verification.ts';
import type { Provider, ProviderCredential } from '../../contract/sign-in-providers.ts';
import { credentialChoices, worthShowing } from './to-verify.ts';
import { verificationAdvice } from './verification-advice.ts';

function credential(
  id: string,
  day: number,
  status: ProviderCredential['status'],
  refused: ProviderCredential['refused'] = null,
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
    refused,
  };
}

const current = credential('current', 2, 'current');
const further = credential('further', 3, 'unverified');
const edit = {} as Provider['draft'];

function verification(
  state: Verification['state'],
  credentialId: string,
  failed: 'credential' | 'consent' = 'credential',
): Verification {
  return {
    id: 'v',
    state,
    credentialId,
    checks: state === 'failed' ? [{ name: failed, state: 'failed', detail: 'No.' }] : [],
    aadsts: null,
    correlationId: null,
    startedAt: '2026-11-04T12:00:00.000Z',
    startedBy: 'Ada',
    finishedAt: null,
  };
}

describe('credentialChoices', () => {
  const credentials = [
    credential('old', 1, 'standby'),
    credential('refused', 5, 'unverified', { at: '2026-11-06T12:00:00.000Z', aadsts: null }),
    current,
    further,
    credential('newest', 4, 'unverified'),
  ];
  const ids = (status: Provider['status']) =>
    credentialChoices({ status, credentials }).map(({ id }) => id);

  it('offers the newest that was never tried first, to activate', () => {
    expect(ids('unverified')).toEqual(['newest', 'further', 'current', 'old', 'refused']);
  });

  it('offers the current one first, for an edit of what serves', () => {
    expect(ids('active')).toEqual(['current', 'newest', 'further', 'old', 'refused']);
  });
});

describe('worthShowing', () => {
  const active = { status: 'active' as const, draft: null, credentials: [current, further] };

  it('is what runs, and what has passed on this page', () => {
    const running = verification('running', 'further');
    expect(worthShowing(running, active, null)).toBe(running);
    const passed = verification('passed', 'further');
    expect(worthShowing(passed, active, 'provider')).toBe(passed);
    expect(worthShowing(passed, active, null)).toBeNull();
  });

  it('is what failed, until the edit is dropped', () => {
    const failed = verification('failed', 'current');
    expect(worthShowing(failed, { ...active, draft: edit }, null)).toBe(failed);
    expect(worthShowing(failed, active, 'provider')).toBeNull();
    const consent = verification('failed', 'further', 'consent');
    expect(worthShowing(consent, active, 'provider')).toBeNull();
  });

  it('is what failed of a further secret, until that is retired', () => {
    const refused = verification('failed', 'further');
    expect(worthShowing(refused, active, null)).toBe(refused);
    const consent = verification('failed', 'further', 'consent');
    expect(worthShowing(consent, active, 'credential')).toBe(consent);
    expect(worthShowing(refused, { ...active, credentials: [current] }, 'credential')).toBeNull();
  });
});

describe('verificationAdvice', () => {
  const provider = { status: 'unverified' as const, credentials: [further] };

  it('asks for another secret, until there is one', () => {
    const refused = verification('failed', 'further');
    expect(verificationAdvice(refused, provider)).toBe(
      'Add another secret or certificate below, then verify again.',
    );
    const more = [further, credential('newer', 5, 'unverified')];
    expect(verificationAdvice(refused, { ...provider, credentials: more })).toBe(
      'Verify again with the one that was added since.',
    );
  });

  it('says what goes on serving', () => {
    const consent = verification('failed', 'further', 'consent');
    expect(verificationAdvice(consent, { ...provider, status: 'active' })).toBe(
      'Correct what failed, then verify again. What was verified before goes on serving.',
    );
    expect(verificationAdvice(verification('abandoned', 'further'), provider)).toMatch(/minutes/u);
  });
});
