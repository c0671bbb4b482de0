import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { problemMediaType } from '../../contract/problem.ts';
import { reasonOf, rootCause } from '../storage/storage-error.ts';
import { problemDocument } from './problem-document.ts';
import { problemOf } from './problem-of.ts';

/** Every failure of the API is a problem document. What wasn't foreseen is logged, not told. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(error);
  if (problem.status >= 500) {
    // Not the error itself: the driver's carries the values of the query.
    const cause = rootCause(problem.cause ?? problem);
    const { method, routeOptions } = request;
    request.log.error(
      {
        method,
        route: routeOptions.url,
        code: problem.code,
        reason: reasonOf(cause),
        stack: cause instanceof Error ? cause.stack : undefined,
      },
      'request failed',
    );
  }
  void reply
    .code(problem.status)
    .headers(problem.headers)
    .header('cache-control', 'no-store')
    .type(problemMediaType)
    .send(JSON.stringify(problemDocument(problem, request.id)));
}

export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
}
