// The built portal with an empty database of its own, its access seeded as the demo's is.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedPortalAccess } from '../dist/demo/seed.js';
import { root, runToEnd, start } from './processes.js';

/** `entra`: where sign-in is, and as what application. Resolves when the portal is ready. */
export async function startBenchPortal(port, entra) {
  const dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'));
  const origin = `http://localhost:${port}`;
  const env = {
    GATEHOUSE_PORT: String(port),
    GATEHOUSE_DATA_DIR: dataDir,
    GATEHOUSE_LOG_LEVEL: 'warn',
    GATEHOUSE_ENTRA_TENANT_ID: entra.tenantId,
    GATEHOUSE_ENTRA_CLIENT_ID: entra.clientId,
    GATEHOUSE_ENTRA_LOGIN_URL: entra.origin,
    GATEHOUSE_GRAPH_URL: `${entra.origin}/graph`,
  };
  const cli = `${root}dist/cli.js`;
  const portal = await start(cli, { args: ['portal'], env, url: `${origin}/readyz` });
  const stop = async () => {
    await portal.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const [link] = /https?:\S+#token=\S+/.exec(await runToEnd(cli, ['recover'], env));
    await seedPortalAccess(origin, link);
    return { origin, pid: portal.pid, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
