// A provider for sign-ins by a web application, in the benchmark's own process, and the portal that
// has it as an active one: entered and verified as an administrator does.
import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { groupIds } from '../dist/demo/directory.js';
import { startIssuer } from './issuer.js';
import { administration } from './portal.js';

const groups = [groupIds.administrators];

/** The issuer, with a token endpoint. `codeOf(url)` stands in for the browser at the sign-in pages. */
export async function startWebProvider() {
  const nonces = new Map();
  const issuer = await startIssuer((request, response) => {
    void answer(request).then(([status, body]) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  });

  async function answer(request) {
    if (request.url !== `/${issuer.tenantId}/oauth2/v2.0/token`) return [404, {}];
    const code = new URLSearchParams(await text(request)).get('code');
    const nonce = nonces.get(code);
    if (!nonces.delete(code)) return [400, { error: 'invalid_grant' }];
    return [
      200,
      {
        token_type: 'Bearer',
        scope: 'openid profile email offline_access User.Read',
        expires_in: 3600,
        access_token: randomUUID(),
        refresh_token: randomUUID(),
        id_token: await issuer.signed({ nonce, groups, email: 'bench@example.com' }),
      },
    ];
  }

  function codeFor(nonce) {
    const code = randomUUID();
    nonces.set(code, nonce);
    return code;
  }

  return {
    ...issuer,
    adminToken: () => issuer.token(groups),
    codeFor,
    tokenUrl: `${issuer.origin}/${issuer.tenantId}/oauth2/v2.0/token`,
    /** Where the browser is sent back to, from the address that it was sent to. */
    callbackOf(url) {
      const asked = new URL(url).searchParams;
      const code = codeFor(asked.get('nonce'));
      const query = new URLSearchParams({ code, state: asked.get('state') });
      return `/sign-in/callback?${query}`;
    },
  };
}

/** Enters the provider and verifies it; resolves with its id. */
export async function activateWebProvider(portal, provider) {
  const admin = administration(portal, await provider.adminToken());
  const registration = {
    type: 'web',
    name: 'Bench',
    tenantId: provider.tenantId,
    multitenant: false,
    clientId: provider.clientId,
    usesGroups: true,
  };
  const expiresAt = new Date(Date.now() + 86_400_000 * 365).toISOString();
  const credential = { kind: 'secret', value: 'secret-of-the-benchmark', expiresAt };
  const { id } = await admin('POST', '/providers', { body: { registration, credential } });
  const begun = await send(portal, {
    method: 'POST',
    path: `/api/v1/providers/${id}/verification`,
    headers: { authorization: `Bearer ${await provider.adminToken()}` },
    body: {},
  });
  const headers = { cookie: begun.cookies.join('; ') };
  await send(portal, { path: provider.callbackOf(begun.body.url), headers });
  const { verification } = await admin('GET', `/providers/${id}/verification`);
  if (verification.state !== 'passed') throw new Error(JSON.stringify(verification, null, 2));
  return id;
}

/** Begins a sign-in as our page does: the callback's path, and the cookie of the attempt. */
export async function beginSignIn(portal, provider, providerId, options = {}) {
  const begun = await send(portal, {
    method: 'POST',
    path: '/api/v1/sign-in',
    headers: { origin: portal.origin },
    body: { providerId, returnTo: '/' },
    ...options,
  });
  return { path: provider.callbackOf(begun.body.url), cookie: begun.cookies.join('; ') };
}

/** A request to the portal; `from` is the address that it comes from. Throws at an error. */
export function send(portal, { method = 'GET', path, headers = {}, body, agent, from }) {
  return new Promise((resolve, reject) => {
    const json = body === undefined ? undefined : JSON.stringify(body);
    const type = json === undefined ? {} : { 'content-type': 'application/json' };
    const options = {
      host: '127.0.0.1',
      port: portal.port,
      method,
      path,
      agent,
      localAddress: from,
    };
    const request = httpRequest({ ...options, headers: { ...headers, ...type } }, (response) => {
      text(response).then((answer) => {
        const { statusCode, headers: got } = response;
        if (statusCode >= 400) return reject(new Error(`${path}: ${statusCode} ${answer}`));
        const cookies = (got['set-cookie'] ?? []).map((line) => line.split(';')[0]);
        const given = cookies.filter((cookie) => !cookie.endsWith('='));
        const parsed = answer.startsWith('{') ? JSON.parse(answer) : null;
        resolve({ location: got.location, cookies: given, body: parsed });
      }, reject);
    });
    request.on('error', reject);
    request.end(json);
  });
}
