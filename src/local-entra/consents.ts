import type { Application, Person } from '../demo/directory.ts';

/** What people have consented to for themselves, apart from what an administrator consented to. */
export interface Consents {
  of: (person: Person, application: Application) => ReadonlySet<string>;
  give: (person: Person, application: Application, scopes: string[]) => void;
}

export function createConsents(): Consents {
  const consents = new Map<string, ReadonlySet<string>>();
  const key = ({ oid }: Person, { clientId }: Application): string => `${oid} ${clientId}`;
  const of = (person: Person, application: Application): ReadonlySet<string> =>
    consents.get(key(person, application)) ?? new Set();
  return {
    of,
    give(person, application, scopes) {
      consents.set(key(person, application), new Set([...of(person, application), ...scopes]));
    },
  };
}
