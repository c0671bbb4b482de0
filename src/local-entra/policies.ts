import { AadstsError } from './aadsts.ts';
import type {
  Application,
  AuthenticationContext,
  Organization,
  Person,
} from '../demo/directory-types.ts';
import type { People } from './people.ts';
import type { Account } from './sessions.ts';

/**
 * Why this person gets no token for the application, whatever they prove. `addressed` is the tenant
 * that the client asked at, where it named one.
 */
export function refusalOf(
  people: People,
  person: Person,
  application: Application,
  addressed: Organization | undefined,
): AadstsError | undefined {
  const name = person.upn ?? person.mail ?? person.displayName;
  const { clientId, displayName } = application;
  const asked = application.multitenant === true ? addressed : people.directory;
  const { tenant } = people.organizationOf(person);
  if (asked !== undefined && asked.tenant.id !== tenant.id) {
    const provider = `https://sts.windows.net/${tenant.id}/`;
    const details = { name, provider, tenant: asked.tenant.name, clientId };
    return new AadstsError(50020, { ...details, application: displayName });
  }
  if (person.disabled === true) return new AadstsError(50057);
  if (person.passwordExpired === true) return new AadstsError(50055);
  if (!people.isAssigned(person, application)) {
    return new AadstsError(50105, { clientId, application: displayName, name });
  }
  if (person.blockedByConditionalAccess === true) return new AadstsError(53003);
  return undefined;
}

/** The sign-in frequency "every time" forgives this much, as Entra's does. */
const everyTimeTolerance = 5 * 60_000;

/** What a token is asked to be good for, and what was proved for it. */
export interface StrengthQuestion {
  person: Person;
  /** Authentication contexts asked for. */
  contexts: string[];
  account: Account;
  /** Contexts that the sign-in behind the token was made for. */
  satisfied: string[];
  now: number;
}

/** Is another MFA needed before a token may say that these contexts are satisfied? */
export function needsMfa(people: People, question: StrengthQuestion): boolean {
  const { person, contexts, account, satisfied, now } = question;
  const { mfaAt } = account;
  if (mfaAt === undefined) return person.mfa !== 'none' || contexts.length > 0;
  const recent = mfaAt + everyTimeTolerance > now;
  return everyTimeContexts(people, contexts).some(({ id }) => !recent || !satisfied.includes(id));
}

/** Those of the contexts that want an MFA made for them. */
export function everyTimeContexts(people: People, contexts: string[]): AuthenticationContext[] {
  return people.directory.authenticationContexts.filter(
    ({ id, everyTime }) => everyTime && contexts.includes(id),
  );
}

/** The refusal of a request that can't ask for MFA, with the claims to come back with. */
export function mfaNeeded(resource: string, contexts: string[]): AadstsError {
  const value = contexts.length === 1 ? { value: contexts[0] } : { values: contexts };
  const claims = { access_token: { acrs: { essential: true, ...value } } };
  return new AadstsError(
    50076,
    { resource },
    contexts.length > 0 ? JSON.stringify(claims) : undefined,
  );
}
