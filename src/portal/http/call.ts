import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { EndpointShape } from '../../contract/endpoint.ts';
import type { Asker } from './asker.ts';
import { readIfMatch, requireIfMatch } from './if-match.ts';
import type { Principal } from './principal.ts';
import { ProblemError } from '../../server/problem-error.ts';
import { fieldErrors } from './schema-errors.ts';
import type { Call } from './serve.ts';

/** Validates a request against its endpoint. Throws ProblemError 400 with the fields that are wrong, 428. */
export function createCall(
  endpoint: EndpointShape,
  request: FastifyRequest,
  reply: FastifyReply,
): Call<never> {
  // The schemas of the endpoint make sure of what its types say.
  return new RequestCall(endpoint, request, reply) as unknown as Call<never>;
}

/** A class, because getters of an object literal would make V8 keep every request until a full collection. */
class RequestCall {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly ifMatch: string | null;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;

  constructor(endpoint: EndpointShape, request: FastifyRequest, reply: FastifyReply) {
    const ifMatch = readIfMatch(request.headers['if-match']);
    this.params = parse(endpoint.params, request.params);
    this.query = parseQuery(endpoint.query, request);
    this.body = parse(endpoint.body, request.body);
    this.ifMatch = endpoint.revision === 'requires' ? requireIfMatch(ifMatch) : ifMatch;
    this.request = request;
    this.reply = reply;
  }

  get principal(): Principal | null {
    return this.request.admitted?.principal ?? null;
  }

  get address(): string {
    return this.request.ip;
  }

  get asker(): Asker {
    const asker = this.request.admitted?.asker ?? null;
    if (asker !== null) return asker;
    throw new Error(`${this.request.url} asks for roles, but its guard didn't`);
  }
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
