import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../../server/problem-error.ts';

/**
 * A change that a cookie vouches for must come from our own page: browsers name the page's origin on
 * every such request (OWASP, "CSRF prevention: verifying origin").
 */
export function requireSameOrigin(request: FastifyRequest, publicUrl: string): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  if (request.headers.origin === publicUrl) return;
  throw new ProblemError(
    403,
    'foreign_origin',
    `This has to be sent by the portal’s own page. Open the portal at ${publicUrl}.`,
  );
}
