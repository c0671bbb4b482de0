import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientIds, demoDirectory } from '../src/demo/directory.ts';
import { seedPortalAccess } from '../src/demo/seed.ts';
import { startLocalEntra, type LocalEntra } from '../src/local-entra/app.ts';
import { createRecoveryLink, startPortal } from '../src/portal/main.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/test-database.ts';
import { freePort } from './free-ports.ts';

export type Portal = Awaited<ReturnType<typeof startPortal>>;

/** Everything that a journey runs against: the real servers, with a database of its own. */
export interface World {
  readonly portal: Portal;
  readonly entra: LocalEntra;
  readonly database: TestDatabase;
  /** Stops the portal and starts it again on the same port and database. */
  restartPortal(): Promise<void>;
  close(): Promise<void>;
}

export interface WorldOptions {
  /** `127.0.0.1` makes Entra another site than the portal: third-party cookies are blocked. */
  readonly entraHost?: 'localhost' | '127.0.0.1';
  /** False: the portal's first start, without any configuration of Entra. */
  readonly configured?: boolean;
  readonly accessTokenSeconds?: number;
  readonly clock?: () => number;
  /** Another build of the page than the one in dist/. */
  readonly pageFolder?: URL;
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-e2e-'));
  const entra = await startLocalEntra({
    port: 0,
    directory: demoDirectory({ spaRedirectUris: [`${origin}/redirect.html`] }),
    portalOrigin: origin,
    ...(options.entraHost === undefined ? {} : { host: options.entraHost }),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.accessTokenSeconds === undefined
      ? {}
      : { accessTokenSeconds: options.accessTokenSeconds }),
  });
  const configured = {
    GATEHOUSE_ENTRA_TENANT_ID: entra.tenantId,
    GATEHOUSE_ENTRA_CLIENT_ID: clientIds.portal,
  };
  const env = {
    GATEHOUSE_PORT: String(port),
    GATEHOUSE_DATA_DIR: dataDir,
    GATEHOUSE_DATABASE_URL: database.url,
    GATEHOUSE_LOG_LEVEL: 'silent',
    GATEHOUSE_ENTRA_LOGIN_URL: entra.origin,
    GATEHOUSE_GRAPH_URL: `${entra.origin}/graph`,
    ...(options.configured === false ? {} : configured),
  };
  const page = options.pageFolder === undefined ? {} : { pageFolder: options.pageFolder };
  let portal = await startPortal({ env, ...page });
  if (options.configured !== false) {
    await seedPortalAccess(portal.origin, await createRecoveryLink(portal.database, portal.origin));
  }
  return {
    get portal() {
      return portal;
    },
    entra,
    database,
    async restartPortal() {
      await portal.close();
      portal = await startPortal({ env, ...page });
    },
    async close() {
      await portal.close();
      await entra.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
