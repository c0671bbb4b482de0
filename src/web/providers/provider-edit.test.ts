import { describe, expect, it } from 'vitest';
import { emptyMapping } from '../../domain/group-mapping.ts';
import { changeOf, refusedAccess } from './provider-edit.ts';
import { newDraft } from './provider-draft.ts';

const id = '7c1f0d52-3a64-4b8e-9d17-0e5b6a2c4f10';
const draft = { ...newDraft('spa'), tenantId: id, clientId: id };
const admin = [{ id, displayName: null }];

describe('changeOf', () => {
  it('sends portal access only where some comes with the provider', () => {
    expect(changeOf({ draft, portalAccess: null })).not.toHaveProperty('portalAccess');
    const portalAccess = { ...emptyMapping, admin };
    expect(changeOf({ draft, portalAccess })).toMatchObject({ portalAccess });
  });

  it('sends nothing that would leave nobody to administer the portal', () => {
    expect(changeOf({ draft, portalAccess: emptyMapping })).toBeNull();
    expect(changeOf({ draft: newDraft('spa'), portalAccess: null })).toBeNull();
  });
});

describe('refusedAccess', () => {
  it('finds the message wherever it is below portal access', () => {
    const errors = [{ path: '/portalAccess/admin/0/id', message: 'must be a GUID' }];
    expect(refusedAccess(errors)).toBe('It must be a GUID.');
    expect(refusedAccess([])).toBeUndefined();
  });
});
