import type { FastifyInstance } from 'fastify';
import { api } from '../../contract/api.ts';
import { apiRoot } from '../../contract/endpoint.ts';
import { openApiDocument } from './openapi.ts';

/** `/api/v1/openapi.json`. */
export function serveOpenApi(app: FastifyInstance, version: string): void {
  const document = JSON.stringify(openApiDocument(api, version));
  app.get(`${apiRoot}/openapi.json`, (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(document),
  );
}
