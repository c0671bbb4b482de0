import type { Application, OptionalClaim } from './directory-types.ts';

const externalUpn = { name: 'upn', additionalProperties: ['include_externally_authenticated_upn'] };
const profileClaims: OptionalClaim[] = [
  'given_name',
  'family_name',
  'email',
  'acct',
  'auth_time',
  'sid',
  'login_hint',
  'xms_edov',
  externalUpn,
];

/** What every application of the demo is registered with, unless it says otherwise. */
export const registrationDefaults = {
  appRoles: [],
  exposedScopes: [],
  secrets: [],
  certificates: [],
  requestedAccessTokenVersion: 2,
  groupMembershipClaims: 'SecurityGroup',
  optionalClaims: { idToken: profileClaims, accessToken: [...profileClaims, 'xms_cc'] },
  consentedGraphScopes: ['User.Read', 'GroupMember.Read.All'],
} satisfies Partial<Application>;
