import { describe, expect, it } from 'vitest';
import { checkCandidate } from './check-candidate.ts';

const id = '7c1f0d52-3a64-4b8e-9d17-0e5b6a2c4f10';
const portalAccess = {
  admin: [{ id, displayName: null }],
  securityAnalyst: [],
  readOnly: [],
};
const draft = { tenantId: ` ${id} `, clientId: id, apiClientId: '', portalAccess };

describe('checkCandidate', () => {
  it('leaves the API’s client ID out where there is none', () => {
    expect(checkCandidate(draft)).toEqual({
      errors: {},
      body: { tenantId: id, clientId: id, portalAccess },
    });
  });

  it('names each field that is missing or wrong', () => {
    const { errors, body } = checkCandidate({
      tenantId: '',
      clientId: 'contoso',
      apiClientId: 'api://x',
      portalAccess: { ...portalAccess, admin: [] },
    });
    expect(Object.keys(errors)).toEqual(['tenantId', 'clientId', 'apiClientId', 'portalAccess']);
    expect(body).toBeNull();
  });
});
