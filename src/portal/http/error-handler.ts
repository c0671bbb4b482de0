import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { problemMediaType } from '../../contract/problem.ts';
import { reasonOf, rootCause } from '../storage/storage-error.ts';
import { problemDocument } from '../../server/problem-document.ts';
import type { ProblemError } from '../../server/problem-error.ts';
import { problemOf } from './problem-of.ts';

/** Headers that answers carry, also where a page or a file had begun to set its own. */
type Headers = Readonly<Record<string, string>>;

/** The problem that an error becomes, which the log has where it wasn't foreseen. */
export function loggedProblem(error: unknown, request: FastifyRequest): ProblemError {
  const { method, routeOptions } = request;
  const problem = problemOf(error, routeOptions.bodyLimit);
  if (problem.status >= 500) {
    // Not the error itself: the driver's carries the values of the query.
    const cause = rootCause(problem.cause ?? problem);
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
  return problem;
}

/** Every failure of the API is a problem document. What wasn't foreseen is logged, not told. */
export function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  headers: Headers,
): void {
  const problem = loggedProblem(error, request);
  void reply
    .code(problem.status)
    .headers(headers)
    .headers(problem.headers)
    .type(problemMediaType)
    .send(JSON.stringify(problemDocument(problem, request.id)));
}

export function handleErrors(app: FastifyInstance, headers: Headers): void {
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, headers));
}
