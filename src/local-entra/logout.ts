import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { html } from './html.ts';
import { sendPage } from './page.ts';
import { formOf, queryOf } from './parameters.ts';
import { isPostLogoutUri } from './redirect-uris.ts';
import { clearSessionCookie, sessionIdOf } from './session-cookie.ts';
import type { Parameters } from './parameters.ts';
import type { Tenant } from './tenant.ts';

type Addressed = { Params: { tenant: string } };

/**
 * `/{tenant}/oauth2/v2.0/logout`. With `logout_hint` one person is signed out, else everyone in this
 * browser. MSAL sends neither `client_id` nor `id_token_hint`, so any registered URI is returned to.
 */
export function registerLogout(app: FastifyInstance, tenant: Tenant): void {
  const path = '/:tenant/oauth2/v2.0/logout';
  app.get<Addressed>(path, (request, reply) =>
    logout(tenant, request, reply, queryOf(request.url)),
  );
  app.post<Addressed>(path, (request, reply) =>
    logout(tenant, request, reply, formOf(request.body)),
  );
}

async function logout(
  tenant: Tenant,
  request: FastifyRequest,
  reply: FastifyReply,
  sent: Parameters,
): Promise<FastifyReply> {
  const { sessions, people } = tenant;
  const id = sessionIdOf(request);
  await sessions.signOut(id, people.personHinted(sent.get('logout_hint') ?? '')?.oid);
  if (sessions.find(id) === undefined) clearSessionCookie(reply);
  const uri = sent.get('post_logout_redirect_uri');
  const state = sent.get('state');
  if (uri !== undefined && isPostLogoutUri(people.directory.applications, uri)) {
    const url = new URL(uri);
    if (state !== undefined) url.searchParams.set('state', state);
    return reply.redirect(url.href, 302);
  }
  return sendPage(reply, {
    title: 'Sign out',
    body: html`<h1>You signed out of your account</h1>
      <p>It’s a good idea to close all browser windows.</p>`,
  });
}
