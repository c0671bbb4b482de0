import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RenderedPage } from './page.ts';
import { bridgeHeaders } from './page-headers.ts';

/**
 * Serves the built page: its files (whose names hold their hash), the bridge and the page itself.
 * `base` has a slash at both ends; the root, unless given.
 */
export async function servePages(
  app: FastifyInstance,
  folder: URL,
  renderPage: () => Promise<RenderedPage>,
  base = '/',
): Promise<void> {
  const root = fileURLToPath(folder);
  const assets = fileURLToPath(new URL('assets/', folder));
  // Without a built page the API works all the same: in tests, and while the page is developed.
  if (existsSync(assets)) {
    await app.register(fastifyStatic, {
      root: assets,
      prefix: `${base}assets/`,
      immutable: true,
      // The build lays a compressed copy beside each.
      preCompressed: true,
      maxAge: '1y',
      cacheControl: true,
      index: false,
    });
  } else {
    await app.register(fastifyStatic, { root, serve: false });
  }
  app.get(base, async (_request, reply) => {
    const { html, headers } = await renderPage();
    return reply.headers(headers).type('text/html; charset=utf-8').send(html);
  });
  app.get(`${base}redirect.html`, (_request, reply) =>
    reply.headers(bridgeHeaders).sendFile('redirect.html', root, { cacheControl: false }),
  );
  app.get(`${base}favicon.svg`, (_request, reply) =>
    reply
      .header('cache-control', 'public, max-age=86400')
      .sendFile('favicon.svg', root, { cacheControl: false }),
  );
}
