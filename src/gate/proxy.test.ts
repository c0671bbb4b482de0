import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  EnvHttpProxyAgent,
  fetch as undiciFetch,
  getGlobalDispatcher,
  setGlobalDispatcher,
} from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchJson } from '../entra/fetch-json.ts';
import { startConnectProxy } from '../testing/connect-proxy.ts';
import { proxyFor, useProxyEverywhere } from './proxy.ts';

let server: Server;
let proxy: Awaited<ReturnType<typeof startConnectProxy>>;
beforeAll(async () => {
  server = createServer((_request, reply) => reply.end('{"keys":[]}'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await startConnectProxy({ port: (server.address() as AddressInfo).port });
});
afterAll(async () => {
  await proxy.close();
  server.closeAllConnections();
  server.close();
});

describe('useProxyEverywhere', () => {
  it('has what asks Entra go through the HTTP proxy as well', async () => {
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
    }
  });
});

describe('proxyFor', () => {
  const config = {
    httpProxy: null,
    httpsProxy: 'http://proxy:3128',
    noProxy: 'localhost, .plant.example.com,10.0.0.5:8443',
  };

  it.each([
    ['https://login.microsoftonline.com', true],
    ['http://login.microsoftonline.com', false],
    ['https://localhost:8080', false],
    ['https://portal.plant.example.com', false],
    ['https://plant.example.com', false],
    ['https://notplant.example.com', true],
    ['https://10.0.0.5:8443', false],
    ['https://10.0.0.5', true],
  ])('leads to %s: %s', (address, through) => {
    expect(proxyFor(address, config)?.host ?? null).toBe(through ? 'proxy:3128' : null);
  });

  it('says the same as what requests go by', async () => {
    const { url } = proxy;
    const both = { httpProxy: url, httpsProxy: url, noProxy: 'a.invalid,.b.invalid' };
    const dispatcher = new EnvHttpProxyAgent(both);
    for (const host of ['a.invalid', 'x.a.invalid', 'c.b.invalid', 'd.invalid', 'notb.invalid']) {
      const address = `http://${host}/`;
      const reached = await undiciFetch(address, { dispatcher }).then(
        () => true,
        () => false,
      );
      const through = proxyFor(address, both) !== null;
      expect({ host, through }).toEqual({ host, through: reached });
    }
    await dispatcher.destroy();
  });
});
