import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { html } from './html.ts';
import { sendPage } from './page.ts';
import { formOf, queryOf } from './parameters.ts';
import { isPostLogoutUri } from './redirect-uris.ts';
import { clearSessionCookie, sessionIdOf } from './session-cookie.ts';
import type { Html } from './html.ts';
import type { Parameters } from './parameters.ts';
import type { Account } from './sessions.ts';
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
  const hinted = people.personHinted(sent.get('logout_hint') ?? '')?.oid;
  const leaving = (sessions.find(id)?.accounts ?? []).filter(
    ({ oid }) => hinted === undefined || oid === hinted,
  );
  await sessions.signOut(id, hinted);
  if (sessions.find(id) === undefined) clearSessionCookie(reply);
  const frames = await logoutUrls(tenant, leaving);
  const next = returnUrl(tenant, sent);
  if (frames.length === 0 && next !== undefined) return reply.redirect(next, 302);
  const body =
    next === undefined
      ? signedOut
      : html`<h1>Signing out</h1>
          ${wayOn(next)}`;
  return sendPage(reply, {
    title: 'Sign out',
    body: html`${body}${frames.map(frame)}`,
    frames: frames.map((url) => new URL(url).origin),
  });
}

const signedOut = html`<h1>You signed out of your account</h1>
  <p>It’s a good idea to close all browser windows.</p>`;

/** The script follows it once the frames have loaded; without one the person does. */
function wayOn(next: string): Html {
  return html`<p role="status">Signing you out of the applications you used.</p>
    <div class="actions"><a class="button" href="${next}" data-after-frames>Continue</a></div>`;
}

function frame(url: string): Html {
  return html`<iframe src="${url}" title="Signing out of an application" hidden></iframe>`;
}

/**
 * The front-channel logout URLs of what the sessions were used for. OpenID Connect Front-Channel
 * Logout 1.0 wants `iss` beside `sid`; Entra sends `sid` alone.
 */
async function logoutUrls(
  { people, applicationsUsed }: Tenant,
  leaving: Account[],
): Promise<string[]> {
  const urls: string[] = [];
  for (const { sid } of leaving) {
    for (const clientId of await applicationsUsed.take(sid)) {
      const { frontChannelLogoutUrl } = people.application(clientId) ?? {};
      if (frontChannelLogoutUrl === undefined) continue;
      const url = new URL(frontChannelLogoutUrl);
      url.searchParams.set('sid', sid);
      urls.push(url.href);
    }
  }
  return urls;
}

/** Where the application wants the person next, if that address is registered. */
function returnUrl({ people }: Tenant, sent: Parameters): string | undefined {
  const uri = sent.get('post_logout_redirect_uri');
  if (uri === undefined || !isPostLogoutUri(people.directory.applications, uri)) return undefined;
  const url = new URL(uri);
  const state = sent.get('state');
  if (state !== undefined) url.searchParams.set('state', state);
  return url.href;
}
