import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { expect, it } from 'vitest';
import { fetchJson } from '../entra/fetch-json.ts';
import { startConnectProxy } from '../testing/connect-proxy.ts';
import { useProxyEverywhere } from './proxy.ts';

it('has what asks Entra go through the HTTP proxy as well', async () => {
  const server = createServer((_request, reply) => reply.end('{"keys":[]}'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy = await startConnectProxy({ port: (server.address() as AddressInfo).port });
  const before = getGlobalDispatcher();
  try {
    useProxyEverywhere({ httpProxy: null, httpsProxy: null, noProxy: '' });
    expect(getGlobalDispatcher()).toBe(before);
    useProxyEverywhere({ httpProxy: proxy.url, httpsProxy: null, noProxy: '' });
    const limits = { timeoutMs: 5_000, maxBytes: 1_000 };
    const { body } = await fetchJson('http://login.invalid/keys', limits);
    expect(body).toEqual({ keys: [] });
    expect(proxy.asked).toEqual(['login.invalid:80']);
  } finally {
    await getGlobalDispatcher().destroy();
    setGlobalDispatcher(before);
    await proxy.close();
    server.close();
  }
});
