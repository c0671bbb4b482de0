import { describe, expect, it } from 'vitest';
import { fieldValue } from './field-values.ts';

describe('fieldValue', () => {
  it.each([
    ['role', 'securityAnalyst', 'Security analyst'],
    ['registration.type', 'web', 'Web application (client secret)'],
    ['status', 'standby', 'Stands by'],
    ['failed', 'credential\nconsent', 'Secret accepted\nConsent'],
    ['registration.multitenant', 'true', 'Yes'],
    ['name', 'standby', 'standby'],
    ['status', 'constructor', 'constructor'],
  ])('tells %s %j as %j', (path, value, told) => {
    expect(fieldValue(path, value)).toBe(told);
  });

  it('tells a time by the reader’s clock', () => {
    const at = '2026-11-29T11:42:03.847Z';
    const told = fieldValue('invitationExpiresAt', at);
    expect(told).not.toBe(at);
    expect(told).toContain('2026');
  });

  it('tells nothing as nothing', () => {
    expect(fieldValue('role', null)).toBeNull();
  });
});
