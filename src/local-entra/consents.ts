import type { Application, Organization, Person } from '../demo/directory-types.ts';
import type { People } from './people.ts';
import { openIdScopes } from './scopes.ts';

/** What people, and administrators for everyone in their tenant, have consented to. */
export interface Consents {
  /** All that holds for this person: their own consent, and their administrator's. */
  of: (person: Person, application: Application) => ReadonlySet<string>;
  give: (person: Person, application: Application, scopes: string[]) => void;
  giveForOrganization: (
    organization: Organization,
    application: Application,
    scopes: string[],
  ) => void;
}

/**
 * The home tenant's consent stands in the registration; there nobody is asked about OpenID scopes.
 * In another tenant an application is unknown until somebody consents to it.
 */
export function createConsents(people: People): Consents {
  const given = new Map<string, ReadonlySet<string>>();
  const key = (id: string, { clientId }: Application): string => `${id} ${clientId}`;
  const stored = (id: string, application: Application): ReadonlySet<string> =>
    given.get(key(id, application)) ?? new Set();
  const add = (id: string, application: Application, scopes: string[]): void =>
    void given.set(key(id, application), new Set([...stored(id, application), ...scopes]));
  const isHome = ({ tenant }: Organization): boolean => tenant.id === people.directory.tenant.id;

  return {
    of(person, application) {
      const organization = people.organizationOf(person);
      const everyone = isHome(organization)
        ? [...openIdScopes, ...application.consentedGraphScopes]
        : stored(organization.tenant.id, application);
      return new Set([...everyone, ...stored(person.oid, application)]);
    },
    give: ({ oid }, application, scopes) => add(oid, application, scopes),
    giveForOrganization(organization, application, scopes) {
      if (!isHome(organization)) {
        add(organization.tenant.id, application, scopes);
        return;
      }
      const graph = scopes.filter((name) => !openIdScopes.has(name));
      const consented = new Set([...application.consentedGraphScopes, ...graph]);
      people.changeApplication(application.clientId, { consentedGraphScopes: [...consented] });
    },
  };
}
