import { describe, expect, it } from 'vitest';
import type { ProviderCredential } from '../../contract/sign-in-providers.ts';
import { credentialName, credentialTitle, triedTitle } from './credential-title.ts';

function credential(id: string, changes: Partial<ProviderCredential> = {}): ProviderCredential {
  return {
    id,
    kind: 'secret',
    status: 'standby',
    expiresAt: null,
    hint: 'abc',
    createdAt: '2026-11-01T12:00:00.000Z',
    createdBy: 'Ada',
    verifiedAt: null,
    refused: null,
    ...changes,
  };
}

const january = { expiresAt: '2027-01-31T00:00:00.000Z' };
const june = { expiresAt: '2027-06-30T00:00:00.000Z' };

describe('credentialTitle', () => {
  const titles = (...all: ProviderCredential[]) => all.map((one) => credentialTitle(one, all));

  it('is the kind and how it begins, where that is enough', () => {
    const thumbprint = { kind: 'certificate', hint: 'ABC' } as const;
    expect(
      titles(
        credential('a', january),
        credential('b', { hint: 'xyz' }),
        credential('c', thumbprint),
      ),
    ).toEqual(['Client secret abc…', 'Client secret xyz…', 'Certificate ABC']);
  });

  it('has the end of those that begin alike', () => {
    const [first, second] = titles(credential('a', january), credential('b', june));
    expect(first).toMatch(/^Client secret abc… \(expires .*2027\)$/u);
    expect(second).not.toBe(first);
  });

  it('has the day they were added, or the time, where they end alike', () => {
    const later = { createdAt: '2026-11-09T12:00:00.000Z' };
    const [first, second] = titles(credential('a', june), credential('b', { ...june, ...later }));
    expect(first).toMatch(/\(added .*2026\)$/u);
    expect(second).not.toBe(first);
    const seconds = { createdAt: '2026-11-01T12:00:01.000Z' };
    expect(new Set(titles(credential('a'), credential('b', seconds))).size).toBe(2);
  });
});

describe('credentialName', () => {
  it('tells one secret from another, with its end once', () => {
    const old = credential('a');
    expect(credentialName(old, [old])).toBe('Client secret abc…, stands by');
    const dated = credential('b', { ...june, status: 'unverified' });
    expect(credentialName(dated, [dated])).toMatch(
      /^Client secret abc…, not verified yet, expires .*2027$/u,
    );
    const alike = credential('c', january);
    expect(credentialName(dated, [dated, alike])).toMatch(
      /^Client secret abc… \(expires .*2027\), not verified yet$/u,
    );
    const refused = credential('d', { refused: { at: '2026-11-02T12:00:00.000Z', aadsts: null } });
    expect(credentialName(refused, [refused])).toBe('Client secret abc…, refused');
  });
});

describe('triedTitle', () => {
  it('names the one that was tried, if it is still there', () => {
    const all = [credential('a')];
    expect(triedTitle({ credentialId: 'a' }, all)).toBe('Client secret abc…');
    expect(triedTitle({ credentialId: 'gone' }, all)).toBe('one that has been retired since');
    expect(triedTitle({ credentialId: null }, [])).toBeNull();
  });
});
