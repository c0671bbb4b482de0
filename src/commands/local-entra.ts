import { resolve } from 'node:path';
import { demoDirectory } from '../demo/directory.ts';
import { startLocalEntra } from '../local-entra/app.ts';
import { closeOnSignal } from './lifetime.ts';
import { requireFreePort } from './port.ts';

/** `gatehouse local-entra [port] [portal origin]`: the stand-in for Entra ID by itself, for development. */
export async function runLocalEntra(args: readonly string[]): Promise<void> {
  const port = Number(args[0] ?? 8081);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`The port must be a number from 1 to 65535, such as 8081, not "${args[0]}".`);
  }
  const portalOrigin = args[1] ?? 'http://localhost:8080';
  await requireFreePort(port, 'Local Entra', 'Name another: gatehouse local-entra 9081');
  const starting = startLocalEntra({
    port,
    directory: demoDirectory({ spaRedirectUris: [`${portalOrigin}/redirect.html`] }),
    dataDir: resolve(process.env['GATEHOUSE_DATA_DIR'] ?? '.gatehouse', 'local-entra'),
  });
  closeOnSignal(() => starting.then((entra) => entra.close()));
  const entra = await starting;
  console.log(`Local Entra: ${entra.origin}   tenant ${entra.tenantId}`);
}
