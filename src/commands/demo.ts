import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clientIds, demoDirectory, demoPassword, type Directory } from '../demo/directory.ts';
import { seedPortalAccess } from '../demo/seed.ts';
import { startLocalEntra } from '../local-entra/app.ts';
import { readConfig } from '../portal/config.ts';
import { createRecoveryLink, startPortal } from '../portal/main.ts';
import { readAccessSnapshot } from '../portal/storage/access-snapshot.ts';
import { closeOnSignal } from './lifetime.ts';
import { requireFreePort } from './port.ts';

/** `gatehouse demo`: portal and local Entra with sample people; state in `.gatehouse/`. */
export async function runDemo(): Promise<void> {
  const started = performance.now();
  const { port, dataDir } = readConfig(process.env);
  const entraPort = port + 1;
  await requireFreePort(
    port,
    'The portal',
    'End that program, or set GATEHOUSE_PORT to another port.',
  );
  await requireFreePort(
    entraPort,
    'Local Entra',
    'It takes the port after the portal’s: end that program, or set GATEHOUSE_PORT to another port.',
  );
  await mkdir(dataDir, { recursive: true, mode: 0o700 });

  const portalOrigin = `http://localhost:${port}`;
  const directory = demoDirectory({ spaRedirectUris: [`${portalOrigin}/redirect.html`] });
  const starting = startBoth(portalOrigin, port, dataDir, directory);
  closeOnSignal(() => starting.then(({ close }) => close()));
  const { portal, entra } = await starting;
  const recoveryLink = () => createRecoveryLink(portal.database, portal.origin);
  const { portalAccess } = await readAccessSnapshot(portal.database.db);
  if (portalAccess.admin.length === 0) {
    await seedPortalAccess(portal.origin, await recoveryLink());
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(introduction(portal.origin, entra.origin, directory, await recoveryLink(), seconds));
}

async function startBoth(
  portalOrigin: string,
  port: number,
  dataDir: string,
  directory: Directory,
) {
  const entra = await startLocalEntra({
    port: port + 1,
    directory,
    portalOrigin,
    dataDir: resolve(dataDir, 'local-entra'),
  });
  try {
    const portal = await startPortal({
      env: {
        GATEHOUSE_LOG_LEVEL: 'warn',
        ...process.env,
        GATEHOUSE_PORT: String(port),
        GATEHOUSE_DATA_DIR: dataDir,
        GATEHOUSE_ENTRA_TENANT_ID: entra.tenantId,
        GATEHOUSE_ENTRA_CLIENT_ID: clientIds.portal,
        GATEHOUSE_ENTRA_LOGIN_URL: entra.origin,
        GATEHOUSE_GRAPH_URL: `${entra.origin}/graph`,
      },
    });
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

function introduction(
  portal: string,
  entra: string,
  directory: Directory,
  recoveryLink: string,
  seconds: string,
): string {
  const width = Math.max(
    ...directory.people.map((person) => (person.upn ?? person.displayName).length),
  );
  const people = directory.people.map(
    (person) =>
      `  ${(person.upn ?? `${person.displayName} (no UPN)`).padEnd(width + 2)}${person.shows}`,
  );
  const inventory = fileURLToPath(new URL('../../src/demo/inventory.csv', import.meta.url));
  return `
Gatehouse demo, ready after ${seconds} s. Ctrl-C ends it; its state stays in .gatehouse/.

  Portal        ${portal}
  Local Entra   ${entra}   (a stand-in for Microsoft Entra ID, on this machine only)
  Phone         ${entra}/authenticator   (approves MFA prompts)

Sample people; everybody's password is ${demoPassword}
${people.join('\n')}

Try this: sign in as ada.verhaegen@${directory.tenant.domain}, approve the MFA prompt on the phone page,
import ${relativeToHere(inventory)}, then add an SSO setting for Antwerp under
Sites and sensors > Sensor settings. Dries, who was refused, now gets the role that it gives.

Recovery link (opens an Admin session of 30 minutes; good once, for 15 minutes):
  ${recoveryLink}
`;
}

function relativeToHere(path: string): string {
  const here = `${process.cwd()}/`;
  return path.startsWith(here) ? path.slice(here.length) : path;
}
