import { demoPassword } from '../demo/directory.ts';
import { nextStep } from './sign-in-step.ts';
import type { Parameters } from './parameters.ts';
import type { Session } from './sessions.ts';
import type { SignIn } from './sign-ins.ts';
import type { Tenant } from './tenant.ts';

/** Takes in what the person did on a page. Returns false where they cancelled. */
export function takeForm(
  tenant: Tenant,
  signIn: SignIn,
  sent: Parameters,
  session: Session | undefined,
): boolean {
  delete signIn.problem;
  const { people, consents, now } = tenant;
  const step = nextStep(signIn, { people, consents, session, now: now() });
  switch (sent.get('action')) {
    case 'cancel':
      return false;
    case 'name':
      takeName(tenant, signIn, sent.get('name')?.trim());
      break;
    case 'person':
      choose(signIn, people.person(sent.get('oid') ?? '')?.oid);
      break;
    case 'another':
      choose(signIn, undefined);
      break;
    case 'password':
      if (step.kind === 'password')
        takePassword(tenant, signIn, step.person.oid, sent.get('password'));
      break;
    case 'askAgain':
      delete signIn.promptId;
      break;
    case 'consent':
      if (step.kind === 'consent') {
        signIn.consented = true;
        const { application } = signIn.request;
        if (step.forOrganization) {
          const organization = people.organizationOf(step.person);
          consents.giveForOrganization(organization, application, step.scopes);
        } else {
          consents.give(step.person, application, step.scopes);
        }
      }
      break;
    case 'stay':
    case 'dontStay':
      if (step.kind === 'staySignedIn') signIn.stay = sent.get('action') === 'stay';
      break;
    default:
  }
  return true;
}

function takeName({ people }: Tenant, signIn: SignIn, name: string | undefined): void {
  const person = people.personNamed(name ?? '');
  if (name !== undefined) signIn.typedName = name;
  if (person !== undefined) {
    choose(signIn, person.oid);
    return;
  }
  signIn.problem =
    name === undefined
      ? 'Enter a valid email address or user name.'
      : 'We couldn’t find an account with that username. (AADSTS50034)';
}

/** Whoever is chosen proves themselves anew: nothing carries over from the one before. */
function choose(signIn: SignIn, oid: string | undefined): void {
  delete signIn.passwordAt;
  delete signIn.mfaAt;
  delete signIn.promptId;
  delete signIn.consented;
  signIn.chooseAnother = oid === undefined;
  if (oid === undefined) delete signIn.oid;
  else signIn.oid = oid;
}

function takePassword(
  { now }: Tenant,
  signIn: SignIn,
  oid: string,
  password: string | undefined,
): void {
  if (password === demoPassword) {
    signIn.oid = oid;
    signIn.passwordAt = now();
    return;
  }
  signIn.problem =
    password === undefined
      ? 'Please enter your password.'
      : 'Your account or password is incorrect. If you don’t remember your password, reset it now. (AADSTS50126)';
}
