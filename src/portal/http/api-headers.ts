import type { FastifyInstance } from 'fastify';

/**
 * What every answer carries. Pages set their own over these (page-headers.ts). Set by hand and not
 * by helmet, which would take 40 % of the throughput of an answer from memory (docs/decisions).
 */
export function setApiHeaders(app: FastifyInstance, publicUrl: string): void {
  const headers = {
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    ...(publicUrl.startsWith('https:')
      ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }
      : {}),
  };
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}
