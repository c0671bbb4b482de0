import type { Group, Person } from '../demo/directory-types.ts';

/** A user with the properties that Graph gives by default. */
export function userEntity(person: Person): Record<string, unknown> {
  return {
    id: person.oid,
    displayName: person.displayName,
    givenName: person.givenName,
    surname: person.surname,
    userPrincipalName: person.upn,
    mail: person.mail ?? null,
    businessPhones: [],
    jobTitle: null,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
  };
}

/** A security group. */
export function groupEntity({ id, displayName, description }: Group): Record<string, unknown> {
  const kind = { securityEnabled: true, mailEnabled: false, groupTypes: [] };
  return {
    '@odata.type': '#microsoft.graph.group',
    id,
    displayName,
    description: description ?? null,
    ...kind,
  };
}

/** Without permission to read groups, Graph gives their ids and hides the rest. */
export function unnamedGroup({ id }: Group): Record<string, unknown> {
  const hidden = { displayName: null, description: null, securityEnabled: null };
  return { '@odata.type': '#microsoft.graph.group', id, ...hidden };
}
