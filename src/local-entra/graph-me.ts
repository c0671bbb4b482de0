import type { FastifyInstance } from 'fastify';
import { groupEntity, unnamedGroup, userEntity } from './graph-entities.ts';
import { badRequest } from './graph-errors.ts';
import { guarded, readsGroups, readsMe } from './graph-token.ts';
import { collectionPage, readCollectionQuery, selected } from './odata.ts';
import { queryOf } from './parameters.ts';
import type { Tenant } from './tenant.ts';

const maxGroupIds = 20;

/** `/me` and the groups that one is in, nested ones included. */
export function registerGraphMe(graph: FastifyInstance, tenant: Tenant): void {
  const { people } = tenant;
  const metadata = (): string => `${tenant.origin}/graph/v1.0/$metadata`;

  graph.get(
    '/oidc/userinfo',
    guarded(tenant, [], ({ person, sub, scopes }) => {
      const { displayName: name, givenName, surname, mail } = person;
      const profile = scopes.has('profile') && {
        name,
        given_name: givenName,
        family_name: surname,
      };
      return { sub, ...profile, ...(scopes.has('email') && { email: mail }) };
    }),
  );

  graph.get(
    '/v1.0/me',
    guarded(tenant, [readsMe], ({ person }, request) => {
      const { select } = readCollectionQuery(queryOf(request.url), undefined);
      const context = `${metadata()}#users/$entity`;
      return { '@odata.context': context, ...selected(userEntity(person), select) };
    }),
  );

  graph.post(
    '/v1.0/me/checkMemberGroups',
    guarded(tenant, [readsMe, readsGroups], ({ person }, request) => {
      const ids = readGroupIds(request.body);
      const mine = new Set(people.groupsOf(person).map(({ id }) => id.toLowerCase()));
      const value = ids.filter((id) => mine.has(id.toLowerCase()));
      return { '@odata.context': `${metadata()}#Collection(Edm.String)`, value };
    }),
  );

  for (const [path, type] of [
    ['', 'directoryObjects'],
    ['/microsoft.graph.group', 'groups'],
  ]) {
    graph.get(
      `/v1.0/me/transitiveMemberOf${path}`,
      guarded(tenant, [[...readsMe, ...readsGroups]], ({ person, scopes }, request) => {
        const query = readCollectionQuery(
          queryOf(request.url),
          request.headers['consistencylevel'],
        );
        const entity = readsGroups.some((scope) => scopes.has(scope)) ? groupEntity : unnamedGroup;
        const entries = people
          .groupsOf(person)
          .filter(query.keeps)
          .map((group) => selected(entity(group), query.select));
        const self = new URL(request.url, tenant.origin);
        return collectionPage(entries, query, `${metadata()}#${type}`, self);
      }),
    );
  }
}

function readGroupIds(body: unknown): string[] {
  const { groupIds } = (body ?? {}) as { groupIds?: unknown };
  if (!Array.isArray(groupIds) || groupIds.length === 0) {
    throw badRequest('Expected a non-empty collection of ids.', 'Request_BadRequest');
  }
  if (groupIds.length > maxGroupIds) {
    const message = `The number of included identifiers cannot exceed '${maxGroupIds}'.`;
    throw badRequest(message, 'Request_BadRequest');
  }
  const invalid = groupIds.find((id) => typeof id !== 'string' || !/^[0-9a-f-]{36}$/i.test(id));
  if (invalid !== undefined) {
    throw badRequest(`Invalid GUID: ${String(invalid)}`, 'Request_BadRequest');
  }
  return groupIds as string[];
}
