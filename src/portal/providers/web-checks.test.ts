import { describe, expect, it } from 'vitest';
import type { VerificationCheck } from '../../contract/provider-verification.ts';
import { GraphError } from '../../entra/graph-groups.ts';
import type { WebPerson, WebTokens } from '../../entra/web-client.ts';
import { nothingSaid, WebSignInError } from '../../entra/web-sign-in-error.ts';
import { oneGroupEach, groupId } from '../../testing/bare-portal.ts';
import { failures, webRegistration } from '../../testing/provider-api.ts';
import { personId, tenantId } from '../../testing/token-issuer.ts';
import { checksOfFailure, checkTokens, type WebTrial } from './web-checks.ts';

const person: WebPerson = {
  tenantId,
  objectId: personId,
  name: 'Ada Admin',
  givenName: 'Ada',
  familyName: 'Admin',
  userPrincipalName: 'ada@example.com',
  email: 'ada@example.com',
  verifiedEmail: 'ada@example.com',
  guest: false,
  contexts: [],
  groups: { kind: 'complete', ids: [groupId(1)] },
  signInId: 'one',
  expiresAt: Date.now() + 3_600_000,
  sessionId: 'session',
  loginHint: null,
};
const scopes = ['openid', 'profile', 'email', 'User.Read'];
const trial: WebTrial = {
  registration: webRegistration,
  credentialKind: 'secret',
  portalAccess: null,
  expected: null,
  readGroups: async () => [groupId(1)],
};

async function checks(
  who: Partial<WebPerson> = {},
  by: Partial<WebTrial> = {},
  granted: readonly string[] = scopes,
): Promise<VerificationCheck[]> {
  const tokens: WebTokens = {
    person: { ...person, ...who },
    accessToken: 'token',
    refreshToken: null,
    scopes: granted,
  };
  const made: VerificationCheck[] = [];
  for await (const check of checkTokens(tokens, { ...trial, ...by })) made.push(check);
  return made;
}
const wrong = async (...input: Parameters<typeof checks>) => failures(await checks(...input));

