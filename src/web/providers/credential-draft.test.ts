import { describe, expect, it } from 'vitest';
import { checkCredential, emptyCredential, refusedCredential } from './credential-draft.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const secret = { ...emptyCredential, value: ' abc~Q8 \n', expiresOn: '2027-05-21' };

describe('checkCredential', () => {
  it('takes a secret without what is around it, and its day from the beginning', () => {
    expect(checkCredential(secret, now).input).toEqual({
      kind: 'secret',
      value: 'abc~Q8',
      expiresAt: '2027-05-21T00:00:00Z',
    });
  });

  it('knows a secret’s ID', () => {
    const id = { ...secret, value: '3a000000-0000-4000-8000-0000000000f2' };
    expect(checkCredential(id, now).messages?.value).toContain('Secret ID');
  });

  it.each(['', '2026-11-22', '2025-01-31'])('asks for another day than %j', (expiresOn) => {
    expect(Object.keys(checkCredential({ ...secret, expiresOn }, now).messages ?? {})).toEqual([
      'expiresOn',
    ]);
  });

  it('tells a certificate from its key', () => {
    const pem = {
      ...emptyCredential,
      kind: 'certificate' as const,
      certificate: '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n',
      privateKey: '-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n',
    };
    expect(checkCredential(pem, now).messages).toBeNull();
    const swapped = { ...pem, certificate: pem.privateKey, privateKey: pem.certificate };
    expect(Object.keys(checkCredential(swapped, now).messages ?? {})).toEqual([
      'certificate',
      'privateKey',
    ]);
  });
});

describe('refusedCredential', () => {
  it('finds the fields in either request', () => {
    const message = 'is over';
    expect(refusedCredential([{ path: '/credential/expiresAt', message }], '/credential')).toEqual({
      expiresOn: 'It is over.',
    });
    expect(refusedCredential([{ path: '/value', message }], '')).toEqual({ value: 'It is over.' });
  });
});
