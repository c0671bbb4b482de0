import type { FastifyInstance } from 'fastify';
import { groupEntity } from './graph-entities.ts';
import { GraphError } from './graph-errors.ts';
import { guarded, readsGroups } from './graph-token.ts';
import { collectionPage, readCollectionQuery, selected } from './odata.ts';
import { queryOf } from './parameters.ts';
import type { Tenant } from './tenant.ts';

/** The tenant's groups, searched, filtered and by page; and one by its id. */
export function registerGraphGroups(graph: FastifyInstance, tenant: Tenant): void {
  const metadata = (): string => `${tenant.origin}/graph/v1.0/$metadata`;

  graph.get(
    '/v1.0/groups',
    guarded(tenant, [readsGroups], ({ organization }, request) => {
      const query = readCollectionQuery(queryOf(request.url), request.headers['consistencylevel']);
      const groups = organization.groups.filter(query.keeps);
      if (query.orderBy) groups.sort((a, b) => a.displayName.localeCompare(b.displayName));
      const entries = groups.map((group) => selected(groupEntity(group), query.select));
      const self = new URL(request.url, tenant.origin);
      return collectionPage(entries, query, `${metadata()}#groups`, self);
    }),
  );

  graph.get<{ Params: { id: string } }>(
    '/v1.0/groups/:id',
    guarded(tenant, [readsGroups], ({ organization }, request) => {
      const { id } = request.params as { id: string };
      const group = organization.groups.find((each) => each.id === id.toLowerCase());
      if (group === undefined) {
        const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
        throw new GraphError(404, 'Request_ResourceNotFound', message);
      }
      const { select } = readCollectionQuery(queryOf(request.url), undefined);
      const context = `${metadata()}#groups/$entity`;
      return { '@odata.context': context, ...selected(groupEntity(group), select) };
    }),
  );
}
