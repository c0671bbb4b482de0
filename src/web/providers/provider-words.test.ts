import { describe, expect, it } from 'vitest';
import type { Provider, ProviderCredential } from '../../contract/sign-in-providers.ts';
import { expiryText, statusBadges } from './provider-words.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const inDays = (days: number) => new Date(now + days * 86_400_000).toISOString();

const secret: ProviderCredential = {
  id: 'c',
  kind: 'secret',
  status: 'current',
  expiresAt: inDays(200),
  hint: 'abc',
  createdAt: inDays(-1),
  createdBy: 'Ada',
  verifiedAt: inDays(-1),
  refused: null,
};

const refused = { at: inDays(0), aadsts: 7_000_222 };

const registration = {
  type: 'web' as const,
  name: 'Microsoft',
  tenantId: null,
  multitenant: true,
  clientId: 'c',
  usesGroups: true,
};

const active: Provider = {
  id: 'p',
  revision: '1',
  source: 'portal',
  type: 'web',
  name: 'Microsoft',
  status: 'active',
  primary: true,
  issuerUrl: 'https://login.example/v2.0',
  verified: registration,
  draft: null,
  draftPortalAccess: null,
  draftSignIn: null,
  credentials: [secret],
  createdAt: inDays(-1),
  verifiedAt: inDays(-1),
  verifiedBy: 'Ada',
  failure: null,
  yours: false,
};

const texts = (provider: Partial<Provider>) =>
  statusBadges({ ...active, ...provider }, now).map(({ text }) => text);

describe('statusBadges', () => {
  it('say nothing of refusals that an instance from before an update doesn’t know', () => {
    const { refused: _, ...before } = secret;
    expect(texts({ credentials: [before as ProviderCredential] })).toEqual(['Active']);
  });

  it.each([
    [{}, ['Active']],
    [{ status: 'unverified' as const, draft: registration }, ['Verify to activate']],
    [{ draft: registration }, ['Active', 'Edit waits for verification']],
    [{ status: 'retired' as const }, ['Retired']],
    [
      { credentials: [{ ...secret, expiresAt: inDays(5.5) }] },
      ['Active', 'Secret expires in 6 days'],
    ],
    [{ credentials: [{ ...secret, expiresAt: inDays(-1) }] }, ['Active', 'Secret expired']],
    [
      {
        credentials: [{ ...secret, refused }],
        failure: { ...refused, code: 'credential_refused', credentialId: 'c' },
      },
      ['Active', 'Secret abc… refused: AADSTS7000222', 'Sign-ins fail: AADSTS7000222'],
    ],
    [
      { credentials: [secret, { ...secret, id: 'o', status: 'standby' as const, refused }] },
      ['Active', 'Secret abc… refused: AADSTS7000222'],
    ],
    [
      {
        failure: {
          at: inDays(0),
          code: 'provider_unreachable',
          aadsts: null,
          credentialId: null,
        },
      },
      ['Active', 'Sign-ins fail'],
    ],
  ])('says what there is to say (%#)', (provider, expected) => {
    expect(texts(provider)).toEqual(expected);
  });

  it('warns of what serves: not of one that another has taken the place of', () => {
    const old = { ...secret, id: 'o', status: 'standby' as const, expiresAt: inDays(3) };
    expect(texts({ credentials: [old, secret] })).toEqual(['Active']);
  });
});

describe('expiryText', () => {
  it('counts days, and knows the last one', () => {
    expect(expiryText({ kind: 'certificate', expiresAt: inDays(0.5) }, now)).toBe(
      'Certificate expires within a day',
    );
    expect(expiryText({ kind: 'secret', expiresAt: null }, now)).toBe('Secret without a known end');
  });
});
