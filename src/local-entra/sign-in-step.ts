import { AadstsError } from './aadsts.ts';
import { everyTimeContexts, mfaNeeded, refusalOf } from './policies.ts';
import { consentNeeded } from './scopes.ts';
import type { Person } from '../demo/directory-types.ts';
import type { Consents } from './consents.ts';
import type { People } from './people.ts';
import type { Account, Session } from './sessions.ts';
import type { SignIn } from './sign-ins.ts';

/** What a sign-in needs next. */
export type Step =
  | { kind: 'name' }
  | { kind: 'password'; person: Person }
  | { kind: 'refused'; error: AadstsError }
  | { kind: 'mfa'; person: Person }
  | { kind: 'consent'; person: Person; scopes: string[]; forOrganization: boolean }
  | { kind: 'adminApproval'; person: Person; scopes: string[] }
  | { kind: 'staySignedIn'; person: Person }
  | { kind: 'complete'; person: Person; earlier: Account | undefined };

export interface SignInFacts {
  people: People;
  consents: Consents;
  session: Session | undefined;
  now: number;
}

/** Decides the next step from what the pages have gathered and who is signed in already. */
export function nextStep(signIn: SignIn, facts: SignInFacts): Step {
  const { people, session } = facts;
  const { request } = signIn;
  const accounts = (session?.accounts ?? []).filter(
    ({ oid, authTime }) => authTime >= people.tokensValidFrom(oid),
  );
  const person = chosenPerson(signIn, people, accounts);
  if (person === undefined) return { kind: 'name' };
  const account = accounts.find(({ oid }) => oid === person.oid);
  const earlier =
    account !== undefined && stillGood(account, signIn, facts.now) ? account : undefined;
  if (signIn.passwordAt === undefined && earlier === undefined) return { kind: 'password', person };
  const error = refusalOf(people, person, request.application, request.organization);
  if (error !== undefined) return { kind: 'refused', error };
  if (needsMfaNow(signIn, person, earlier, people)) return { kind: 'mfa', person };
  return (
    consentStep(signIn, person, facts) ??
    (signIn.passwordAt !== undefined && signIn.stay === undefined
      ? { kind: 'staySignedIn', person }
      : {
          kind: 'complete',
          person,
          earlier: signIn.passwordAt === undefined ? earlier : undefined,
        })
  );
}

/** The error that a silent request (`prompt=none`) gets where a step needs the person. */
export function silentRefusal(
  step: Step,
  signIn: SignIn,
  session: Session | undefined,
): AadstsError {
  const { application, claims } = signIn.request;
  const details = { application: application.displayName, clientId: application.clientId };
  switch (step.kind) {
    case 'refused':
      return step.error;
    case 'mfa':
      return mfaNeeded(application.clientId, claims.contexts);
    case 'consent':
    case 'adminApproval':
      return new AadstsError(65001, details);
    case 'name':
      return new AadstsError((session?.accounts.length ?? 0) > 1 ? 16000 : 50058);
    default:
      return new AadstsError(50058);
  }
}

function chosenPerson(signIn: SignIn, people: People, accounts: Account[]): Person | undefined {
  const { oid, chooseAnother, request } = signIn;
  if (oid !== undefined) return people.person(oid);
  if (chooseAnother === true || request.prompt === 'select_account') return undefined;
  const { loginHint, sid } = request;
  const bySid = accounts.find((account) => account.sid === sid);
  if (bySid !== undefined) return people.person(bySid.oid);
  if (loginHint !== undefined) return people.personHinted(loginHint);
  const [only, ...others] = accounts;
  if (only === undefined || others.length > 0 || request.prompt === 'login') return undefined;
  return people.person(only.oid);
}

function stillGood(account: Account, { request }: SignIn, now: number): boolean {
  const { prompt, maxAge } = request;
  return prompt !== 'login' && (maxAge === undefined || account.authTime + maxAge * 1000 >= now);
}

function needsMfaNow(
  signIn: SignIn,
  person: Person,
  earlier: Account | undefined,
  people: People,
): boolean {
  const { contexts } = signIn.request.claims;
  if (signIn.mfaAt !== undefined) return false;
  if (person.mfa === 'none' && contexts.length === 0) return false;
  const before = signIn.passwordAt === undefined ? earlier?.mfaAt : undefined;
  return before === undefined || everyTimeContexts(people, contexts).length > 0;
}

function consentStep(signIn: SignIn, person: Person, facts: SignInFacts): Step | undefined {
  if (signIn.consented === true) return undefined;
  const { application, scopes, prompt } = signIn.request;
  const consented = facts.consents.of(person, application);
  const { byPerson, byAdministrator } = consentNeeded(scopes, consented);
  const administrator = person.entraAdministrator === true;
  if ((byAdministrator.length > 0 || prompt === 'admin_consent') && !administrator) {
    return { kind: 'adminApproval', person, scopes: byAdministrator };
  }
  const missing = [...byPerson, ...byAdministrator];
  if (missing.length === 0 && prompt !== 'consent' && prompt !== 'admin_consent') return undefined;
  const shown = missing.length > 0 ? missing : [...scopes.openId, ...scopes.scopes];
  return { kind: 'consent', person, scopes: shown, forOrganization: administrator };
}
