import type { Directory, Group, Person } from './directory-types.ts';
import { partnerTenants } from './partner-tenants.ts';
import { registrationDefaults } from './registration-defaults.ts';

/**
 * Everyone and everything that local Entra knows: the tenant, its groups, its people and its
 * application registrations. Plain data, meant to be read and edited.
 *
 * Every person has the same password: `Gatehouse-demo-1`.
 */
export const demoPassword = 'Gatehouse-demo-1';

export const tenantId = '7c1f0d52-3a64-4b8e-9d17-0e5b6a2c4f10';

export const clientIds = {
  portal: '3a000000-0000-4000-8000-000000000001',
  plantSensors: '3a000000-0000-4000-8000-000000000002',
  organizationSignIn: '3a000000-0000-4000-8000-000000000003',
  organizationSignInNext: '3a000000-0000-4000-8000-000000000004',
};

export const groupIds = {
  administrators: '2b000000-0000-4000-8000-000000000001',
  securityAnalysts: '2b000000-0000-4000-8000-000000000002',
  readers: '2b000000-0000-4000-8000-000000000003',
  antwerpAdmins: '2b000000-0000-4000-8000-000000000011',
  antwerpAnalysts: '2b000000-0000-4000-8000-000000000012',
  antwerpReaders: '2b000000-0000-4000-8000-000000000013',
  antwerpShiftLeads: '2b000000-0000-4000-8000-000000000014',
  rotterdamAdmins: '2b000000-0000-4000-8000-000000000021',
  rotterdamAnalysts: '2b000000-0000-4000-8000-000000000022',
  rotterdamReaders: '2b000000-0000-4000-8000-000000000023',
  cyclingClub: '2b000000-0000-4000-8000-000000000091',
};

export const personIds = {
  ada: '1c000000-0000-4000-8000-000000000001',
  bram: '1c000000-0000-4000-8000-000000000002',
  chloe: '1c000000-0000-4000-8000-000000000003',
  dries: '1c000000-0000-4000-8000-000000000004',
  elif: '1c000000-0000-4000-8000-000000000005',
  finn: '1c000000-0000-4000-8000-000000000006',
  greta: '1c000000-0000-4000-8000-000000000007',
  hana: '1c000000-0000-4000-8000-000000000008',
  ivo: '1c000000-0000-4000-8000-000000000009',
  jonas: '1c000000-0000-4000-8000-00000000000a',
  karin: '1c000000-0000-4000-8000-00000000000b',
  lars: '1c000000-0000-4000-8000-00000000000c',
  mila: '1c000000-0000-4000-8000-00000000000d',
  noor: '1c000000-0000-4000-8000-00000000000e',
  otto: '1c000000-0000-4000-8000-00000000000f',
  pia: '1c000000-0000-4000-8000-000000000010',
  quinten: '1c000000-0000-4000-8000-000000000011',
  rosa: '1c000000-0000-4000-8000-000000000012',
};

const domain = 'contoso-plants.example';

const groups: Group[] = [
  { id: groupIds.administrators, displayName: 'Gatehouse Administrators' },
  { id: groupIds.securityAnalysts, displayName: 'Gatehouse Security Analysts' },
  { id: groupIds.readers, displayName: 'Gatehouse Readers' },
  { id: groupIds.antwerpAdmins, displayName: 'Antwerp OT Admins' },
  {
    id: groupIds.antwerpAnalysts,
    displayName: 'Antwerp OT Analysts',
    members: [groupIds.antwerpShiftLeads],
  },
  { id: groupIds.antwerpReaders, displayName: 'Antwerp OT Readers' },
  {
    id: groupIds.antwerpShiftLeads,
    displayName: 'Antwerp Shift Leads',
    description: 'Nested: a member of Antwerp OT Analysts',
  },
  { id: groupIds.rotterdamAdmins, displayName: 'Rotterdam OT Admins' },
  { id: groupIds.rotterdamAnalysts, displayName: 'Rotterdam OT Analysts' },
  { id: groupIds.rotterdamReaders, displayName: 'Rotterdam OT Readers' },
  { id: groupIds.cyclingClub, displayName: 'Cycling Club', description: 'Mapped to nothing' },
];

type Particulars = Partial<Omit<Person, 'oid' | 'givenName' | 'surname' | 'groups' | 'shows'>>;

/** A member with the usual names and address, and no MFA, unless the particulars say otherwise. */
function person(
  oid: string,
  displayName: string,
  shows: string,
  groups: string[],
  particulars: Particulars = {},
): Person {
  const [givenName = '', ...rest] = displayName.split(' ');
  const surname = rest.join(' ') || null;
  const local = displayName.toLowerCase().replaceAll(' ', '.').replaceAll('é', 'e');
  const upn = `${local}@${domain}`;
  const usual = { oid, givenName, surname, displayName, upn, mail: upn, groups, shows };
  return { ...usual, mfa: 'none', ...particulars };
}

const { administrators, securityAnalysts, readers } = groupIds;
const readOnly = [readers];

