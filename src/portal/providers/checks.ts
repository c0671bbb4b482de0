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

/** R11. `readGroups` asks Graph; null where there is no token for it. */
export async function groupsCheck(
  { groups }: AccessToken,
  registration: string,
  readGroups: (() => Promise<readonly string[]>) | null,
): Promise<FoundGroups> {
  if (groups.kind === 'complete') return foundGroups(groupSet(groups.ids), registration, '');
  if (readGroups === null) {
    return unknownGroups(
      'You are in more groups than a token can carry, and there was no token for Microsoft Graph to ask for them.',
    );
  }
  try {
    return foundGroups(groupSet(await readGroups()), registration, ', as Microsoft Graph says');
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return unknownGroups(
      `You are in more groups than a token can carry, and the groups can’t be read: ${error.reason}.`,
    );
  }
}

function foundGroups(groups: GroupSet, registration: string, source: string): FoundGroups {
  const count = groups.size;
  const check =
    count === 0
      ? failed(
          'groups',
          `The token names no groups. Add the groups claim in ${registration} (Token configuration, security groups).`,
        )
      : passed('groups', `You are in ${count} ${count === 1 ? 'group' : 'groups'}${source}.`);
  return { check, groups };
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
    (name) => known.get(name) ?? skipped(name, 'Not tried: a check before it failed.'),
  );
}
