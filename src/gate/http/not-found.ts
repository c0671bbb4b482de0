import type { FastifyInstance } from 'fastify';
import { gateApiRoot, gatePageRoot } from '../../contract/gate-page.ts';
import type { RenderedPage } from '../../server/page.ts';
import { ProblemError } from '../../server/problem-error.ts';

/** Addresses of the page get the page, which knows its own; everything else a problem. */
export function serveNotFound(app: FastifyInstance, renderPage: () => Promise<RenderedPage>): void {
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const query = request.url.slice(path.length);
    // Without its slash the page would look for its parts among the console's.
    if (path === gatePageRoot.slice(0, -1)) return reply.redirect(`${gatePageRoot}${query}`, 302);
    const wantsPage =
      (request.method === 'GET' || request.method === 'HEAD') &&
      (request.headers.accept ?? '').includes('text/html') &&
      !path.startsWith(gateApiRoot) &&
      !path.startsWith(`${gatePageRoot}assets/`);
    if (!wantsPage) throw new ProblemError(404, 'not_found', 'There is nothing at this address.');
    const { html, headers } = await renderPage();
    return reply.headers(headers).type('text/html; charset=utf-8').send(html);
  });
}
