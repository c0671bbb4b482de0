/** What local Entra knows, as plain data. `directory.ts` has the demo's. */

/** A tenant: who is in it. */
export interface Organization {
  tenant: { id: string; name: string; domain: string };
  groups: Group[];
  people: Person[];
}

/** The home tenant, with the applications registered there, and the tenants of other organisations. */
export interface Directory extends Organization {
  /** Their people can use the multitenant applications, and those alone. */
  partnerTenants: Organization[];
  applications: Application[];
  authenticationContexts: AuthenticationContext[];
}

export interface Group {
  id: string;
  displayName: string;
  description?: string;
  /** Ids of groups that are members of this one. */
  members?: string[];
}

export interface Person {
  oid: string;
  /** User principal name; null for the person who shows what happens without one. */
  upn: string | null;
  givenName: string;
  surname: string | null;
  displayName: string;
  mail?: string;
  /** Ids of the groups that the person is a direct member of. */
  groups: string[];
  /** So many further groups of no meaning, made up at start. */
  extraGroupCount?: number;
  guest?: boolean;
  /** May consent for the whole organisation: an administrator of Entra, not of Gatehouse. */
  entraAdministrator?: boolean;
  /** `declined`: MFA is required, and this person's phone always declines. */
  mfa: 'none' | 'required' | 'declined';
  disabled?: boolean;
  passwordExpired?: boolean;
  blockedByConditionalAccess?: boolean;
  /** What this person is there to show, for the account picker. */
  shows: string;
}

export interface Application {
  clientId: string;
  displayName: string;
  redirectUris: { spa: string[]; web: string[] };
  /** Client secrets: any that hasn't expired will do, so that one can follow another without a gap. */
  secrets: ClientSecret[];
  /** Certificates whose keys sign client assertions (`private_key_jwt`), in a secret's place. */
  certificates: ClientCertificate[];
  /** Loaded in a hidden frame when somebody who signed in here signs out. Its port counts. */
  frontChannelLogoutUrl?: string;
  disabled?: boolean;
  /** Accounts of any organisation: the application may be used on /organizations and /common. */
  multitenant?: boolean;
  assignmentRequired?: boolean;
  /** People (oids) and groups (ids; nested members don't count, as in Entra) that may use it. */
  assigned?: string[];
  appRoles: AppRole[];
  /** Scopes of its own API, which is `api://<clientId>`. */
  exposedScopes: string[];
  /** Client ids of other applications that may ask for the exposed scopes. */
  preAuthorizedClients?: string[];
  /** Version of the access tokens that its API receives. Entra's own default is 1. */
  requestedAccessTokenVersion?: 1 | 2;
  /** Without it tokens carry no groups. */
  groupMembershipClaims?: 'SecurityGroup';
  optionalClaims: { idToken: OptionalClaim[]; accessToken: OptionalClaim[] };
  /** Delegated permissions of Microsoft Graph that an administrator of the home tenant consented to. */
  consentedGraphScopes: string[];
}

export interface ClientSecret {
  /** Of no use but to tell it by; people paste it by mistake. */
  id: string;
  value: string;
  /** ISO 8601; absent: never. */
  expiresAt?: string;
}

export interface ClientCertificate {
  id: string;
  /** X.509, with an RSA key. */
  pem: string;
}

export interface AppRole {
  value: string;
  displayName: string;
  assigned: string[];
}

/** As in the manifest, but `'upn'` may stand for `{ name: 'upn' }`. */
export type OptionalClaim = string | { name: string; additionalProperties: string[] };

/** An authentication context, which a Conditional Access policy of the tenant guards with MFA. */
export interface AuthenticationContext {
  /** `c1` to `c99`. */
  id: string;
  displayName: string;
  /** Sign-in frequency "every time": an MFA of earlier in the session doesn't count. */
  everyTime: boolean;
}
