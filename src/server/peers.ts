import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, type Socket } from 'node:net';

/** Whose word on somebody else's request is taken. */
export interface Peers {
  /** Did it come over a proxy that is named in the configuration? */
  isTrusted(request: IncomingMessage): boolean;
  isLoopback(request: IncomingMessage): boolean;
  /** Where the request came from, as far as trusted proxies say. */
  addressOf(request: IncomingMessage): string;
}

/** `trustedProxies`: addresses and networks, as `readProxies` has checked them. */
export function createPeers(trustedProxies: readonly string[]): Peers {
  const trusted = new BlockList();
  for (const entry of trustedProxies) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(bits), family);
  }
  const isNamed = (address: string) =>
    isIP(address) !== 0 && trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

  /** It stays the same for a connection, over which many requests come. */
  const known = new WeakMap<Socket, Peer>();

  function peerOf({ socket }: IncomingMessage): Peer {
    const before = known.get(socket);
    if (before !== undefined) return before;
    const address = plainAddress(socket.remoteAddress ?? '');
    const peer = {
      address,
      isTrusted: trustedProxies.length > 0 && isNamed(address),
      isLoopback: isLoopbackAddress(address),
    };
    // It is gone when the connection is closed.
    if (address !== '') known.set(socket, peer);
    return peer;
  }

  return {
    isTrusted: (request) => peerOf(request).isTrusted,
    isLoopback: (request) => peerOf(request).isLoopback,
    addressOf(request) {
      let { address } = peerOf(request);
      if (trustedProxies.length === 0) return address;
      const said = String(request.headers['x-forwarded-for'] ?? '').split(',');
      // From the nearest on: what an untrusted one wrote before is its own invention.
      while (isNamed(address)) {
        const next = plainAddress(said.pop()?.trim() ?? '');
        if (isIP(next) === 0) break;
        address = next;
      }
      return address;
    },
  };
}

interface Peer {
  readonly address: string;
  readonly isTrusted: boolean;
  readonly isLoopback: boolean;
}

/** An IPv4 address that came over an IPv6 socket is still that address. */
function plainAddress(address: string): string {
  return /^::ffff:[\d.]+$/iu.test(address) ? address.slice(7) : address;
}

function isLoopbackAddress(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}
