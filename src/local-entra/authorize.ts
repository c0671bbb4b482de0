import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AadstsError } from './aadsts.ts';
import { readAdminConsentRequest } from './admin-consent-request.ts';
import { errorAnswer, sendAnswer } from './authorize-answer.ts';
import { readAuthorizeRequest, readReturnAddress } from './authorize-request.ts';
import { sendPage } from './page.ts';
import { formOf, queryOf } from './parameters.ts';
import { correlationIdOf, reportRefusal } from './refusal-report.ts';
import { refusalPage } from './refusal-page.ts';
import { sessionIdOf } from './session-cookie.ts';
import { takeForm } from './sign-in-forms.ts';
import { nextStep, silentRefusal } from './sign-in-step.ts';
import { completeSignIn, showStep } from './sign-in-progress.ts';
import { organizationAddressed } from './tenant.ts';
import type { ReturnAddress } from './authorize-request.ts';
import type { Parameters } from './parameters.ts';
import type { Tenant } from './tenant.ts';

type Addressed = { Params: { tenant: string } };

/** The authorization endpoint, and the pages that a sign-in goes through. */
export function registerAuthorize(app: FastifyInstance, tenant: Tenant): void {
  const authorize = (request: FastifyRequest<Addressed>, reply: FastifyReply, sent: Parameters) =>
    beginSignIn(tenant, request, reply, sent, readAuthorizeRequest);
  app.get<Addressed>('/:tenant/oauth2/v2.0/authorize', (request, reply) =>
    authorize(request, reply, queryOf(request.url)),
  );
  app.post<Addressed>('/:tenant/oauth2/v2.0/authorize', (request, reply) =>
    authorize(request, reply, formOf(request.body)),
  );
  for (const path of ['/:tenant/v2.0/adminconsent', '/:tenant/adminconsent']) {
    app.get<Addressed>(path, (request, reply) =>
      beginSignIn(tenant, request, reply, queryOf(request.url), readAdminConsentRequest),
    );
  }

  app.get<Addressed>('/:tenant/reprocess', (request, reply) => {
    const signIn = tenant.signIns.find(queryOf(request.url).get('ctx'));
    if (signIn === undefined) return expired(tenant, reply);
    return showStep(tenant, signIn, request, reply);
  });

  app.post<Addressed>('/:tenant/login', (request, reply) => {
    const sent = formOf(request.body);
    const signIn = tenant.signIns.find(sent.get('ctx'));
    if (signIn === undefined) return expired(tenant, reply);
    const session = tenant.sessions.find(sessionIdOf(request));
    if (takeForm(tenant, signIn, sent, session)) {
      return reply.redirect(`/${signIn.tenant}/reprocess?ctx=${signIn.id}`, 303);
    }
    tenant.signIns.end(signIn.id);
    return refuseToApplication(
      tenant,
      reply,
      signIn.request,
      new AadstsError(65004),
      signIn.request.correlationId,
    );
  });

  app.get<Addressed>('/:tenant/approval', (request, reply) => {
    const signIn = tenant.signIns.find(queryOf(request.url).get('ctx'));
    return reply.type('text/plain').send(tenant.phones.state(signIn?.promptId));
  });
}

async function beginSignIn(
  tenant: Tenant,
  request: FastifyRequest<Addressed>,
  reply: FastifyReply,
  sent: Parameters,
  readRequest: typeof readAuthorizeRequest,
): Promise<FastifyReply> {
  const correlationId = correlationIdOf(sent, request.headers['client-request-id']);
  let address: ReturnAddress;
  try {
    const organization = organizationAddressed(tenant, request.params.tenant);
    address = readReturnAddress(tenant.people, organization, sent);
  } catch (error) {
    return refuseOnPage(tenant, reply, error, correlationId);
  }
  try {
    const read = readRequest(tenant.people, address, sent, correlationId);
    const signIn = tenant.signIns.start(request.params.tenant, read);
    const session = tenant.sessions.find(sessionIdOf(request));
    const { people, consents, now } = tenant;
    const step = nextStep(signIn, { people, consents, session, now: now() });
    if (step.kind === 'complete') return await completeSignIn(tenant, signIn, step, request, reply);
    if (read.prompt === 'none') {
      tenant.signIns.end(signIn.id);
      throw silentRefusal(step, signIn, session);
    }
    return await reply.redirect(`/${signIn.tenant}/reprocess?ctx=${signIn.id}`, 302);
  } catch (error) {
    return refuseToApplication(tenant, reply, address, error, correlationId);
  }
}

function refuseOnPage(
  tenant: Tenant,
  reply: FastifyReply,
  error: unknown,
  correlationId: string,
): FastifyReply {
  if (!(error instanceof AadstsError)) throw error;
  return sendPage(reply, refusalPage(reportRefusal(error, correlationId, tenant.now())), 400);
}

function refuseToApplication(
  tenant: Tenant,
  reply: FastifyReply,
  address: ReturnAddress,
  error: unknown,
  correlationId: string,
): FastifyReply {
  if (!(error instanceof AadstsError)) throw error;
  const report = reportRefusal(error, correlationId, tenant.now());
  return sendAnswer(reply, errorAnswer(address, error, report, tenant.origin));
}

function expired(tenant: Tenant, reply: FastifyReply): FastifyReply {
  return refuseOnPage(tenant, reply, new AadstsError(50089), correlationIdOf(new Map()));
}
