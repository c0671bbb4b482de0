import { atLeast, type Role } from './role.ts';

/**
 * What a role allows in the portal. `target`: counts where the person has the role (their portal
 * role, or the role that a setting gives there). `portal`: only the portal role counts (R10).
 */
export const permissions = {
  'inventory.view': { label: 'View sites, zones and sensors', scope: 'target', role: 'readOnly' },
  'inventory.import': { label: 'Import the sensor inventory', scope: 'portal', role: 'admin' },
  'ssoSetting.view': { label: 'View SSO settings', scope: 'target', role: 'securityAnalyst' },
  'ssoSetting.edit': { label: 'Create and change SSO settings', scope: 'target', role: 'admin' },
  'gate.view': {
    label: 'View gates and what they report',
    scope: 'target',
    role: 'securityAnalyst',
  },
  'gate.enrol': { label: 'Enrol, revoke and rotate gates', scope: 'target', role: 'admin' },
  'session.view': { label: 'View sessions at gates', scope: 'target', role: 'securityAnalyst' },
  'session.end': { label: 'End sessions at gates', scope: 'target', role: 'admin' },
  'activity.view': { label: 'View sign-ins and changes', scope: 'target', role: 'securityAnalyst' },
  'portalAccess.view': { label: 'View portal access', scope: 'portal', role: 'securityAnalyst' },
  'portalAccess.edit': { label: 'Change portal access', scope: 'portal', role: 'admin' },
  'provider.view': { label: 'View sign-in providers', scope: 'portal', role: 'admin' },
  'provider.edit': { label: 'Change sign-in providers', scope: 'portal', role: 'admin' },
  'user.view': { label: 'View portal users', scope: 'portal', role: 'admin' },
  'user.edit': { label: 'Invite and change portal users', scope: 'portal', role: 'admin' },
  'security.view': { label: 'View security settings', scope: 'portal', role: 'securityAnalyst' },
  'security.edit': { label: 'Change security settings', scope: 'portal', role: 'admin' },
} as const satisfies Record<string, { label: string; scope: 'target' | 'portal'; role: Role }>;

export type Permission = keyof typeof permissions;

export const permissionNames = Object.keys(permissions) as readonly Permission[];

/** The roles that a person has, as far as permissions need them. */
export interface HeldRoles {
  readonly portalRole: Role | null;
  /** The highest role that SSO settings give anywhere. */
  readonly highestTargetRole: Role | null;
}

/** May this role do that, where the role counts? */
export function roleAllows(role: Role | null, permission: Permission): boolean {
  return atLeast(role, permissions[permission].role);
}

/**
 * May the person do that somewhere at all? For `target` permissions the server asks again at each
 * target; for `portal` ones this is the whole answer.
 */
export function allowedSomewhere(held: HeldRoles, permission: Permission): boolean {
  if (roleAllows(held.portalRole, permission)) return true;
  return (
    permissions[permission].scope === 'target' && roleAllows(held.highestTargetRole, permission)
  );
}
