import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GraphError, graphErrorBody } from './graph-errors.ts';
import { registerGraphGroups } from './graph-groups.ts';
import { registerGraphMe } from './graph-me.ts';
import type { Tenant } from './tenant.ts';

/** A small Microsoft Graph under `/graph`, with permissions, errors and CORS as the real one has. */
export function registerGraph(app: FastifyInstance, tenant: Tenant): void {
  void app.register(
    async (graph) => {
      graph.setErrorHandler((error, _, reply) => {
        if (!(error instanceof GraphError)) throw error;
        const { status, headers } = error;
        return reply.code(status).headers(headers).send(graphErrorBody(error, tenant.now()));
      });
      graph.addHook('onRequest', async (request, reply) => {
        void reply.headers(corsHeaders(request));
        const { status } = tenant.graphFailure;
        if (status !== undefined && request.method !== 'OPTIONS') throw unavailable(status);
      });
      graph.options('/*', (_, reply) => reply.code(200).send());
      registerGraphMe(graph, tenant);
      registerGraphGroups(graph, tenant);
    },
    { prefix: '/graph' },
  );
}

function unavailable(status: number): GraphError {
  if (status === 429) {
    return new GraphError(429, 'TooManyRequests', 'Too many requests.', { 'retry-after': '1' });
  }
  return new GraphError(status, 'serviceNotAvailable', 'The service is temporarily unavailable.');
}

/** Graph lets every origin call it; the token is what counts. */
function corsHeaders({ headers }: FastifyRequest): Record<string, string> {
  return {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-allow-headers': headers['access-control-request-headers'] ?? 'authorization',
    'access-control-expose-headers':
      'ETag, Location, request-id, client-request-id, Retry-After, WWW-Authenticate',
    'access-control-max-age': '600',
    'cache-control': 'private',
  };
}
