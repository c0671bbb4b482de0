import type { GroupMapping } from '../../domain/group-mapping.ts';
import { refusals } from '../../domain/refusal.ts';
import { roleLabels, roles } from '../../domain/role.ts';
import type { AccessSnapshot } from '../storage/access-snapshot.ts';
import { ProblemError } from '../../server/problem-error.ts';

const mostAsked = 20;

/**
 * R2: somebody in no mapped group is told what was asked, which groups give which role there, and
 * whose groups administer it. Groups are named as the settings name them; nobody's members are.
 */
export function noRole(snapshot: AccessSnapshot): ProblemError {
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
    { details: { asked, notShown: settings.length + 1 - asked.length } },
  );
}

function told(mapping: GroupMapping) {
  const named = (role: keyof GroupMapping) =>
    mapping[role].slice(0, mostAsked).map(({ id, displayName }) => ({ id, displayName }));
  return {
    request: roles
      .toReversed()
      .map((role) => ({ role, label: roleLabels[role], groups: named(role) }))
      .filter((one) => one.groups.length > 0),
    administrators: named('admin'),
  };
}
