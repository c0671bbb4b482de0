import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { html } from './html.ts';
import { sendPage } from './page.ts';
import { formOf, queryOf } from './parameters.ts';
import { RegistrationChangeError, registrationChange } from './registration-change.ts';
import { registrationPage } from './registration-page.ts';
import type { Tenant } from './tenant.ts';

type ById = { Params: { clientId: string } };

const outcomes = new Map([
  ['addRedirectUri', 'The redirect URI was added.'],
  ['setLogoutUrl', 'The front-channel logout URL was saved.'],
  ['addSecret', 'The secret was added.'],
  ['expireSecret', 'The secret has expired.'],
  ['removeSecret', 'The secret was removed.'],
  ['addCertificate', 'The certificate was added.'],
  ['removeCertificate', 'The certificate was removed.'],
]);

/**
 * `/applications/{clientId}`: what an administrator does at "App registrations". The token in its
 * forms keeps other sites from sending them, since nobody signs in here.
 */
export function registerRegistrations(app: FastifyInstance, tenant: Tenant): void {
  const { people, now } = tenant;
  const token = randomBytes(24).toString('base64url');

  const show = (
    reply: FastifyReply,
    clientId: string,
    { problem, done, status = 200 }: { problem?: string; done?: string; status?: number },
  ): FastifyReply => {
    const application = people.application(clientId);
    if (application === undefined) {
      const body = html`<h1>There is no such application</h1>`;
      return sendPage(reply, { title: 'Application', body }, 404);
    }
    const tenantId = people.directory.tenant.id;
    const view = { application, tenantId, token, problem, done, now: now() };
    return sendPage(reply, registrationPage(view), status);
  };

  app.get<ById>('/applications/:clientId', (request, reply) => {
    const done = outcomes.get(queryOf(request.url).get('done') ?? '');
    return show(reply, request.params.clientId, done === undefined ? {} : { done });
  });

  app.post<ById>('/applications/:clientId', (request, reply) => {
    const { clientId } = request.params;
    const sent = formOf(request.body);
    const application = people.application(clientId);
    if (application === undefined) return show(reply, clientId, {});
    if (sent.get('token') !== token) {
      const problem = 'Local Entra started anew since this page was loaded. Please try again.';
      return show(reply, clientId, { problem, status: 403 });
    }
    try {
      people.changeApplication(clientId, registrationChange(application, sent, now()));
    } catch (error) {
      if (!(error instanceof RegistrationChangeError)) throw error;
      return show(reply, clientId, { problem: error.message, status: 400 });
    }
    const done = sent.get('action') ?? '';
    return reply.redirect(`/applications/${application.clientId}?done=${done}`, 303);
  });
}
