import type { TokenClaims } from './token-claims.ts';

/** The groups of a token; `overage`: there are more than it can carry, and which they are isn't known (R11). */
export type TokenGroups =
  | { readonly kind: 'complete'; readonly ids: readonly string[] }
  | { readonly kind: 'overage' };

/** What a validated access token says of its person. Identity is `tenantId` + `objectId` (R13). */
export interface AccessToken {
  readonly tenantId: string;
  readonly objectId: string;
  readonly name: string | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly userPrincipalName: string | null;
  /** As the directory has it: to be shown. To link somebody, see `verifiedEmail`. */
  readonly email: string | null;
  /** The same where the tenant answers for it, else null: see verifiedEmailOf. */
  readonly verifiedEmail: string | null;
  readonly guest: boolean;
  /** Authentication contexts that the sign-in satisfied (`acrs`): c1 to c99. */
  readonly contexts: readonly string[];
  readonly groups: TokenGroups;
  /** The same for all tokens of one sign-in, as far as they tell: see signInIdOf. */
  readonly signInId: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** The person of claims that have passed every check. */
export function accessTokenOf(
  claims: TokenClaims & { readonly tid: string; readonly oid: string },
): AccessToken {
  return {
    tenantId: claims.tid.toLowerCase(),
    objectId: claims.oid.toLowerCase(),
    name: claims.name,
    givenName: claims.given_name,
    familyName: claims.family_name,
    userPrincipalName: claims.upn,
    email: claims.email,
    verifiedEmail: verifiedEmailOf(claims),
    guest: isGuest(claims),
    contexts: [claims.acrs ?? []].flat(),
    groups: groupsOf(claims),
    signInId: signInIdOf(claims),
    expiresAt: claims.exp * 1000,
  };
}

function isGuest({ acct }: TokenClaims): boolean {
  return acct === 1 || acct === '1';
}

/**
 * An address that the tenant answers for: Entra says that its domain's owner was verified
 * (`xms_edov`), or it is of a member and in the domain of their user principal name, which is a
 * verified domain of the tenant always. Any other is what somebody typed into a directory
 * (Microsoft identity platform, "Migrate away from using email claims for authorization").
 */
function verifiedEmailOf(claims: TokenClaims): string | null {
  const { email, upn, xms_edov: verified } = claims;
  if (email === null) return null;
  if (verified === true || verified === 1 || verified === '1' || verified === 'true') return email;
  const domain = (address: string) => address.slice(address.lastIndexOf('@')).toLowerCase();
  const own = upn !== null && !isGuest(claims) && domain(email) === domain(upn);
  return own && verified === undefined ? email : null;
}

/** Seconds: a working day, with some overtime. */
const longestDay = 12 * 3600;

/**
 * Tells one sign-in from the next. No claim does so by itself: with "stay signed in", `sid` and
 * `auth_time` stay the same for weeks, through every silent sign-in of a new day; `uti` changes with
 * every renewal of a token, about once an hour. So it is the session (`sid`), when its person last
 * proved who they are (`auth_time`, which an interactive sign-in moves), and in which half day after
 * that the token was issued: a page that is open all day is one sign-in, the next morning is
 * another. Where a token has neither claim, it counts by itself.
 */
function signInIdOf({ sid, uti, auth_time: provedAt, iat, nbf, exp }: TokenClaims): string {
  const session = sid ?? (provedAt === undefined ? (uti ?? String(exp)) : 'unnamed');
  const halfDay = Math.floor(((iat ?? nbf ?? exp) - (provedAt ?? 0)) / longestDay);
  return `${session}/${provedAt ?? ''}/${halfDay}`;
}

/**
 * Above 200 groups Entra leaves `groups` out and points elsewhere (`_claim_names`; `hasgroups` in the
 * implicit flow): that must never be read as "no groups" (R11). The place it points to is legacy.
 */
function groupsOf(claims: TokenClaims): TokenGroups {
  const elsewhere = claims._claim_names !== undefined && 'groups' in claims._claim_names;
  const flagged = claims.hasgroups === true || claims.hasgroups === 'true';
  if (elsewhere || (flagged && claims.groups === undefined)) return { kind: 'overage' };
  return { kind: 'complete', ids: claims.groups ?? [] };
}
