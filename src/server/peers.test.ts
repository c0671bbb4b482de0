import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createPeers } from './peers.ts';

/** A request as a server gets it, from this address. */
async function requestFrom(peer: string, forwarded?: string): Promise<IncomingMessage> {
  const server = createServer();
  server.on('connection', (socket) => {
    Object.defineProperty(socket, 'remoteAddress', { value: peer });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  const { port } = server.address() as AddressInfo;
  const outgoing = httpRequest({ host: '127.0.0.1', port, headers, agent: false }).end();
  outgoing.on('error', () => undefined);
  const [request] = (await once(server, 'request')) as [IncomingMessage];
  outgoing.destroy();
  server.close();
  return request;
}

const peers = createPeers(['10.0.0.0/8', 'fd00::/8']);

describe('those whose word is taken', () => {
  it.each([
    ['10.1.2.3', true, false],
    ['::ffff:10.1.2.3', true, false],
    ['fd00::1', true, false],
    ['192.0.2.1', false, false],
    ['::ffff:127.0.0.1', false, true],
    ['127.0.0.1', false, true],
    ['::1', false, true],
    ['', false, false],
  ])('%s: trusted %s, of this machine %s', async (address, trusted, loopback) => {
    const request = await requestFrom(address);
    expect([peers.isTrusted(request), peers.isLoopback(request)]).toEqual([trusted, loopback]);
  });

  it.each([
    ['192.0.2.1', '198.51.100.1', '192.0.2.1'],
    ['10.1.2.3', '203.0.113.9, 198.51.100.1, 10.9.9.9', '198.51.100.1'],
    ['10.1.2.3', 'nonsense', '10.1.2.3'],
  ])('%s, which forwards %s, speaks for %s', async (peer, forwarded, address) => {
    expect(peers.addressOf(await requestFrom(peer, forwarded))).toBe(address);
  });
});
