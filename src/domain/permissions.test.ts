import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maybeRole } from '../testing/domain-arbitraries.ts';
import { allowedSomewhere, permissionNames, permissions, roleAllows } from './permissions.ts';
import { atLeast } from './role.ts';

const permission = fc.constantFrom(...permissionNames);

describe('R10: what roles allow', () => {
  it('never shrinks with a higher role', () => {
    fc.assert(
      fc.property(maybeRole, maybeRole, permission, (role, other, name) => {
        if (other !== null && atLeast(role, other) && roleAllows(other, name)) {
          expect(roleAllows(role, name)).toBe(true);
        }
      }),
    );
  });

  it('is nothing without a role', () => {
    for (const name of permissionNames) {
      expect(allowedSomewhere({ portalRole: null, highestTargetRole: null }, name)).toBe(false);
    }
  });

  it('counts the portal role alone where the scope is the portal', () => {
    fc.assert(
      fc.property(maybeRole, maybeRole, permission, (portalRole, highestTargetRole, name) => {
        const allowed = allowedSomewhere({ portalRole, highestTargetRole }, name);
        const byPortal = roleAllows(portalRole, name);
        if (permissions[name].scope === 'portal') expect(allowed).toBe(byPortal);
        else expect(allowed).toBe(byPortal || roleAllows(highestTargetRole, name));
      }),
    );
  });

  it('lets Security analysts see settings and activity and edit nothing, and Read only neither', () => {
    const allowed = (role: 'securityAnalyst' | 'readOnly') =>
      permissionNames.filter((name) => roleAllows(role, name));
    expect(allowed('readOnly')).toEqual(['inventory.view']);
    expect(allowed('securityAnalyst')).toEqual([
      'inventory.view',
      'ssoSetting.view',
      'gate.view',
      'session.view',
      'activity.view',
      'portalAccess.view',
      'security.view',
    ]);
  });
});
