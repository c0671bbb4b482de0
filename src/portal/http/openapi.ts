import { z } from 'zod';
import { activityHeader, apiRoot, type EndpointShape } from '../../contract/endpoint.ts';
import { problem, problemMediaType } from '../../contract/problem.ts';
import { permissions } from '../../domain/permissions.ts';

/** The OpenAPI 3.1 document of the API, made of the very contract that server and page execute. */
export function openApiDocument(endpoints: readonly EndpointShape[], version: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    const path = `${apiRoot}${endpoint.path.replaceAll(/:([A-Za-z]+)/gu, '{$1}')}`;
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gatehouse',
      version,
      description: 'One sign-in for every site, zone and sensor.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problem, 'output') },
      parameters: {
        Activity: {
          name: activityHeader,
          in: 'header',
          required: false,
          description:
            'Of a page that asks by itself: the request doesn’t keep a session from becoming idle. Without it every request counts as use.',
          schema: { const: 'background' },
        },
      },
      responses: {
        Problem: {
          description: 'What went wrong (RFC 9457)',
          content: { [problemMediaType]: { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      securitySchemes: {
        entra: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-gatehouse-session' },
        recovery: { type: 'apiKey', in: 'cookie', name: '__Host-gatehouse-recovery' },
      },
    },
  };
}

function operationOf(endpoint: EndpointShape) {
  const { guard, revision } = endpoint;
  const headers =
    revision === undefined || endpoint.response === undefined
      ? {}
      : { headers: { ETag: { description: 'The revision (R7)', schema: { type: 'string' } } } };
  return {
    summary: endpoint.summary,
    operationId: operationId(endpoint),
    description: guardText(guard) + (endpoint.stepUp === true ? stepUpText : ''),
    security: guard === 'public' ? [] : [{ entra: [] }, { session: [] }, { recovery: [] }],
    parameters: [
      ...(guard === 'public' ? [] : [{ $ref: '#/components/parameters/Activity' }]),
      ...parametersOf(endpoint.params, 'path'),
      ...parametersOf(endpoint.query, 'query'),
      ...(revision === 'requires'
        ? [{ name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } }]
        : []),
    ],
    ...(endpoint.body === undefined ? {} : { requestBody: bodyOf(endpoint.body) }),
    responses: {
      ...(endpoint.response === undefined
        ? { 204: { description: 'Done' } }
        : { 200: { description: 'Done', ...headers, content: json(endpoint.response, 'output') } }),
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

function operationId({ method, path }: EndpointShape): string {
  const words = path.split(/[/:-]+/u).filter((word) => word !== '');
  return [
    method.toLowerCase(),
    ...words.map((word) => word[0]?.toUpperCase() + word.slice(1)),
  ].join('');
}

const stepUpText =
  ' Where the security settings name an authentication context, the sign-in must have satisfied it: else 401 `insufficient_claims` with a claims challenge.';

function guardText(guard: EndpointShape['guard']): string {
  if (guard === 'public') return 'Open to everybody.';
  if (guard === 'identified') return 'For everybody with a valid sign-in, even without a role.';
  if (guard === 'signedIn') return 'For everybody who has a role anywhere.';
  const { label, scope, role } = permissions[guard];
  return `Permission “${label}”: ${role} ${scope === 'portal' ? 'of the portal' : 'there'} or higher.`;
}

function parametersOf(schema: z.ZodObject | undefined, place: 'path' | 'query') {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || !z.safeParse(field as z.ZodType, undefined).success,
    schema: jsonSchema(field as z.ZodType, 'input'),
  }));
}

function bodyOf(schema: z.ZodType) {
  const content =
    schema instanceof z.ZodCustom
      ? { 'text/csv': { schema: { type: 'string' } } }
      : json(schema, 'input');
  return { required: true, content };
}

function json(schema: z.ZodType, io: 'input' | 'output') {
  return { 'application/json': { schema: jsonSchema(schema, io) } };
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