const people: Person[] = [
  person(personIds.ada, 'Ada Verhaegen', 'Administrator; approves MFA', [administrators], {
    mfa: 'required',
    entraAdministrator: true,
  }),
  person(personIds.bram, 'Bram Claes', 'Security analyst', [securityAnalysts]),
  person(personIds.chloe, 'Chloé Peeters', 'Read only', readOnly),
  person(personIds.dries, 'Dries Janssens', 'Admin of Antwerp only', [groupIds.antwerpAdmins]),
  person(personIds.elif, 'Elif Yilmaz', 'In two mapped groups: the higher wins', [
    readers,
    securityAnalysts,
  ]),
  person(personIds.finn, 'Finn Bakker', 'In no mapped group: refused', [groupIds.cyclingClub]),
  person(
    personIds.greta,
    'Greta Lindqvist',
    'In 250 groups, one of them mapped',
    [securityAnalysts],
    {
      extraGroupCount: 249,
    },
  ),
  person(personIds.hana, 'Hana', 'Has no last name', readOnly),
  person(personIds.ivo, 'Ivo Martens', 'Has no user principal name', readOnly, { upn: null }),
  person(personIds.jonas, 'Jonas Weber', 'Guest from another organisation', readOnly, {
    upn: `jonas.weber_partner.example#EXT#@${domain}`,
    mail: 'jonas.weber@partner.example',
    guest: true,
  }),
  person(personIds.karin, 'Karin Olsen', 'Security analyst; approves MFA', [securityAnalysts], {
    mfa: 'required',
  }),
  person(personIds.lars, 'Lars Nilsen', 'Declines MFA: the phone always says no', readOnly, {
    mfa: 'declined',
  }),
  person(personIds.mila, 'Mila Novak', 'Account disabled', readOnly, { disabled: true }),
  person(personIds.noor, 'Noor de Vries', 'Password expired', readOnly, { passwordExpired: true }),
  person(personIds.otto, 'Otto Brandt', 'Not assigned to the portal’s own application', readOnly),
  person(personIds.pia, 'Pia Rossi', 'Blocked by Conditional Access', readOnly, {
    blockedByConditionalAccess: true,
  }),
  person(personIds.quinten, 'Quinten Maes', 'In a nested group', [groupIds.antwerpShiftLeads]),
  person(personIds.rosa, 'Rosa van Dijk', 'Reads Rotterdam only', [groupIds.rotterdamReaders]),
];

const organizationSecrets = [
  {
    id: '3a000000-0000-4000-8000-0000000000f2',
    value: 'local-entra-secret-that-expired',
    expiresAt: '2025-01-31T00:00:00Z',
  },
  { id: '3a000000-0000-4000-8000-0000000000f3', value: 'local-entra-secret-that-is-valid' },
];

export interface RedirectUris {
  /** Of the portal's page. */
  spaRedirectUris?: string[];
  /** Of the sensors' sign-in pages. */
  sensorRedirectUris?: string[];
  /** Of the portal's server; absent, `/sign-in/callback` where the portal's page is. */
  webRedirectUris?: string[];
  /**
   * Of the portal's server; absent, `/sign-in/front-channel-logout` where the portal's page is. Unlike
   * a redirect URI's, its port counts.
   */
  frontChannelLogoutUrl?: string;
}

/**
 * The demo's directory. Entra ignores the port of a `http://localhost` redirect URI, and so does
 * local Entra: only another host or path needs other addresses than these.
 */
export function demoDirectory(uris: RedirectUris = {}): Directory {
  const spa = uris.spaRedirectUris ?? ['http://localhost:8080/redirect.html'];
  const sensors = uris.sensorRedirectUris ?? ['http://localhost:8090/_gatehouse/redirect.html'];
  const portal = new URL(spa[0] ?? 'http://localhost:8080').origin;
  const web = uris.webRedirectUris ?? [`${portal}/sign-in/callback`];
  const frontChannelLogoutUrl =
    uris.frontChannelLogoutUrl ?? `${portal}/sign-in/front-channel-logout`;
  const server = { redirectUris: { spa: [], web }, frontChannelLogoutUrl };
  return structuredClone({
    tenant: { id: tenantId, name: 'Contoso Plants', domain },
    groups,
    people,
    partnerTenants,
    applications: [
      {
        ...registrationDefaults,
        clientId: clientIds.portal,
        displayName: 'Gatehouse portal',
        redirectUris: { spa, web: [] },
        assignmentRequired: true,
        assigned: people.map(({ oid }) => oid).filter((oid) => oid !== personIds.otto),
        exposedScopes: ['access_as_user'],
      },
      {
        ...registrationDefaults,
        clientId: clientIds.plantSensors,
        displayName: 'Plant sensors',
        redirectUris: { spa: [...sensors, ...spa], web: [] },
        exposedScopes: ['access_as_user'],
      },
      {
        ...registrationDefaults,
        clientId: clientIds.organizationSignIn,
        ...server,
        displayName: 'Contoso Plants sign-in',
        multitenant: true,
        secrets: organizationSecrets,
      },
      {
        ...registrationDefaults,
        clientId: clientIds.organizationSignInNext,
        ...server,
        displayName: 'Contoso Plants sign-in (new)',
        secrets: [
          {
            id: '3a000000-0000-4000-8000-0000000000f4',
            value: 'local-entra-secret-of-the-new-one',
          },
        ],
        consentedGraphScopes: ['GroupMember.Read.All'],
      },
    ],
    authenticationContexts: [
      { id: 'c1', displayName: 'Change who may do what', everyTime: true },
      { id: 'c2', displayName: 'Signed in with MFA', everyTime: false },
    ],
  });
}
