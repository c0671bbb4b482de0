import type { FastifyReply, FastifyRequest } from 'fastify';
import { AadstsError } from './aadsts.ts';
import { answer, answerControl, errorAnswer, sendAnswer } from './authorize-answer.ts';
import { html } from './html.ts';
import { sendPage } from './page.ts';
import { reportRefusal } from './refusal-report.ts';
import { refusalPage } from './refusal-page.ts';
import { sessionIdOf, setSessionCookie } from './session-cookie.ts';
import { newAccount } from './sessions.ts';
import {
  approvalPage,
  approvalTimedOutPage,
  askAgainForm,
  consentPage,
  namePage,
  passwordPage,
  staySignedInPage,
} from './sign-in-pages.ts';
import { writeScopes } from './scopes.ts';
import { nextStep } from './sign-in-step.ts';
import type { Person } from '../demo/directory-types.ts';
import type { SignIn } from './sign-ins.ts';
import type { Step } from './sign-in-step.ts';
import type { Html } from './html.ts';
import type { Page } from './page.ts';
import type { Tenant } from './tenant.ts';

/** Shows the page of the step that a sign-in is at, or completes it. */
export async function showStep(
  tenant: Tenant,
  signIn: SignIn,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { people, consents, phones, now } = tenant;
  if (phones.state(signIn.promptId) === 'approved') {
    signIn.mfaAt = now();
    delete signIn.promptId;
  }
  const session = tenant.sessions.find(sessionIdOf(request));
  const step = nextStep(signIn, { people, consents, session, now: now() });
  const organization = 'person' in step ? people.organizationOf(step.person) : people.directory;
  switch (step.kind) {
    case 'complete':
      return completeSignIn(tenant, signIn, step, request, reply);
    case 'name': {
      const signedIn = session?.accounts.map(({ oid }) => oid) ?? [];
      return sendPage(reply, namePage(people.organizations, signIn, signedIn));
    }
    case 'password':
      return sendPage(reply, passwordPage(organization, signIn, step.person));
    case 'mfa':
      return sendPage(reply, approval(tenant, signIn, step.person));
    case 'staySignedIn':
      return sendPage(reply, staySignedInPage(organization, signIn, step.person));
    case 'consent':
      return sendPage(
        reply,
        consentPage(organization, signIn, step.person, step.scopes, step.forOrganization),
      );
    case 'adminApproval':
      return sendPage(reply, refused(tenant, signIn, new AadstsError(90094)));
    default:
      return sendPage(reply, refused(tenant, signIn, step.error));
  }
}

/** Signs the person in at local Entra, and gives the application its code. */
export async function completeSignIn(
  tenant: Tenant,
  signIn: SignIn,
  { person, earlier }: Extract<Step, { kind: 'complete' }>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { sessions, signIns, codes, people, now } = tenant;
  const { mfaAt, passwordAt = now(), stay = false, request: asked } = signIn;
  const before = sessions.find(sessionIdOf(request))?.accounts;
  const account =
    earlier === undefined
      ? newAccount(person.oid, passwordAt, mfaAt, before)
      : { ...earlier, ...(mfaAt === undefined ? {} : { mfaAt }) };
  if (earlier === undefined || mfaAt !== undefined) {
    const id = await sessions.signIn(sessionIdOf(request), account, stay);
    setSessionCookie(reply, id, sessions.find(id)?.persistent === true);
  }
  signIns.end(signIn.id);
  const { id: tid } = people.organizationOf(person).tenant;
  if (asked.outcome === 'adminConsent') {
    const scope = writeScopes(asked.scopes);
    return sendAnswer(reply, answer(asked, { admin_consent: 'True', tenant: tid, scope }));
  }
  await tenant.applicationsUsed.note(account.sid, asked.application.clientId);
  const code = codes.issue({ request: asked, account, contexts: asked.claims.contexts });
  const clientInfo = Buffer.from(JSON.stringify({ uid: person.oid, utid: tid })).toString(
    'base64url',
  );
  const fields = { code, client_info: clientInfo, session_state: account.sid };
  return sendAnswer(reply, answer(asked, fields));
}

function approval(tenant: Tenant, signIn: SignIn, person: Person): Page {
  const { phones, people } = tenant;
  const organization = people.organizationOf(person);
  if (signIn.promptId === undefined) {
    signIn.promptId = phones.ask(person, signIn.request.application.displayName).id;
  }
  const state = phones.state(signIn.promptId);
  if (state === 'denied') {
    return refused(tenant, signIn, new AadstsError(500121), askAgainForm(signIn));
  }
  const prompt = phones.find(signIn.promptId);
  return state === 'timedOut' || prompt === undefined
    ? approvalTimedOutPage(organization, signIn, person)
    : approvalPage(organization, signIn, person, prompt);
}

/** The refusal's page, from which the person takes the error back to the application. */
function refused(tenant: Tenant, signIn: SignIn, error: AadstsError, again?: Html): Page {
  const { request } = signIn;
  const report = reportRefusal(error, request.correlationId, tenant.now());
  const back = answerControl(errorAnswer(request, error, report, tenant.origin));
  const another = html`<form method="post" action="/${signIn.tenant}/login">
    <input type="hidden" name="ctx" value="${signIn.id}" />
    <button name="action" value="another">Sign in with another account</button>
  </form>`;
  return refusalPage(report, html`${another}${again}${back}`);
}
