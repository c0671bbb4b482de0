import type { Organization, Person } from './directory-types.ts';

export const partnerTenantId = '9e4b7a31-5c28-4f06-a8d3-6b1f0c92e745';

export const partnerPersonIds = {
  stijn: '4d000000-0000-4000-8000-000000000001',
  mara: '4d000000-0000-4000-8000-000000000002',
  tessa: '4d000000-0000-4000-8000-000000000003',
};

const domain = 'fabrikam-services.example';
const engineers = '4b000000-0000-4000-8000-000000000001';

/** Another organisation, whose people are strangers to the home tenant. */
const fabrikam: Organization = {
  tenant: { id: partnerTenantId, name: 'Fabrikam Services', domain },
  groups: [{ id: engineers, displayName: 'Fabrikam Field Engineers' }],
  people: [
    person(partnerPersonIds.stijn, 'Stijn', 'Vos', 'Of another organisation'),
    {
      ...person(partnerPersonIds.mara, 'Mara', 'Lund', 'Claims Ada’s address: not verified'),
      mail: 'ada.verhaegen@contoso-plants.example',
    },
    {
      ...person(partnerPersonIds.tessa, 'Tessa', 'Kuipers', 'Administrator of Fabrikam’s Entra'),
      entraAdministrator: true,
    },
  ],
};

export const partnerTenants: Organization[] = [fabrikam];

function person(oid: string, givenName: string, surname: string, shows: string): Person {
  const upn = `${givenName}.${surname}@${domain}`.toLowerCase();
  const names = { givenName, surname, displayName: `${givenName} ${surname}`, upn, mail: upn };
  return { oid, ...names, groups: [engineers], mfa: 'none', shows };
}
