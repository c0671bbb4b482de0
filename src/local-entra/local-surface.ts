import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Person } from '../demo/directory-types.ts';
import { UnknownObjectError } from './people.ts';
import type { ApplicationChange, PersonChange } from './people.ts';
import type { Tenant } from './tenant.ts';

/** Header that every request to `/_local` carries: another site's page can't send it. */
export const localHeader = 'x-local-entra';

const personFields: ReadonlySet<string> = new Set<keyof PersonChange>([
  'groups',
  'mfa',
  'disabled',
  'passwordExpired',
  'blockedByConditionalAccess',
  'upn',
  'givenName',
  'surname',
  'displayName',
  'mail',
]);

const applicationFields: ReadonlySet<string> = new Set<keyof ApplicationChange>([
  'redirectUris',
  'secrets',
  'certificates',
  'frontChannelLogoutUrl',
  'disabled',
  'multitenant',
  'assignmentRequired',
  'assigned',
  'appRoles',
  'requestedAccessTokenVersion',
  'consentedGraphScopes',
]);

/** What `null` takes away; of the others it is a value, or makes no sense. */
const removable = ['mail', 'frontChannelLogoutUrl'];

/** Brings about, over HTTP, what an administrator of Entra or time itself would. */
export function registerLocalSurface(app: FastifyInstance, tenant: Tenant): void {
  const { people, keys, now } = tenant;
  void app.register(
    async (local) => {
      local.addHook('onRequest', async (request, reply) => {
        if (request.headers[localHeader] === undefined) {
          await reply.code(403).send({ error: `Send the header ${localHeader}: 1.` });
        }
      });
      local.setErrorHandler((error, _, reply) => {
        if (error instanceof UnknownObjectError)
          return reply.code(404).send({ error: error.message });
        if (error instanceof ChangeError) return reply.code(400).send({ error: error.message });
        throw error;
      });
      local.get('/people', () => people.directory.people);
      local.post<{ Body: unknown }>('/people', (request, reply) => {
        people.addPerson(readPerson(request.body));
        return done(reply);
      });
      local.post<{ Body: unknown }>('/keys/roll', async (request, reply) => {
        const { withdraw } = readChange(request.body, new Set(['withdraw']));
        await keys.roll({ withdraw: withdraw === true });
        return done(reply);
      });
      local.post<ById>('/people/:id', (request, reply) => {
        people.changePerson(request.params.id, readChange(request.body, personFields));
        return done(reply);
      });
      local.post<ById>('/people/:id/revoke', (request: FastifyRequest<ById>, reply) => {
        people.revoke(request.params.id, now());
        return done(reply);
      });
      local.post<ById>('/applications/:id', (request, reply) => {
        people.changeApplication(request.params.id, readChange(request.body, applicationFields));
        return done(reply);
      });
      local.post<{ Body: unknown }>('/graph', (request, reply) => {
        const { status } = readChange(request.body, new Set(['status']));
        if (status === null) delete tenant.graphFailure.status;
        else if (status === 429 || status === 503) tenant.graphFailure.status = status;
        else throw new ChangeError('status is 429, 503 or null.');
        return done(reply);
      });
    },
    { prefix: '/_local' },
  );
}

type ById = { Params: { id: string }; Body: unknown };

/** A change that can't be made as it was sent. */
class ChangeError extends Error {
  readonly code = 'INVALID_CHANGE';
}

function readChange(body: unknown, fields: ReadonlySet<string>): Record<string, unknown> {
  if (body === undefined || body === null || body === '') return {};
  if (typeof body !== 'object' || Array.isArray(body)) throw new ChangeError('Send a JSON object.');
  const unknown = Object.keys(body).find((name) => !fields.has(name));
  if (unknown !== undefined) {
    throw new ChangeError(`${unknown} can't be changed. These can: ${[...fields].join(', ')}.`);
  }
  const change = body as Record<string, unknown>;
  for (const name of removable) if (change[name] === null) change[name] = undefined;
  return change;
}

/** Someone new, with a usual name at the least. */
function readPerson(body: unknown): Person {
  const sent = readChange(body, new Set(['oid', 'guest', 'shows', ...personFields]));
  const { oid, displayName, givenName } = sent;
  if (typeof oid !== 'string' || typeof displayName !== 'string' || typeof givenName !== 'string') {
    throw new ChangeError('oid, displayName and givenName are needed.');
  }
  const usual = { upn: null, surname: null, groups: [], mfa: 'none', shows: 'Added' } as const;
  const groups = Array.isArray(sent['groups']) ? sent['groups'].map(String) : [];
  return { ...usual, ...sent, groups, oid, displayName, givenName };
}

function done(reply: FastifyReply): FastifyReply {
  return reply.code(204).send();
}
