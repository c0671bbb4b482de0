import type { GroupMapping } from '../../domain/group-mapping.ts';
import { mappedRole } from '../../domain/group-mapping.ts';
import { roleAllows, type Permission } from '../../domain/permissions.ts';
import { highestRole, type Role } from '../../domain/role.ts';
import type { Target } from '../../domain/target.ts';
import type { Asker } from '../http/asker.ts';

/**
 * The asker's role at the targets of a setting. It is the same at each: where a setting applies it
 * wins (R3), so all that counts is what it gives, and the portal role. So whoever sees one of its
 * targets sees them all, and whoever is Admin at one is Admin at all (R10). A setting that applies
 * nowhere is for portal roles.
 */
function roleAtTargets(
  asker: Asker,
  setting: { readonly permissions: GroupMapping; readonly targets: readonly Target[] },
): Role | null {
  const { principal, portalRole } = asker;
  if (principal.kind === 'recovery' || setting.targets.length === 0) return portalRole;
  const given = mappedRole(setting.permissions, principal.groups)?.role ?? null;
  return highestRole([portalRole, given]);
}

export function maySee(asker: Asker, setting: Parameters<typeof roleAtTargets>[1]): boolean {
  return allows(asker, setting, 'ssoSetting.view');
}

export function mayEdit(asker: Asker, setting: Parameters<typeof roleAtTargets>[1]): boolean {
  return allows(asker, setting, 'ssoSetting.edit');
}

function allows(
  asker: Asker,
  setting: Parameters<typeof roleAtTargets>[1],
  permission: Permission,
): boolean {
  return roleAllows(roleAtTargets(asker, setting), permission);
}

/** Would the asker be Admin at a target where this mapping wins? For the lockout guard (R9). */
export function keepsAdmin(asker: Asker, mapping: GroupMapping): boolean {
  const { principal, portalRole } = asker;
  if (portalRole === 'admin' || principal.kind === 'recovery') return true;
  return mappedRole(mapping, principal.groups)?.role === 'admin';
}
