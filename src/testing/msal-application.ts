import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

const require = createRequire(import.meta.url);
/** MSAL's bundles for a script element, beside the ones that its package exports. */
const msalFolder = `${require
  .resolve('@azure/msal-browser')
  .replaceAll('\\', '/')
  .replace(/\/(?:lib|dist)\/.*$/, '')}/lib`;

export interface MsalApplication {
  origin: string;
  close: () => Promise<void>;
}

export interface MsalApplicationSettings {
  clientId: string;
  tenantId: string;
  /** Of local Entra. */
  loginOrigin: string;
}

/**
 * A page of a few lines with Microsoft's own MSAL and a redirect bridge, to prove a provider against.
 * It leaves the started client in `window.client`, and the result of a redirect in `window.redirected`.
 */
export async function serveMsalApplication(
  settings: () => MsalApplicationSettings,
): Promise<MsalApplication> {
  const bundle = (path: string): string => readFileSync(`${msalFolder}/${path}`, 'utf8');
  const msal = bundle('msal-browser.min.js');
  const bridge = bundle('redirect-bridge/msal-redirect-bridge.min.js');
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    response.setHeader('content-type', path?.endsWith('.js') ? 'text/javascript' : 'text/html');
    if (path === '/msal.js') response.end(msal);
    else if (path === '/bridge.js') response.end(bridge);
    else if (path === '/redirect.html') response.end(bridgePage);
    else response.end(applicationPage(settings()));
  });
  await new Promise<void>((resolve) => void server.listen(0, 'localhost', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const bridgePage = `<!doctype html><title>Redirect</title><script src="/bridge.js"></script>
<script>msalRedirectBridge.broadcastResponseToMainFrame().catch((error) => console.error(error));</script>`;

function applicationPage(settings: MsalApplicationSettings): string {
  const { clientId, tenantId, loginOrigin } = settings;
  const base = `${loginOrigin}/${tenantId}`;
  const metadata = {
    issuer: `${base}/v2.0`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
  };
  const { host } = new URL(loginOrigin);
  const auth = {
    clientId,
    authority: `https://${host}/${tenantId}`,
    knownAuthorities: [host],
    authorityMetadata: JSON.stringify(metadata),
  };
  return `<!doctype html><title>Application</title><body><script src="/msal.js"></script>
<script>
(async () => {
  const redirectUri = location.origin + '/redirect.html';
  const auth = { ...${JSON.stringify(auth)}, redirectUri, postLogoutRedirectUri: redirectUri };
  const client = new msal.PublicClientApplication({ auth, cache: { cacheLocation: 'sessionStorage' } });
  await client.initialize();
  window.redirected = await client.handleRedirectPromise().catch((error) => ({ error }));
  window.client = client;
  document.body.append('Ready');
})();
</script>`;
}
