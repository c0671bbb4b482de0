import { isOpen } from '../../domain/portal-user.ts';
import type { GroupMapping } from '../../domain/group-mapping.ts';
import { refusals } from '../../domain/refusal.ts';
import { roleLabels, roles } from '../../domain/role.ts';
import type { AccessSnapshot } from '../storage/access-snapshot.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { HeldAsker } from './asker-cache.ts';
import type { Principal } from './principal.ts';

const mostAsked = 20;

/**
 * Why somebody who was identified isn't let in; null: they are. `now`: milliseconds since 1970, asked
 * only of people with an invitation.
 */
export function refusalOf(
  { asker, highestTargetRole, news }: HeldAsker,
  now: () => number,
): ProblemError | null {
  const { portalRole, portalUser, snapshot } = asker;
  const disabled = portalUser?.disabled === true;
  if (!disabled && (portalRole !== null || highestTargetRole !== null)) return null;
  const you = youOf(asker.principal);
  if (disabled) return refused('user_disabled', snapshot, you);
  if (news?.kind === 'addressTaken') return refused('address_taken', snapshot, you);
  if (news?.kind === 'invited' && !isOpen(news, now())) {
    return refused('invitation_expired', snapshot, you);
  }
  return noRole(snapshot, you);
}

/** Who was identified: the page of a session that the server keeps knows it from nowhere else. */
interface You {
  readonly name: string;
  readonly userPrincipalName: string | null;
}

function youOf(principal: Principal): You {
  const { name } = principal;
  return {
    name,
    userPrincipalName: principal.kind === 'entra' ? principal.userPrincipalName : null,
  };
}

/**
 * R2: somebody in no mapped group is told what was asked, which groups give which role there, and
 * whose groups administer it. Groups are named as the settings name them; nobody's members are.
 */
function noRole(snapshot: AccessSnapshot, you: You): ProblemError {
  const settings = [...snapshot.settings.values()].filter((one) => one.targets.length > 0);
  const asked = [
    { kind: 'portalAccess', name: 'Portal access', ...told(snapshot.portalAccess) },
    ...settings
      .slice(0, mostAsked - 1)
      .map(({ name, permissions }) => ({ kind: 'ssoSetting', name, ...told(permissions) })),
  ];
  return new ProblemError(
    403,
    'no_role',
    `${refusals.no_role}. Ask an administrator of your organization to add you to one of the groups that do.`,
    {
      details: {
        asked,
        notShown: settings.length + 1 - asked.length,
        adminUsers: adminUsers(snapshot),
        you,
      },
    },
  );
}

const advice = {
  user_disabled: 'It doesn’t count which groups you are in. Ask an Admin to enable it again.',
  address_taken:
    'That account is linked to somebody else’s Microsoft identity, so it can’t be yours. Ask an Admin to look at it under Settings > Users: if its owner has left, they can delete it and invite you.',
  invitation_expired:
    'It was not used in time, or was revoked. Ask an Admin to send you another one.',
} as const;

/** Everything to say, and whom to ask. */
function refused(code: keyof typeof advice, snapshot: AccessSnapshot, you: You): ProblemError {
  return new ProblemError(403, code, `${refusals[code]}. ${advice[code]}`, {
    details: {
      administrators: named(snapshot.portalAccess, 'admin'),
      adminUsers: adminUsers(snapshot),
      you,
    },
  });
}

function adminUsers({ users }: AccessSnapshot): { name: string }[] {
  return [...users.values()]
    .filter(({ role, disabled }) => role === 'admin' && !disabled)
    .slice(0, mostAsked)
    .map(({ name }) => ({ name }));
}

function told(mapping: GroupMapping) {
  return {
    request: roles
      .toReversed()
      .map((role) => ({ role, label: roleLabels[role], groups: named(mapping, role) }))
      .filter((one) => one.groups.length > 0),
    administrators: named(mapping, 'admin'),
  };
}

function named(mapping: GroupMapping, role: keyof GroupMapping) {
  return mapping[role].slice(0, mostAsked).map(({ id, displayName }) => ({ id, displayName }));
}
