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
  let portal;
  const stop = async () => {
    await portal?.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    portal = await start(cli, { args: ['portal'], env, url: `${origin}/readyz` });
    const [link] = /https?:\S+#token=\S+/.exec(await runToEnd(cli, ['recover'], env));
    await seedPortalAccess(origin, link);
    return { origin, port, dataDir, pid: portal.pid, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Calls of the portal's API with a token of an Admin. Throws at every answer but success. */
export function administration({ origin }, token) {
  return async (method, path, { body, ifMatch } = {}) => {
    const response = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
}

/** An SSO setting as the wizard sends it: all three roles, with the issuer's application. */
export function settingOf(issuer, { name, siteIds, groups, ...changes }) {
  const mapped = (ids = []) => ids.map((id) => ({ id, displayName: null }));
  return {
    subscriptionName: 'Bench',
    type: 'singleSignOn',
    name,
    tenantId: issuer.tenantId,
    clientId: issuer.clientId,
    permissions: {
      admin: mapped(groups.admin),
      securityAnalyst: mapped(groups.securityAnalyst),
      readOnly: mapped(groups.readOnly),
    },
    targets: siteIds.map((id) => ({ kind: 'site', id })),
    allowRulesConfirmed: true,
    ...changes,
  };
}
