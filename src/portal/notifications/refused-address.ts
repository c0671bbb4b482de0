import { lookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Where a cloud's or a machine's own services answer, which take whoever asks for its friend. */
const refused = new BlockList();
refused.addSubnet('169.254.0.0', 16);
refused.addSubnet('fe80::', 10, 'ipv6');
refused.addAddress('fd00:ec2::254', 'ipv6');
refused.addAddress('168.63.129.16');
refused.addAddress('100.100.100.200');
refused.addSubnet('0.0.0.0', 8);
refused.addAddress('::', 'ipv6');
refused.addSubnet('224.0.0.0', 3);
refused.addSubnet('ff00::', 8, 'ipv6');
// The same through NAT64.
refused.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/** The receiver stands where nothing is sent. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';
}

/** True for link-local, metadata, unspecified and multicast addresses. */
export function isRefusedAddress(address: string): boolean {
  return listed(refused, address);
}

/**
 * Looks names up as usual, and refuses those that lead to a refused address: what was looked up is
 * what is connected to, so that no second answer can lead elsewhere. Plain http goes to this machine only.
 */
export function guardedLookup(plainHttp: boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const wrong = error ?? problemOf(addresses, plainHttp);
      const [first] = addresses ?? [];
      if (wrong !== null || first === undefined) {
        callback(wrong ?? new RefusedAddress('The name has no address.'), '');
      } else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function problemOf(addresses: readonly LookupAddress[], plainHttp: boolean): RefusedAddress | null {
  if (addresses.some(({ address }) => isRefusedAddress(address))) {
    return new RefusedAddress('The name leads to an address that Gatehouse sends nothing to.');
  }
  if (plainHttp && addresses.some(({ address }) => !listed(loopback, address))) {
    return new RefusedAddress('Plain http goes to this machine only.');
  }
  return null;
}

function listed(list: BlockList, address: string): boolean {
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4');
}
