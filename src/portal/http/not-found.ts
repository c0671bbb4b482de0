import type { FastifyInstance } from 'fastify';
import { api } from '../../contract/api.ts';
import { apiRoot } from '../../contract/endpoint.ts';
import { gatePaths } from '../../contract/gate-protocol.ts';
import type { RenderedPage } from '../../server/page.ts';
import { ProblemError } from '../../server/problem-error.ts';

const forGates = [
  ['GET', gatePaths.keys],
  ['POST', gatePaths.enrolments],
  ['GET', gatePaths.bundle],
  ['POST', gatePaths.reports],
  ['PUT', gatePaths.key],
] as const;

const patterns = [
  ...api.map(({ method, path }) => ({
    method,
    pattern: new RegExp(`^${apiRoot}${path.replaceAll(/:[A-Za-z]+/gu, '[^/]+')}$`, 'u'),
  })),
  ...forGates.map(([method, path]) => ({ method, pattern: new RegExp(`^${path}$`, 'u') })),
];

/** The methods that the API takes at a path; none: there is no such path. */
export function methodsAt(path: string): string[] {
  return patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
}

/** 404 and 405 as problems; addresses of the page get the page, which knows its own. */
export function handleNotFound(
  app: FastifyInstance,
  renderPage: () => Promise<RenderedPage>,
): void {
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    const methods = methodsAt(path);
    if (methods.length > 0) {
      throw new ProblemError(405, 'method_not_allowed', `${request.method} isn’t taken here.`, {
        headers: { allow: methods.join(', ') },
      });
    }
    const wantsPage =
      (request.method === 'GET' || request.method === 'HEAD') &&
      (request.headers.accept ?? '').includes('text/html') &&
      !/^\/(?:api|gate|assets)(?:\/|$)/u.test(path);
    if (!wantsPage) throw new ProblemError(404, 'not_found', 'There is nothing at this address.');
    const { html, headers } = await renderPage();
    return reply.headers(headers).type('text/html; charset=utf-8').send(html);
  });
}
