import { describe, expect, it } from 'vitest';
import { allowedSomewhere, type HeldRoles } from '../../domain/permissions.ts';
import { visibleSections } from './navigation-entries.tsx';

function labels(held: HeldRoles): string[] {
  return visibleSections((permission) => allowedSomewhere(held, permission)).flatMap((section) =>
    section.entries.map((entry) => entry.label),
  );
}

describe('visibleSections', () => {
  it('shows an Admin everything', () => {
    expect(labels({ portalRole: 'admin', highestTargetRole: null })).toContain('Single Sign-On');
    expect(labels({ portalRole: 'admin', highestTargetRole: null })).toContain('Security');
  });

  it('shows an analyst settings and activity, but not providers', () => {
    const shown = labels({ portalRole: 'securityAnalyst', highestTargetRole: null });
    expect(shown).toEqual(expect.arrayContaining(['Sensor settings', 'Audit', 'Portal access']));
    expect(shown).not.toContain('Single Sign-On');
  });

  it('shows sessions, but no security settings, to an analyst of a site', () => {
    const shown = labels({ portalRole: null, highestTargetRole: 'securityAnalyst' });
    expect(shown).toContain('Sessions');
    expect(shown).not.toContain('Security');
  });

  it('shows a reader the inventory, their own access and their own sessions', () => {
    expect(labels({ portalRole: null, highestTargetRole: 'readOnly' })).toEqual([
      'Overview',
      'Sites',
      'Sensors',
      'My access',
      'Sessions',
      'Troubleshooting',
    ]);
  });
});
