import type { FastifyInstance } from 'fastify';
import { api } from '../../contract/api.ts';
import { apiRoot } from '../../contract/endpoint.ts';

/** Every route that answers without a sign-in, and why it may. There are no others. */
export const publicRoutes: ReadonlyMap<string, string> = new Map([
  ['/', 'the page, before anybody can have signed in'],
  ['/redirect.html', 'the page that the provider sends people back to'],
  ['/assets/*', 'scripts and styles of the page'],
  ['/favicon.svg', 'the icon of the page'],
  ['/healthz', 'says that the process lives'],
  ['/readyz', 'says whether it can work'],
  ['/metrics', 'numbers without persons or secrets, and not through a proxy'],
  [`${apiRoot}/openapi.json`, 'the description of the API'],
  ...api
    .filter((endpoint) => endpoint.guard === 'public')
    .map((endpoint) => [`${apiRoot}${endpoint.path}`, endpoint.summary] as const),
]);

/** Refuses to register a route that is neither guarded nor on the list: call it before any. */
export function requireGuards(app: FastifyInstance): void {
  app.addHook('onRoute', ({ url, method, config }) => {
    const guarded = config?.guard !== undefined && config.guard !== 'public';
    if (guarded || publicRoutes.has(url)) return;
    throw new Error(`${String(method)} ${url} is neither guarded nor on the list of public routes`);
  });
}
