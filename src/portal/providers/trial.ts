import type { ProviderTrial } from '../../contract/providers.ts';
import {
  groupSet,
  mappedRole,
  type GroupMapping,
  type GroupSet,
} from '../../domain/group-mapping.ts';
import { missingProfile, requiredProfile } from '../../domain/profile.ts';
import { roleLabels } from '../../domain/role.ts';
import type { AccessToken } from '../../entra/access-token.ts';
import { GraphError } from '../../entra/graph-groups.ts';
import { KeysUnavailable, TokenError } from '../../entra/token-error.ts';
import type { TokenVerifier } from '../../entra/token-verifier.ts';

type Check = ProviderTrial['checks'][number];

export interface TrialInput {
  readonly verifier: TokenVerifier;
  readonly portalAccess: GroupMapping;
  readonly accessToken: string;
  readonly graphAccessToken: string | undefined;
  readonly readGroups: (token: string, objectId: string) => Promise<readonly string[]>;
}

/**
 * Tries a candidate with the tokens of a real sign-in: whether they hold, whether the person's
 * profile and groups are there, and whether they would be Admin. Stops at the first that fails.
 */
export async function tryCandidate(input: TrialInput): Promise<Check[]> {
  const token = await verify(input);
  if ('failed' in token) return [token.failed];
  const checks = [passed('token', 'The token holds.'), profileCheck(token)];
  const groups = await groupsOf(token, input);
  if ('failed' in groups) return [...checks, groups.failed];
  const count = groups.ids.size;
  return [
    ...checks,
    count === 0
      ? failed(
          'groups',
          'The token names no groups. Add the groups claim in the API’s app registration (Token configuration, security groups).',
        )
      : passed('groups', `You are in ${count} ${count === 1 ? 'group' : 'groups'}.`),
    adminCheck(groups.ids, input.portalAccess),
  ];
}

async function verify({
  verifier,
  accessToken,
}: TrialInput): Promise<AccessToken | { readonly failed: Check }> {
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

function profileCheck(token: AccessToken): Check {
  const missing = missingProfile({
    given_name: token.givenName,
    family_name: token.familyName,
    upn: token.userPrincipalName,
  });
  if (missing.length === 0) return passed('profile', 'First name, last name and UPN are there.');
  const labels = missing.map((claim) => `${requiredProfile[claim]} (${claim})`).join(', ');
  return failed(
    'profile',
    `Missing: ${labels}. Add them as optional claims of the access token, and fill them in for the person.`,
  );
}

async function groupsOf(
  token: AccessToken,
  { graphAccessToken, readGroups }: TrialInput,
): Promise<{ readonly ids: GroupSet } | { readonly failed: Check }> {
  if (token.groups.kind === 'complete') return { ids: groupSet(token.groups.ids) };
  if (graphAccessToken === undefined) {
    return {
      failed: failed(
        'groups',
        'You are in more groups than a token can carry, and there was no token for Microsoft Graph to ask for them.',
      ),
    };
  }
  try {
    return { ids: groupSet(await readGroups(graphAccessToken, token.objectId)) };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return { failed: failed('groups', `The groups can’t be read: ${error.reason}.`) };
  }
}

function adminCheck(groups: GroupSet, portalAccess: GroupMapping): Check {
  const mapped = mappedRole(portalAccess, groups);
  if (mapped?.role === 'admin') {
    const names = mapped.through.map(({ id, displayName }) => displayName ?? id).join(', ');
    return passed('admin', `You would be Admin, through ${names}.`);
  }
  return failed(
    'admin',
    mapped === null
      ? 'None of your groups would give a role in the portal. Enter a group that you are in as Admin.'
      : `You would be ${roleLabels[mapped.role]}, not Admin. Enter a group that you are in as Admin.`,
  );
}

function passed(name: Check['name'], detail: string): Check {
  return { name, passed: true, detail };
}

function failed(name: Check['name'], detail: string): Check {
  return { name, passed: false, detail };
}
