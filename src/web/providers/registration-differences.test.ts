import { describe, expect, it } from 'vitest';
import { newDraft } from './provider-draft.ts';
import { registrationDifferences } from './registration-differences.ts';

describe('registrationDifferences', () => {
  const web = { ...newDraft('web'), tenantId: 'T', clientId: 'c' };

  it('finds none where only spaces and case differ', () => {
    expect(registrationDifferences(web, { ...web, tenantId: ' t ', clientId: 'C' })).toEqual([]);
  });

  it('names what differs, both ways', () => {
    const edited = { ...web, tenantId: '', multitenant: true, usesGroups: false };
    expect(registrationDifferences(web, edited)).toEqual([
      { label: 'Tenant ID', one: 't', other: 'Pinned by the verification' },
      { label: 'Accounts', one: 'This organization only', other: 'Any organization (multitenant)' },
      { label: 'Groups give roles', one: 'Yes', other: 'No' },
    ]);
  });

  it('takes the client ID for the API’s where that is empty', () => {
    const spa = { ...newDraft('spa'), clientId: 'c' };
    expect(registrationDifferences(spa, { ...spa, apiClientId: 'c' })).toEqual([]);
  });
});
