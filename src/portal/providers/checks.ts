import type { VerificationCheck } from '../../contract/provider-verification.ts';
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

type Name = VerificationCheck['name'];

export function passed(name: Name, detail: string): VerificationCheck {
  return { name, state: 'passed', detail };
}

/** `detail`: what was found, and what to do. */
export function failed(name: Name, detail: string): VerificationCheck {
  return { name, state: 'failed', detail };
}

export function skipped(name: Name, detail: string): VerificationCheck {
  return { name, state: 'skipped', detail };
}

/** R12. `tokenKind`: where Entra's Token configuration has the optional claims. */
export function profileCheck(person: AccessToken, tokenKind: 'access' | 'ID'): VerificationCheck {
  const missing = missingProfile({
    given_name: person.givenName,
    family_name: person.familyName,
    upn: person.userPrincipalName,
  });
  if (missing.length === 0) return passed('profile', 'First name, last name and UPN are there.');
  const labels = missing.map((claim) => `${requiredProfile[claim]} (${claim})`).join(', ');
  return failed(
    'profile',
    `Missing: ${labels}. Add them under Token configuration as optional claims of the ${tokenKind} token, and fill them in for the person.`,
  );
}

export interface FoundGroups {
  readonly check: VerificationCheck;
  /** Null where they aren't known: never read as none (R11). */
  readonly groups: GroupSet | null;
}

/**
 * R11. `readGroups` asks Graph, where the token names none: there may be too many of them, the claim
 * may be missing, or the person may be in no group. Null where there is no token for that.
 */
export async function groupsCheck(
  { groups }: AccessToken,
  registration: string,
  readGroups: (() => Promise<readonly string[]>) | null,
): Promise<FoundGroups> {
  const named = groups.kind === 'complete' ? groupSet(groups.ids) : null;
  if (named !== null && named.size > 0) return known(named, '');
  const advice = `Add the groups claim in ${registration} (Token configuration, security groups)`;
  if (readGroups === null) {
    return named === null
      ? unknownGroups(
          'You are in more groups than a token can carry, and there was no token for Microsoft Graph to ask for them.',
        )
      : noneNamed(`The token names no groups. ${advice}.`);
  }
  try {
    const read = groupSet(await readGroups());
    return named === null || read.size === 0
      ? known(read, ', as Microsoft Graph says')
      : noneNamed(
          `The token names no groups, but you are in ${counted(read)}, as Microsoft Graph says. ${advice}.`,
        );
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return named === null
      ? unknownGroups(
          `You are in more groups than a token can carry, and the groups can’t be read: ${error.reason}.`,
        )
      : noneNamed(
          `The token names no groups, and whether you are in any can’t be read: ${error.reason}. ${advice}, unless you are in none.`,
        );
  }
}

function known(groups: GroupSet, source: string): FoundGroups {
  return { check: passed('groups', `You are in ${counted(groups)}${source}.`), groups };
}

function counted({ size }: GroupSet): string {
  if (size === 0) return 'no group';
  return size === 1 ? '1 group' : `${size} groups`;
}

/** What sign-ins would go by, too: the claim. */
function noneNamed(detail: string): FoundGroups {
  return { check: failed('groups', detail), groups: groupSet([]) };
}

function unknownGroups(detail: string): FoundGroups {
  return { check: failed('groups', detail), groups: null };
}

/** Would the person be Admin with this portal access? */
export function adminCheck(groups: GroupSet, portalAccess: GroupMapping): VerificationCheck {
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

/** The rest of a verification whose check failed: they weren't made. */
export function skipRest(
  made: readonly VerificationCheck[],
  names: readonly Name[],
): VerificationCheck[] {
  const known = new Map(made.map((check) => [check.name, check]));
  return names.map(
    (name) => known.get(name) ?? skipped(name, 'Not tried, because another check failed.'),
  );
}
