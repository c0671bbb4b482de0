import type { FastifyInstance } from 'fastify';
import { gatePageRoot } from '../../contract/gate-page.ts';
import { createPage } from '../../server/page.ts';
import { servePages } from '../../server/page-routes.ts';
import { gatehouseVersion } from '../../server/version.ts';
import type { GateContext } from '../in-force.ts';
import { serveNotFound } from './not-found.ts';
import { pageOrigins, sensorPage } from './page-configuration.ts';

const builtPage = new URL('../../../dist/web/', import.meta.url);

/**
 * Serves the page of a gate, which says what is in force when it is loaded, at every address below
 * the gate's root that nothing else has. `folder`: of the built page; absent: where the build puts it.
 */
export async function serveOwnPages(
  app: FastifyInstance,
  { inForce }: Pick<GateContext, 'inForce'>,
  folder: URL = builtPage,
): Promise<void> {
  const render = createPage({
    folder,
    origins: () => pageOrigins(inForce().bundle),
    configuration: async () => sensorPage(inForce().bundle, gatehouseVersion),
    base: gatePageRoot,
  });
  await servePages(app, folder, render, gatePageRoot);
  serveNotFound(app, render);
}
