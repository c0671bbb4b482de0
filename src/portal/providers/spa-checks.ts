import type { VerificationCheck } from '../../contract/provider-verification.ts';
import type { GroupMapping } from '../../domain/group-mapping.ts';
import type { AccessToken } from '../../entra/access-token.ts';
import { KeysUnavailable, TokenError } from '../../entra/token-error.ts';
import type { TokenVerifier } from '../../entra/token-verifier.ts';
import type { AccessSnapshot } from '../storage/access-snapshot.ts';
import {
  adminCheck,
  failed,
  groupsCheck,
  passed,
  profileCheck,
  skipped,
  skipRest,
} from './checks.ts';
import { personCheck, type ExpectedPerson } from './person-check.ts';

export const spaChecks = [
  'token',
  'tenant',
  'email',
  'profile',
  'person',
  'groups',
  'admin',
] as const;

export interface SpaTrial {
  readonly verifier: TokenVerifier;
  readonly portalAccess: GroupMapping;
  readonly users: AccessSnapshot['users'];
  readonly expected: ExpectedPerson;
  readonly accessToken: string;
  readonly graphAccessToken: string | undefined;
  readonly readGroups: (token: string, objectId: string) => Promise<readonly string[]>;
}

/**
 * Tries a single-page application with the tokens of a real sign-in: whether they hold, whether the
 * person's profile and groups are there, whether it is the one who asks, and whether they would be
 * Admin. The tokens are dropped.
 */
export async function checkSpa(trial: SpaTrial): Promise<VerificationCheck[]> {
  const token = await verify(trial);
  if ('failed' in token) return skipRest([token.failed], spaChecks);
  const { graphAccessToken } = trial;
  const user = trial.users.get(`${token.tenantId}/${token.objectId}`);
  const byUser = user?.role === 'admin' && !user.disabled;
  const found = await groupsCheck(
    token,
    'the API’s app registration',
    graphAccessToken === undefined
      ? null
      : () => trial.readGroups(graphAccessToken, token.objectId),
  );
  const made = [
    passed('token', 'The token holds.'),
    passed('tenant', `The tenant is ${token.tenantId}, as entered.`),
    emailCheck(token),
    profileCheck(token, 'access'),
    personCheck(token, trial.expected),
    byUser && graphAccessToken === undefined && found.groups?.size === 0
      ? skipped(
          'groups',
          'The token names no groups, and there was no token for Microsoft Graph to ask whether you are in any. You don’t need one: you are Admin as a portal user.',
        )
      : found.check,
  ];
  if (found.groups === null) return skipRest(made, spaChecks);
  return [
    ...made,
    byUser
      ? passed('admin', `You would be Admin, as the portal user ${user.email}.`)
      : adminCheck(found.groups, trial.portalAccess),
  ];
}

/** Roles come by groups here: only portal users are known by their address, until they are linked. */
function emailCheck({ email, verifiedEmail }: AccessToken): VerificationCheck {
  if (verifiedEmail !== null) {
    return passed('email', `The address is ${verifiedEmail}, and the tenant answers for it.`);
  }
  const found =
    email === null
      ? 'The access token has no e-mail address'
      : `The tenant doesn’t answer for ${email}: anybody could have typed it`;
  return skipped(
    'email',
    `${found}, so nobody who is invited can be recognised by it. For that, add the optional claims email and xms_edov under Token configuration (access token).`,
  );
}

async function verify({
  verifier,
  accessToken,
}: SpaTrial): Promise<AccessToken | { readonly failed: VerificationCheck }> {
  try {
    return await verifier.verify(accessToken);
  } catch (error) {
    if (error instanceof TokenError) {
      return { failed: failed('token', `The access token ${error.reason}.`) };
    }
    if (error instanceof KeysUnavailable) {
      return {
        failed: failed(
          'token',
          'The portal can’t fetch the tenant’s signing keys. Check the tenant ID, and that the portal reaches the login address.',
        ),
      };
    }
    throw error;
  }
}
