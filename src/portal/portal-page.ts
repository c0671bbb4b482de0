import type { FastifyInstance } from 'fastify';
import type { PageConfiguration } from '../contract/configuration.ts';
import { createPage } from '../server/page.ts';
import { servePages } from '../server/page-routes.ts';
import { gatehouseVersion } from '../server/version.ts';
import { handleNotFound } from './http/not-found.ts';
import type { ActiveProviders } from './providers/active-providers.ts';
import { pageProviders } from './providers/page-providers.ts';

export interface PortalPageOptions {
  /** Of the built page; undefined: where the build puts it. */
  readonly folder: URL | undefined;
  readonly providers: Pick<ActiveProviders, 'lastKnown'>;
  readonly loginUrl: string;
  readonly graphUrl: string;
  readonly publicUrl: string;
}

export interface PortalPage {
  /** What it has to know before anybody is signed in. */
  readonly configuration: () => Promise<PageConfiguration>;
  /** Serves it and its files, also at the addresses that it alone knows. */
  readonly serve: (app: FastifyInstance) => Promise<void>;
}

const builtPage = new URL('../../dist/web/', import.meta.url);

/** The page of the portal. */
export function createPortalPage(options: PortalPageOptions): PortalPage {
  const { folder = builtPage, providers, loginUrl, graphUrl, publicUrl } = options;
  const configuration = async (): Promise<PageConfiguration> => ({
    surface: 'portal',
    name: 'Gatehouse',
    version: gatehouseVersion,
    ...pageProviders(await providers.lastKnown(), { loginUrl, publicUrl }),
    sensor: null,
  });
  const render = createPage({
    folder,
    origins: () => ({ login: new URL(loginUrl).origin, graph: new URL(graphUrl).origin }),
    configuration,
  });
  return {
    configuration,
    async serve(app) {
      await servePages(app, folder, render);
      handleNotFound(app, render);
    },
  };
}