describe('a sign-in that worked', () => {
  it('passes every check, in their order', async () => {
    const made = await checks({}, { portalAccess: oneGroupEach({ admin: groupId(1) }) });
    expect(failures(made)).toEqual([]);
    expect(made.map(({ name }) => name)).toEqual([
      'response',
      'credential',
      'tenant',
      'consent',
      'email',
      'profile',
      'person',
      'groups',
      'admin',
    ]);
  });

  it.each<[string, Partial<WebPerson>, string]>([
    [
      'of another tenant',
      { tenantId: groupId(5) },
      `tenant: You signed in from the tenant ${groupId(5)}`,
    ],
    [
      'of a personal account',
      { tenantId: '9188040d-6c67-4c5b-b112-36a304b66dad' },
      'tenant: This is a personal Microsoft account',
    ],
    [
      'without an address',
      { email: null, verifiedEmail: null },
      'email: The ID token has no e-mail',
    ],
    [
      'with one that nobody answers for',
      { verifiedEmail: null },
      'email: The tenant doesn’t answer',
    ],
    ['without a last name', { familyName: ' ' }, 'profile: Missing: Last name (family_name)'],
    [
      'without groups',
      { groups: { kind: 'complete', ids: [] } },
      'groups: The token names no groups, but you are in 1 group, as Microsoft Graph says. Add the',
    ],
  ])('%s fails where it has to', async (_, who, expected) => {
    expect((await wrong(who))[0]).toContain(expected);
  });

  it('a personal account is refused while the tenant isn’t pinned, too', async () => {
    const registration = { ...webRegistration, tenantId: null, multitenant: true };
    const tenant = '9188040d-6c67-4c5b-b112-36a304b66dad';
    expect((await wrong({ tenantId: tenant }, { registration }))[0]).toContain('personal');
    expect(await wrong({ tenantId: groupId(5) }, { registration })).toEqual([]);
  });

  it('with less consent than was asked for says to what', async () => {
    const [found] = await wrong({}, {}, ['openid', 'PROFILE', 'email']);
    expect(found).toContain('consent: No consent to User.Read. Add them under API permissions');
  });

  it.each([
    [
      'the same identity, whatever its address',
      { objectId: personId, email: 'old@example.com' },
      true,
    ],
    ['the address of the portal user', { objectId: groupId(9), email: 'ADA@example.com' }, true],
    ['another address', { objectId: groupId(9), email: 'bram@example.com' }, false],
    ['no portal user, the same UPN', { objectId: groupId(9), email: null }, true],
  ])('the person: %s', async (_, { objectId, email }, same) => {
    const userPrincipalName = 'ada@example.com';
    const expected = { tenantId, objectId, email, userPrincipalName, adminGroups: [] };
    const found = await wrong({}, { expected });
    expect(found.length).toBe(same ? 0 : 1);
    if (!same) expect(found[0]).toContain('person: You signed in as ada@example.com');
  });

  it('an address that nobody answers for is nobody’s', async () => {
    const expected = {
      tenantId,
      objectId: groupId(9),
      email: 'ada@example.com',
      userPrincipalName: 'ada@example.com',
      adminGroups: [],
    };
    expect(await wrong({ verifiedEmail: null }, { expected })).toHaveLength(2);
  });

  it.each([
    ['isn’t granted', {}, scopes, true],
    ['is granted', {}, [...scopes, 'GroupMember.Read.All'], false],
    ['is part of another', {}, [...scopes, 'Directory.Read.All'], false],
    ['isn’t needed', { registration: { ...webRegistration, usesGroups: false } }, scopes, false],
  ] as const)('reading groups: %s', async (_, by, granted, told) => {
    const consent = (await checks({}, by, granted)).find(({ name }) => name === 'consent');
    expect(consent?.state).toBe('passed');
    expect(consent?.detail.includes('more than 200 groups may be refused')).toBe(told);
  });

  it('who is in no group, as Graph says, lacks no claim', async () => {
    const none = { groups: { kind: 'complete', ids: [] } } as const;
    const made = await checks(none, { readGroups: async () => [] });
    expect(made.at(-1)).toMatchObject({
      state: 'passed',
      detail: 'You are in no group, as Microsoft Graph says.',
    });
    const readGroups = () => Promise.reject(new GraphError('graph_unreachable', 'it is away'));
    expect(await wrong(none, { readGroups })).toEqual([
      expect.stringContaining('whether you are in any can’t be read: it is away. Add the groups'),
    ]);
  });

  it('doesn’t ask for groups that give no roles', async () => {
    const registration = { ...webRegistration, usesGroups: false };
    const made = await checks({ groups: { kind: 'overage' } }, { registration });
    expect(made.at(-1)).toMatchObject({ name: 'groups', state: 'skipped' });
    expect(failures(made)).toEqual([]);
  });
});

describe('a sign-in that failed', () => {
  const failure = (code: WebSignInError['code'], aadsts: number | null = null, error = '') =>
    checksOfFailure(
      new WebSignInError(code, 'for the log', { said: { ...nothingSaid, aadsts, error } }),
    );
  it.each([
    [
      'credential_refused',
      7000222,
      '',
      'credential: AADSTS7000222: The client secret has expired.',
    ],
    ['credential_refused', null, '', 'credential: Microsoft refused the secret'],
    ['wrong_tenant', null, '', 'tenant: The account belongs to another tenant'],
    ['provider_refused', 65004, 'access_denied', 'consent: AADSTS65004: You declined'],
    ['provider_refused', 90094, 'consent_required', 'consent: AADSTS90094'],
    ['provider_refused', null, 'access_denied', 'consent: Consent was declined'],
    ['provider_refused', 700016, 'unauthorized_client', 'tenant: AADSTS700016'],
    ['provider_refused', 50105, 'access_denied', 'response: AADSTS50105'],
    ['provider_refused', 99999, 'server_error', 'response: AADSTS99999'],
    ['id_token_invalid', null, '', 'response: The ID token doesn’t hold'],
    ['provider_unreachable', null, '', 'response: Microsoft doesn’t answer'],
    ['provider_answer_invalid', null, '', 'response: What answers'],
    ['clock_off', null, '', 'response: The portal’s clock'],
  ] as const)('%s %s %s', (code, aadsts, error, expected) => {
    const found = failures(failure(code, aadsts, error));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
    expect(found[0]).not.toContain('for the log');
  });
});
