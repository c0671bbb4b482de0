import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { apiRoot, type EndpointShape } from '../../contract/endpoint.ts';
import { inventoryFileLimit } from '../../contract/inventory-import.ts';
import type { Admit, Admitted } from './guard.ts';
import { entityTag, readIfMatch, requireIfMatch } from './if-match.ts';
import { ProblemError } from './problem-error.ts';
import { fieldErrors } from './schema-errors.ts';
import type { Asker } from './asker.ts';
import type { Call, Serve } from './serve.ts';
import { serialise } from './serialised.ts';

declare module 'fastify' {
  interface FastifyRequest {
    admitted: Admitted | null;
  }
  interface FastifyContextConfig {
    guard?: string;
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
      config: { guard: endpoint.guard },
      bodyLimit: takesFile ? inventoryFileLimit : jsonLimit,
      onRequest: async (request) => {
        request.admitted = await admit(request, endpoint.guard, counted);
      },
      handler: async (request, reply) => {
        if (endpoint.body !== undefined) requireType(request, takesFile);
        const call = callOf(endpoint, request, reply);
        // The schemas of the endpoint have just made sure of what its types say.
        const value = await handler(call);
        if (endpoint.response === undefined) return reply.code(204).send();
        if (endpoint.revision !== undefined) reply.header('etag', entityTag(revisionOf(value)));
        return reply
          .type('application/json; charset=utf-8')
          .send(serialise(endpoint.response, value));
      },
    });
  };
  return { serve, served };
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

function callOf(
  endpoint: EndpointShape,
  request: FastifyRequest,
  reply: FastifyReply,
): Call<never> {
  const ifMatch = readIfMatch(request.headers['if-match']);
  const call = {
    params: parse(endpoint.params, request.params),
    query: parseQuery(endpoint.query, request),
    body: parse(endpoint.body, request.body),
    ifMatch: endpoint.revision === 'requires' ? requireIfMatch(ifMatch) : ifMatch,
    principal: request.admitted?.principal ?? null,
    request,
    reply,
    get address(): string {
      return request.ip;
    },
    get asker(): Asker {
      const asker = request.admitted?.asker ?? null;
      if (asker === null) throw new Error(`${endpoint.path} asks for roles, but its guard didn't`);
      return asker;
    },
  };
  return call as Call<never>;
}

const noQuery = z.strictObject({});

function parseQuery(schema: z.ZodType | undefined, { url, query }: FastifyRequest): unknown {
  if (schema === undefined && !url.includes('?')) return undefined;
  return parse(schema ?? noQuery, query);
}

function parse(schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined) return undefined;
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const errors = fieldErrors(error);
  throw new ProblemError(
    400,
    'invalid_request',
    errors.length === 1 ? 'One field isn’t right.' : `${errors.length} fields aren’t right.`,
    { errors },
  );
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
