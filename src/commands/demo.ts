import { resolve } from 'node:path';
import type { Directory } from '../demo/directory-types.ts';
import { clientIds, demoDirectory } from '../demo/directory.ts';
import { gateSensors } from '../demo/gates.ts';
import { openPortalApi } from '../demo/portal-api.ts';
import { enterInventory, enterPortalAccess, enterSettings } from '../demo/seed.ts';
import { startLocalEntra, type LocalEntra } from '../local-entra/app.ts';
import { readConfig, type Config } from '../portal/config.ts';
import { createRecoveryLink, startPortal, type RunningPortal } from '../portal/main.ts';
import { readAccessSnapshot } from '../portal/storage/access-snapshot.ts';
import { prepareDataDirectory } from '../portal/storage/data-directory.ts';
import {
  enrolDemoGates,
  gateOrigin,
  startDemoGates,
  unenrolledGates,
  type DemoGate,
} from './demo-gates.ts';
import { introduction } from './demo-introduction.ts';
import { runUntilSignal } from './lifetime.ts';
import { requireFreePort } from './port.ts';

interface Demo {
  readonly portal: RunningPortal;
  readonly entra: LocalEntra;
  readonly gates: readonly DemoGate[];
  close(): Promise<void>;
}

/** The demo's output is for people. */
const quiet = { GATEHOUSE_LOG_LEVEL: 'warn' };

/** `gatehouse demo`: portal, local Entra and two gates with sample people; state in `.gatehouse/`. */
export async function runDemo(): Promise<void> {
  const started = performance.now();
  const config = readConfig({ ...quiet, ...process.env });
  const { port, publicUrl, dataDir } = config;
  await requirePorts(port);
  await prepareDataDirectory(dataDir);

  const directory = demoDirectory({
    spaRedirectUris: [`${publicUrl}/redirect.html`],
    sensorRedirectUris: gateSensors.map(
      (sensor) => `${gateOrigin(port, sensor)}/_gatehouse/redirect.html`,
    ),
  });
  await runUntilSignal(
    () => start(config, directory),
    async ({ portal, entra, gates }) => {
      const words = {
        portal: portal.origin,
        entra: entra.origin,
        gates,
        directory,
        dataDir,
        recoveryLink: await createRecoveryLink(portal.database, portal.origin),
        seconds: (performance.now() - started) / 1000,
      };
      console.log(introduction(words));
    },
  );
}

async function requirePorts(port: number): Promise<void> {
  const remedy = 'end that program, or set GATEHOUSE_PORT to another port.';
  const highest = Math.max(...gateSensors.map(({ portOffset }) => portOffset));
  if (port + highest > 65_535) {
    throw new Error(
      `The demo takes ports up to ${highest} after the portal’s: set GATEHOUSE_PORT to ${65_535 - highest} or less.`,
    );
  }
  await requireFreePort(port, 'The portal', `Either ${remedy}`);
  await requireFreePort(
    port + 1,
    'Local Entra',
    `It takes the port after the portal’s: either ${remedy}`,
  );
  for (const { name, portOffset } of gateSensors) {
    await requireFreePort(
      port + portOffset,
      `The gate of ${name}`,
      `It takes the portal’s port plus ${portOffset}: either ${remedy}`,
    );
  }
}

async function start(config: Config, directory: Directory): Promise<Demo> {
  const { port, publicUrl, dataDir } = config;
  const running: { close(): Promise<void> }[] = [];
  // The gates first: they hold requests at the portal open.
  const close = async (): Promise<void> => {
    for (const each of running.toReversed()) await each.close();
  };
  try {
    const entra = await startLocalEntra({
      port: port + 1,
      directory,
      portalOrigin: publicUrl,
      dataDir: resolve(dataDir, 'local-entra'),
    });
    running.push(entra);
    const portal = await startPortal({ env: demoEnvironment(entra), log: console.log });
    running.push(portal);
    await seed(portal, config);
    const gates = await startDemoGates(config);
    running.push(...gates);
    return { portal, entra, gates, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Enters what isn't there yet: portal access, inventory, settings, and the two gates. */
async function seed({ database, origin }: RunningPortal, config: Config): Promise<void> {
  const { portalAccess, sites, settings } = await readAccessSnapshot(database.db);
  const missing = await unenrolledGates(config);
  const complete = portalAccess.admin.length > 0 && sites.size > 0 && settings.size > 0;
  if (complete && missing.length === 0) return;
  const api = await openPortalApi(origin, await createRecoveryLink(database, origin));
  await enterPortalAccess(api);
  await enterInventory(api);
  await enterSettings(api);
  await enrolDemoGates(api, config, missing);
  await api.close();
}

/** Everything that is said of Entra gives way to local Entra, which is what the demo shows. */
function demoEnvironment({ origin, tenantId }: LocalEntra): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('GATEHOUSE_ENTRA_'));
  return {
    ...quiet,
    ...Object.fromEntries(own),
    GATEHOUSE_ENTRA_TENANT_ID: tenantId,
    GATEHOUSE_ENTRA_CLIENT_ID: clientIds.portal,
    GATEHOUSE_ENTRA_LOGIN_URL: origin,
    GATEHOUSE_GRAPH_URL: `${origin}/graph`,
  };
}
