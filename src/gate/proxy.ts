import { EnvHttpProxyAgent, setGlobalDispatcher, type Dispatcher } from 'undici';
import { longestWait } from '../contract/gate-protocol.ts';
import type { ProxyConfig } from './config.ts';

/** Connections of a gate to the outside: kept alive, and through the HTTP proxy where there is one. */
export function createDispatcher({ httpProxy, httpsProxy, noProxy }: ProxyConfig): Dispatcher {
  return new EnvHttpProxyAgent({
    // An empty text keeps it from looking at variables of its own.
    httpProxy: httpProxy ?? '',
    httpsProxy: httpsProxy ?? '',
    noProxy,
    connect: { timeout: 10_000 },
    headersTimeout: (longestWait + 20) * 1000,
    bodyTimeout: 30_000,
    keepAliveTimeout: 10_000,
    connections: 8,
  });
}

/** Has `fetch` go through the proxy as well, in the whole process: what asks Entra and Graph uses it. */
export function useProxyEverywhere(proxy: ProxyConfig): void {
  if (proxy.httpProxy === null && proxy.httpsProxy === null) return;
  setGlobalDispatcher(createDispatcher(proxy));
}

/** The HTTP proxy that leads to an address, by the same rules; null: none does. */
export function proxyFor(address: string, proxy: ProxyConfig): URL | null {
  const { protocol, hostname, port } = new URL(address);
  const chosen = (protocol === 'https:' ? proxy.httpsProxy : null) ?? proxy.httpProxy;
  if (chosen === null || proxy.noProxy.trim() === '*') return null;
  const wanted = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  const exempt = proxy.noProxy
    .split(/[,\s]+/u)
    .filter((entry) => entry !== '')
    .some((entry) => {
      const [, name = '', only] = /^(.+?)(?::(\d+))?$/u.exec(entry) ?? [];
      const host = name.replace(/^\*?\./u, '').toLowerCase();
      if (only !== undefined && only !== wanted) return false;
      return hostname === host || hostname.endsWith(`.${host}`);
    });
  return exempt ? null : new URL(chosen);
}
