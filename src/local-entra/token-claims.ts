import { createHash, randomBytes } from 'node:crypto';
import type { JWTPayload } from 'jose';
import type { Application, OptionalClaim, Person } from '../demo/directory-types.ts';
import type { ClaimsRequest } from './claims-request.ts';
import { toLoginHint } from './people.ts';
import type { People } from './people.ts';
import { graphAudience } from './scopes.ts';
import type { RequestedScopes } from './scopes.ts';
import type { Account } from './sessions.ts';

/** Who a token is for, and when. Times are in milliseconds. */
export interface TokenSubject {
  people: People;
  origin: string;
  person: Person;
  client: Application;
  account: Account;
  now: number;
  /** Seconds. */
  lifetime: number;
}

/** More groups than this are left out of a token. */
const groupLimit = 200;

export function issuerOf(origin: string, tenantId: string): string {
  return `${origin}/${tenantId}/v2.0`;
}

/** Of the sign-in behind it: the nonce, and the contexts that the id token was asked for. */
export interface IdTokenGrant {
  nonce: string | undefined;
  idTokenContexts: string[];
}

export function idTokenClaims(
  subject: TokenSubject,
  openId: string[],
  { nonce, idTokenContexts }: IdTokenGrant,
): JWTPayload {
  const { client, person } = subject;
  return {
    ...common(subject, client.clientId),
    ...(openId.includes('profile') ? profile(person) : {}),
    ...(openId.includes('email') && person.mail !== undefined ? { email: person.mail } : {}),
    ...membership(subject, client),
    ...optional(subject, client.optionalClaims.idToken),
    ...(idTokenContexts.length > 0 ? { acrs: idTokenContexts } : {}),
    ...(nonce === undefined ? {} : { nonce }),
  };
}

export interface AccessTokenGrant {
  requested: RequestedScopes;
  scopes: string[];
  contexts: string[];
  claims: ClaimsRequest;
  /** `1` for a client that proved itself with a secret, `2` with a certificate. */
  clientAuthentication: '0' | '1' | '2';
}

/** Claims of an access token come from the registration of the API, not of the client. */
export function accessTokenClaims(subject: TokenSubject, grant: AccessTokenGrant): JWTPayload {
  const { resource } = grant.requested;
  if (resource.kind === 'graph') return graphClaims(subject, grant);
  const api = resource.application;
  const wanted = api.optionalClaims.accessToken;
  const claims = {
    ...profile(subject.person),
    ...membership(subject, api),
    ...optional(subject, wanted),
    ...(grant.contexts.length > 0 ? { acrs: grant.contexts } : {}),
    ...(wanted.includes('xms_cc') && grant.claims.capabilities.length > 0
      ? { xms_cc: grant.claims.capabilities }
      : {}),
    scp: grant.scopes.join(' '),
  };
  if (api.requestedAccessTokenVersion !== 2) {
    return { ...versionOne(subject, grant, `api://${api.clientId}`), ...claims };
  }
  const { clientId: azp } = subject.client;
  return { ...common(subject, api.clientId), ...claims, azp, azpacr: grant.clientAuthentication };
}

/** Graph's own tokens are of version 1, and no business of the client's. */
function graphClaims(subject: TokenSubject, grant: AccessTokenGrant): JWTPayload {
  return {
    ...versionOne(subject, grant, graphAudience),
    scp: grant.scopes.join(' '),
    ...(grant.claims.capabilities.length > 0 ? { xms_cc: grant.claims.capabilities } : {}),
  };
}

function versionOne(subject: TokenSubject, grant: AccessTokenGrant, aud: string): JWTPayload {
  const { people, client, person, account } = subject;
  return {
    ...common(subject, aud),
    iss: `https://sts.windows.net/${people.organizationOf(person).tenant.id}/`,
    ver: '1.0',
    appid: client.clientId,
    appidacr: grant.clientAuthentication,
    amr: ['pwd', ...(account.mfaAt === undefined ? [] : ['mfa'])],
    name: person.displayName,
  };
}

function common(
  { people, origin, person, client, now, lifetime }: TokenSubject,
  aud: string,
): JWTPayload {
  const iat = Math.floor(now / 1000);
  const { id: tid } = people.organizationOf(person).tenant;
  return {
    aud,
    iss: issuerOf(origin, tid),
    iat,
    nbf: iat,
    exp: iat + lifetime,
    oid: person.oid,
    sub: pairwise(person.oid, client.clientId),
    tid,
    ver: '2.0',
    uti: randomBytes(16).toString('base64url'),
  };
}

/** The same person has another `sub` at every application. */
function pairwise(oid: string, clientId: string): string {
  return createHash('sha256').update(`${oid} ${clientId}`).digest('base64url');
}

function profile({ displayName, upn, mail, guest }: Person): JWTPayload {
  const name = (guest === true ? mail : upn) ?? mail;
  return { name: displayName, ...(name === undefined ? {} : { preferred_username: name }) };
}

function membership({ people, person }: TokenSubject, registration: Application): JWTPayload {
  const roles = registration.appRoles
    .filter(({ assigned }) =>
      assigned.some((id) => id === person.oid || person.groups.includes(id)),
    )
    .map(({ value }) => value);
  return {
    ...(roles.length > 0 ? { roles } : {}),
    ...(registration.groupMembershipClaims === undefined ? {} : groupClaims(people, person)),
  };
}

function groupClaims(people: People, person: Person): JWTPayload {
  const groups = people.groupsOf(person).map(({ id }) => id);
  if (groups.length === 0) return {};
  if (groups.length <= groupLimit) return { groups };
  const { id } = people.organizationOf(person).tenant;
  const endpoint = `https://graph.windows.net/${id}/users/${person.oid}/getMemberObjects`;
  return { _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint } } };
}

function optional({ people, person, account }: TokenSubject, wanted: OptionalClaim[]): JWTPayload {
  const available: Record<string, unknown> = {
    given_name: person.givenName,
    family_name: person.surname ?? undefined,
    email: person.mail,
    xms_edov: addressIsOwn(people, person),
    acct: person.guest === true ? 1 : 0,
    auth_time: Math.floor(account.authTime / 1000),
    sid: account.sid,
    login_hint: toLoginHint(person.oid),
  };
  const claims: JWTPayload = {};
  for (const claim of wanted) {
    const name = typeof claim === 'string' ? claim : claim.name;
    const value = name === 'upn' ? upnClaim(person, claim) : available[name];
    if (value !== undefined) claims[name] = value;
  }
  return claims;
}

/**
 * Is the address of a domain that the person's own tenant has verified? Of any other, an administrator
 * may have written it there. Undefined without an address.
 */
function addressIsOwn(people: People, person: Person): boolean | undefined {
  const { domain } = people.organizationOf(person).tenant;
  return person.mail?.toLowerCase().endsWith(`@${domain}`);
}

/** A guest's is left out unless the registration asks for it by this property. */
function upnClaim({ upn, guest }: Person, claim: OptionalClaim): string | undefined {
  const external =
    typeof claim === 'object' &&
    claim.additionalProperties.includes('include_externally_authenticated_upn');
  return guest === true && !external ? undefined : (upn ?? undefined);
}
