import type {
  Application,
  Directory,
  Group,
  Organization,
  Person,
} from '../demo/directory-types.ts';

/** What may be changed of a person while local Entra runs. */
export type PersonChange = Partial<
  Omit<Person, 'oid' | 'guest' | 'extraGroupCount' | 'mail'> & {
    /** Undefined takes it away. */
    mail: string | undefined;
  }
>;

/** What may be changed of an application registration while local Entra runs. */
export type ApplicationChange = Partial<
  Omit<Application, 'clientId' | 'frontChannelLogoutUrl'> & {
    /** Undefined takes it away. */
    frontChannelLogoutUrl: string | undefined;
  }
>;

/** The directory as it is now, and the questions that the endpoints ask of it. */
export interface People {
  readonly directory: Directory;
  /** The home tenant, and those of other organisations. */
  readonly organizations: readonly Organization[];
  /** By the tenant's id or domain, whatever the case. */
  organizationNamed: (name: string) => Organization | undefined;
  /** The tenant that the person is in. */
  organizationOf: (person: Person) => Organization;
  person: (oid: string) => Person | undefined;
  /**
   * By user principal name, whatever the case; or by mail address in the home tenant. Another's
   * administrator may have set any address.
   */
  personNamed: (name: string) => Person | undefined;
  /** By a login hint: a name, or the opaque `login_hint` claim of an earlier id token. */
  personHinted: (hint: string) => Person | undefined;
  application: (clientId: string) => Application | undefined;
  /** Every group of the person's, nested ones included. */
  groupsOf: (person: Person) => Group[];
  /**
   * May this person use the application? Nested groups don't count, as in Entra. Whom other tenants
   * assign is theirs to say: nobody is required to be there.
   */
  isAssigned: (person: Person, application: Application) => boolean;
  /** Milliseconds before which the person's sessions and refresh tokens are void. */
  tokensValidFrom: (oid: string) => number;
  revoke: (oid: string, now: number) => void;
  /** To the home tenant. */
  addPerson: (person: Person) => void;
  changePerson: (oid: string, change: PersonChange) => void;
  changeApplication: (clientId: string, change: ApplicationChange) => void;
}

export function createPeople(source: Directory): People {
  const directory = withGeneratedGroups(structuredClone(source));
  const validFrom = new Map<string, number>();
  const organizations: readonly Organization[] = [directory, ...directory.partnerTenants];
  const everyone = (): Person[] => organizations.flatMap(({ people }) => people);
  const person = (oid: string): Person | undefined =>
    everyone().find((each) => same(each.oid, oid));
  const organizationOf = ({ oid }: Person): Organization =>
    organizations.find(({ people }) => people.some((each) => each.oid === oid)) ?? directory;
  const personNamed = (name: string): Person | undefined =>
    name === ''
      ? undefined
      : (everyone().find(({ upn }) => same(upn ?? '', name)) ??
        directory.people.find(({ mail }) => same(mail ?? '', name)));
  const application = (clientId: string): Application | undefined =>
    directory.applications.find((each) => same(each.clientId, clientId));

  return {
    directory,
    organizations,
    organizationOf,
    organizationNamed: (name) =>
      organizations.find(({ tenant }) => same(tenant.id, name) || same(tenant.domain, name)),
    person,
    application,
    personNamed,
    personHinted: (hint) =>
      hint.startsWith('O.') ? person(fromLoginHint(hint)) : personNamed(hint),
    groupsOf(of) {
      const { groups } = organizationOf(of);
      return [...closure(of.groups, groups)].flatMap(
        (id) => groups.find((group) => same(group.id, id)) ?? [],
      );
    },
    isAssigned: (person, { assignmentRequired, assigned = [] }) =>
      assignmentRequired !== true ||
      organizationOf(person) !== directory ||
      assigned.some((id) => same(id, person.oid) || person.groups.some((each) => same(each, id))),
    tokensValidFrom: (oid) => validFrom.get(oid.toLowerCase()) ?? 0,
    revoke: (oid, now) => void validFrom.set(oid.toLowerCase(), now),
    addPerson: (added) => void directory.people.push(structuredClone(added)),
    changePerson: (oid, change) => void Object.assign(known(person(oid), oid), change),
    changeApplication: (id, change) => void Object.assign(known(application(id), id), change),
  };
}

/** Group ids, and those of the groups that they are members of, lower-cased. */
function closure(direct: string[], groups: Group[]): Set<string> {
  const reached = new Set(direct.map((id) => id.toLowerCase()));
  for (const id of reached) {
    for (const parent of groups) {
      if (parent.members?.some((member) => same(member, id))) reached.add(parent.id.toLowerCase());
    }
  }
  return reached;
}

/** Makes up the groups of those who are in very many: the same ids at every start. */
function withGeneratedGroups(directory: Directory): Directory {
  const most = Math.max(0, ...directory.people.map(({ extraGroupCount = 0 }) => extraGroupCount));
  const generated = Array.from({ length: most }, (_, index) => ({
    id: `2b000000-0000-4000-9000-${String(index + 1).padStart(12, '0')}`,
    displayName: `Work order team ${String(index + 1).padStart(3, '0')}`,
  }));
  for (const person of directory.people) {
    const ids = generated.slice(0, person.extraGroupCount ?? 0).map(({ id }) => id);
    person.groups = [...person.groups, ...ids];
  }
  return { ...directory, groups: [...directory.groups, ...generated] };
}

/** The opaque `login_hint` claim, which stands for a person. */
export function toLoginHint(oid: string): string {
  return `O.${Buffer.from(oid).toString('base64url')}`;
}

function fromLoginHint(hint: string): string {
  return Buffer.from(hint.slice(2), 'base64url').toString();
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function known<T>(value: T | undefined, id: string): T {
  if (value === undefined) throw new UnknownObjectError(id);
  return value;
}

/** No person or application has this id. */
export class UnknownObjectError extends Error {
  readonly code = 'UNKNOWN_OBJECT';
  constructor(id: string) {
    super(`There is nothing with the id ${id} in this directory.`);
    this.name = 'UnknownObjectError';
  }
}
