import { describe, expect, it } from 'vitest';
import type { AccessToken } from '../../entra/access-token.ts';
import { groupId, oneGroupEach } from '../../testing/bare-portal.ts';
import { failures } from '../../testing/provider-api.ts';
import { personId, tenantId } from '../../testing/token-issuer.ts';
import { checkSpa, type SpaTrial } from './spa-checks.ts';

const token: AccessToken = {
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
  groups: { kind: 'complete', ids: [] },
  signInId: 'one',
  expiresAt: Date.now() + 3_600_000,
};
const admin = {
  id: groupId(90),
  name: 'Ada',
  email: 'ada@example.com',
  role: 'admin',
  disabled: false,
  changedEmail: null,
} as const;
const asPortalUser: SpaTrial = {
  verifier: { verify: async () => token, remembered: () => undefined },
  portalAccess: oneGroupEach({ admin: groupId(1) }),
  users: new Map([[`${tenantId}/${personId}`, admin]]),
  expected: null,
  accessToken: 'token',
  graphAccessToken: undefined,
  readGroups: async () => [],
};
const groups = async (trial: Partial<SpaTrial>) => {
  const made = await checkSpa({ ...asPortalUser, ...trial });
  return made.find(({ name }) => name === 'groups');
};

describe('a portal user with the role Admin whose token names no groups', () => {
  it('passes where Graph says that they are in none', async () => {
    expect(await groups({ graphAccessToken: 'graph' })).toMatchObject({
      state: 'passed',
      detail: 'You are in no group, as Microsoft Graph says.',
    });
  });

  it('learns that the claim is missing where Graph knows groups of theirs', async () => {
    const readGroups = async () => [groupId(1), groupId(2)];
    const check = await groups({ graphAccessToken: 'graph', readGroups });
    expect(check).toMatchObject({ state: 'failed' });
    expect(check?.detail).toContain('but you are in 2 groups');
  });

  it('needs none where Graph can’t be asked', async () => {
    expect(await groups({})).toMatchObject({ state: 'skipped' });
    expect(failures(await checkSpa(asPortalUser))).toEqual([]);
    expect(await groups({ users: new Map() })).toMatchObject({ state: 'failed' });
  });
});

describe('an address that the tenant doesn’t answer for', () => {
  it.each([
    [{ email: null }, 'The access token has no e-mail address'],
    [{ email: 'ada@example.com' }, 'The tenant doesn’t answer for ada@example.com'],
  ])('stops nobody, and its meaning is said: %o', async (claims, found) => {
    const verify = async () => ({ ...token, verifiedEmail: null, ...claims });
    const verifier = { ...asPortalUser.verifier, verify };
    const made = await checkSpa({ ...asPortalUser, verifier });
    const email = made.find(({ name }) => name === 'email');
    expect(email?.state).toBe('skipped');
    expect(email?.detail).toContain(found);
    expect(email?.detail).toContain('add the optional claims email and xms_edov');
    expect(failures(made)).toEqual([]);
  });
});
