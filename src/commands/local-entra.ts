import { resolve } from 'node:path';
import { demoDirectory } from '../demo/directory.ts';
import { startLocalEntra } from '../local-entra/app.ts';
import { readConfig } from '../portal/config.ts';
import { prepareDataDirectory } from '../portal/storage/data-directory.ts';
import { runUntilSignal } from './lifetime.ts';
import { requireFreePort } from './port.ts';

/** `gatehouse local-entra [port] [portal origin]`: the stand-in for Entra ID by itself, for development. */
export async function runLocalEntra(args: readonly string[]): Promise<void> {
  const [port, portalOrigin] = [readPort(args[0] ?? '8081'), readOrigin(args[1])];
  const { dataDir } = readConfig(process.env);
  await requireFreePort(port, 'Local Entra', 'Name another: gatehouse local-entra 9081');
  await prepareDataDirectory(dataDir);
  await runUntilSignal(
    () =>
      startLocalEntra({
        port,
        portalOrigin,
        directory: demoDirectory({ spaRedirectUris: [`${portalOrigin}/redirect.html`] }),
        dataDir: resolve(dataDir, 'local-entra'),
      }),
    ({ origin, tenantId }) => console.log(`Local Entra: ${origin}   tenant ${tenantId}`),
  );
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new Error(`The port must be a number from 1 to 65535, such as 8081, not "${text}".`);
}

function readOrigin(text = 'http://localhost:8080'): string {
  if (/^https?:/.test(text) && URL.canParse(text)) return new URL(text).origin;
  throw new Error(`The portal's address must be of the form http://localhost:8080, not "${text}".`);
}
