import { describe, expect, it } from 'vitest';
import { atLeast, type roles } from './role.ts';
import { sensorPermissionNames, sensorPermissions } from './sensor-permissions.ts';

const of = (role: (typeof roles)[number]) =>
  sensorPermissionNames.filter((name) => atLeast(role, sensorPermissions[name].role));

describe('what roles may do on a sensor', () => {
  it('grows with the role, and Admin may do all of it', () => {
    expect(of('admin')).toEqual(sensorPermissionNames);
    expect(of('securityAnalyst')).toEqual(expect.arrayContaining(of('readOnly')));
    expect(of('securityAnalyst').length).toBeGreaterThan(of('readOnly').length);
  });

  it('lets Read only view, and nothing else', () => {
    expect(of('readOnly').filter((name) => !name.startsWith('view'))).toEqual([]);
  });

  it('has names that fit into a header, and a label for each', () => {
    for (const name of sensorPermissionNames) expect(name).toMatch(/^[a-zA-Z]+$/u);
    const labels = sensorPermissionNames.map((name) => sensorPermissions[name].label);
    expect(new Set(labels).size).toBe(labels.length);
  });
});
