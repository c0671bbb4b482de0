import { resolve } from 'node:path';
import { clientIds, demoDirectory, type Directory } from '../demo/directory.ts';
import { seedPortalAccess } from '../demo/seed.ts';
import { startLocalEntra, type LocalEntra } from '../local-entra/app.ts';
import { readConfig, type Config } from '../portal/config.ts';
import { createRecoveryLink, startPortal, type RunningPortal } from '../portal/main.ts';
import { readAccessSnapshot } from '../portal/storage/access-snapshot.ts';
import { prepareDataDirectory } from '../portal/storage/data-directory.ts';
import { introduction } from './demo-introduction.ts';
import { runUntilSignal } from './lifetime.ts';
import { requireFreePort } from './port.ts';

interface Demo {
  readonly portal: RunningPortal;
  readonly entra: LocalEntra;
  close(): Promise<void>;
}

/** `gatehouse demo`: portal and local Entra with sample people; state in `.gatehouse/`. */
export async function runDemo(): Promise<void> {
  const started = performance.now();
  const config = readConfig(process.env);
  const { port, publicUrl, dataDir } = config;
  await requirePorts(port);
  await prepareDataDirectory(dataDir);

  const directory = demoDirectory({ spaRedirectUris: [`${publicUrl}/redirect.html`] });
  await runUntilSignal(
    () => start(config, directory),
    async ({ portal, entra }) => {
      const recoveryLink = () => createRecoveryLink(portal.database, portal.origin);
      const { portalAccess } = await readAccessSnapshot(portal.database.db);
      if (portalAccess.admin.length === 0) {
        await seedPortalAccess(portal.origin, await recoveryLink());
      }
      const words = {
        portal: portal.origin,
        entra: entra.origin,
        directory,
        dataDir,
        recoveryLink: await recoveryLink(),
        seconds: (performance.now() - started) / 1000,
      };
      console.log(introduction(words));
    },
  );
}

async function requirePorts(port: number): Promise<void> {
  const remedy = 'end that program, or set GATEHOUSE_PORT to another port.';
  if (port === 65_535) {
    throw new Error(
      'Local Entra takes the port after the portal’s: set GATEHOUSE_PORT to 65534 or less.',
    );
  }
  await requireFreePort(port, 'The portal', `Either ${remedy}`);
  await requireFreePort(
    port + 1,
    'Local Entra',
    `It takes the port after the portal’s: either ${remedy}`,
  );
}

async function start({ port, publicUrl, dataDir }: Config, directory: Directory): Promise<Demo> {
  const entra = await startLocalEntra({
    port: port + 1,
    directory,
    portalOrigin: publicUrl,
    dataDir: resolve(dataDir, 'local-entra'),
  });
  try {
    const portal = await startPortal({ env: demoEnvironment(entra), log: console.log });
    const close = async (): Promise<void> => {
      await portal.close();
      await entra.close();
    };
    return { portal, entra, close };
  } catch (error) {
    await entra.close();
    throw error;
  }
}

/** Everything that is said of Entra gives way to local Entra, which is what the demo shows. */
function demoEnvironment({ origin, tenantId }: LocalEntra): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('GATEHOUSE_ENTRA_'));
  return {
    GATEHOUSE_LOG_LEVEL: 'warn',
    ...Object.fromEntries(own),
    GATEHOUSE_ENTRA_TENANT_ID: tenantId,
    GATEHOUSE_ENTRA_CLIENT_ID: clientIds.portal,
    GATEHOUSE_ENTRA_LOGIN_URL: origin,
    GATEHOUSE_GRAPH_URL: `${origin}/graph`,
  };
}
