import type { FastifyInstance } from 'fastify';
import { api } from '../../contract/api.ts';
import { apiRoot } from '../../contract/endpoint.ts';
import { gatePaths } from '../../contract/gate-protocol.ts';
import { webSignInPaths } from '../../contract/web-sign-in.ts';

/** Every route that answers without a sign-in, and why it may. There are no others. */
export const publicRoutes: ReadonlyMap<string, string> = new Map([
  ['GET /', 'the page, before anybody can have signed in'],
  ['GET /redirect.html', 'the page that the provider sends people back to'],
  ['GET /assets/*', 'scripts and styles of the page'],
  ['GET /favicon.svg', 'the icon of the page'],
  [`GET ${webSignInPaths.callback}`, 'the provider sends people here before they have a session'],
  [
    `GET ${webSignInPaths.frontChannelLogout}`,
    'the provider calls it in a frame, where browsers send no cookie; it can only end sessions',
  ],
  ['GET /healthz', 'says that the process lives'],
  ['GET /readyz', 'says whether it can work'],
  ['GET /metrics', 'numbers without persons or secrets, for this very machine'],
  [`GET ${apiRoot}/openapi.json`, 'the description of the API'],
  [`GET ${gatePaths.keys}`, 'the keys that a gate compares with its fingerprint before it enrols'],
  ...api
    .filter((endpoint) => endpoint.guard === 'public')
    .map(
      (endpoint) => [`${endpoint.method} ${apiRoot}${endpoint.path}`, endpoint.summary] as const,
    ),
]);

/** Is it on the list? HEAD goes with GET. */
export function isPublic(method: string, url: string): boolean {
  return publicRoutes.has(`${method === 'HEAD' ? 'GET' : method} ${url}`);
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route there is, as `GET /path`. */
    readonly registeredRoutes: readonly string[];
  }
}

/** Refuses to register a route that is neither guarded nor on the list: call it before any. */
export function requireGuards(app: FastifyInstance): void {
  const registered: string[] = [];
  app.decorate('registeredRoutes', registered);
  app.addHook('onRoute', ({ url, method, config }) => {
    const guarded = config?.guard !== undefined && config.guard !== 'public';
    const methods = [method].flat();
    registered.push(...methods.map((one) => `${one} ${url}`));
    if (guarded || methods.every((one) => isPublic(one, url))) return;
    throw new Error(
      `${methods.join(', ')} ${url} is neither guarded nor on the list of public routes`,
    );
  });
}
