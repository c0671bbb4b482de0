import type { FastifyInstance } from 'fastify';

/**
 * What every answer carries. Pages set their own over these (page-headers.ts). Set by hand and not
 * by helmet, which would take 40 % of the throughput of an answer from memory.
 * `subDomains`: whether hosts below this one are to be https for browsers as well. A sensor's gate has
 * no say in that.
 */
export function apiHeaders(publicUrl: string, subDomains = true): Readonly<Record<string, string>> {
  return {
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    ...(publicUrl.startsWith('https:')
      ? {
          'strict-transport-security': `max-age=31536000${subDomains ? '; includeSubDomains' : ''}`,
        }
      : {}),
  };
}

export function setApiHeaders(
  app: FastifyInstance,
  headers: Readonly<Record<string, string>>,
): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}
