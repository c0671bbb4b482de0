import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { apiRoot, type EndpointShape } from '../../contract/endpoint.ts';
import { inventoryFileLimit } from '../../contract/inventory-import.ts';
import type { Admit } from './guard.ts';
import { createCall } from './call.ts';
import { entityTag } from './if-match.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { Serve } from './serve.ts';
import { serialise } from './serialised.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    guard?: string;
    /** What it does, in words: for the audit of who was refused it. */
    summary?: string;
  }
}

const jsonLimit = 2 * 1024 * 1024;
const fileType = 'text/csv';

/**
 * What registers endpoints of the contract, and remembers which. `uncounted`: those that the limit
 * of requests by person leaves out.
 */
export function createServe(
  app: FastifyInstance,
  admit: Admit,
  uncounted: ReadonlySet<EndpointShape>,
): { readonly serve: Serve; readonly served: ReadonlySet<EndpointShape> } {
  const served = new Set<EndpointShape>();
  app.decorateRequest('admitted', null);
  app.addContentTypeParser(fileType, { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });

  const serve: Serve = (endpoint, handler) => {
    if (served.has(endpoint)) throw new Error(`${endpoint.path} is served twice`);
    served.add(endpoint);
    const counted = !uncounted.has(endpoint);
    const takesFile = endpoint.body instanceof z.ZodCustom;
    app.route({
      method: endpoint.method,
      url: `${apiRoot}${endpoint.path}`,
      config: { guard: endpoint.guard, summary: endpoint.summary },
      bodyLimit: takesFile ? inventoryFileLimit : jsonLimit,
      onRequest: (request, _reply, done) => {
        const admitted = admit(request, endpoint, counted);
        if (admitted instanceof Promise) void goOn(admitted, done);
        else done();
      },
      ...(endpoint.method === 'GET' ? {} : { onResponse: logChange }),
      handler: (request, reply) => {
        if (endpoint.body !== undefined) requireType(request, takesFile);
        const value = handler(createCall(endpoint, request, reply));
        if (value instanceof Promise) return value.then((later) => answer(endpoint, reply, later));
        answer(endpoint, reply, value);
        return undefined;
      },
    });
  };
  return { serve, served };
}

async function goOn(admitted: Promise<unknown>, done: (error?: Error) => void): Promise<void> {
  try {
    await admitted;
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)));
    return;
  }
  done();
}

function answer(endpoint: EndpointShape, reply: FastifyReply, value: unknown): FastifyReply {
  if (endpoint.response === undefined) return reply.code(204).send();
  if (endpoint.revision !== undefined) reply.header('etag', entityTag(revisionOf(value)));
  return reply.type('application/json; charset=utf-8').send(serialise(endpoint.response, value));
}

/** Throws for an endpoint of the contract that nothing serves. */
export function requireServed(
  endpoints: readonly EndpointShape[],
  served: ReadonlySet<EndpointShape>,
): void {
  const missing = endpoints.filter((endpoint) => !served.has(endpoint));
  if (missing.length === 0) return;
  const names = missing.map(({ method, path }) => `${method} ${path}`).join(', ');
  throw new Error(`Endpoints of the contract that nothing serves: ${names}`);
}

/** Who changed or tried to change what is in the audit log; this is for whoever watches the process. */
async function logChange(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { method, routeOptions } = request;
  request.log.info({ method, route: routeOptions.url, status: reply.statusCode }, 'request');
}

function requireType(request: FastifyRequest, takesFile: boolean): void {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  const wanted = takesFile ? fileType : 'application/json';
  if (type === wanted) return;
  throw new ProblemError(415, 'unsupported_media_type', `The body must be ${wanted}.`);
}

function revisionOf(value: unknown): string {
  const revision = z.object({ revision: z.string() }).safeParse(value);
  if (!revision.success) throw new Error('an answer with an ETag has no revision');
  return revision.data.revision;
}
