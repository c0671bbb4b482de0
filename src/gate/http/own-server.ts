import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Server } from 'node:http';
import { problemMediaType } from '../../contract/problem.ts';
import { setApiHeaders } from '../../server/api-headers.ts';
import { problemDocument } from '../../server/problem-document.ts';
import { ProblemError } from '../../server/problem-error.ts';

export interface OwnServerOptions {
  readonly server: Server;
  readonly headers: Readonly<Record<string, string>>;
  readonly trustedProxies: readonly string[];
  readonly references: () => string;
  readonly logger: FastifyBaseLogger | undefined;
}

/** Fastify for the gate's own pages: the front door hands requests to its `routing`. */
export function createOwnServer(options: OwnServerOptions): FastifyInstance {
  const { server, headers, trustedProxies, references, logger } = options;
  const app: FastifyInstance = Fastify({
    ...(logger === undefined ? { logger: false } : { loggerInstance: logger }),
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'reference',
    }),
    serverFactory: () => server,
    genReqId: references,
    requestIdHeader: false,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    bodyLimit: 64 * 1024,
    routerOptions: { maxParamLength: 100 },
    frameworkErrors: (error, request, reply) =>
      sendProblem(problemOf(error), request, reply, headers),
  });
  setApiHeaders(app, headers);
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    if (problem.status === 500) {
      request.log.error(
        { route: request.routeOptions.url, reason: String(error), stack: stackOf(error) },
        'request failed',
      );
    }
    sendProblem(problem, request, reply, headers);
  });
  return app;
}

function sendProblem(
  problem: ProblemError,
  request: FastifyRequest,
  reply: FastifyReply,
  headers: Readonly<Record<string, string>>,
): void {
  void reply
    .code(problem.status)
    .headers(headers)
    .headers(problem.headers)
    .type(problemMediaType)
    .send(JSON.stringify(problemDocument(problem, request.id)));
}

function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : undefined;
}

/** The problem that an error becomes; what wasn't foreseen says nothing of the inside. */
function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  if (status === 413) {
    return new ProblemError(413, 'body_too_large', 'The body is larger than is taken here.');
  }
  if (status === 415) {
    return new ProblemError(415, 'unsupported_media_type', 'The body must be application/json.');
  }
  if (status === 403 || status === 404) {
    return new ProblemError(404, 'not_found', 'There is nothing at this address.');
  }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new ProblemError(400, 'invalid_request', 'The request can’t be read.', { cause: error });
  }
  return new ProblemError(
    500,
    'internal_error',
    'Something went wrong in the gate. Quote the reference to whoever runs it.',
    { cause: error },
  );
}
