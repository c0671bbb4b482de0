import { describe, expect, it } from 'vitest';
import { guardedLookup, isRefusedAddress, RefusedAddress } from './refused-address.ts';

describe('isRefusedAddress', () => {
  it.each([
    '169.254.169.254',
    '169.254.0.1',
    'fe80::1',
    'febf::1',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    'fd00:ec2::254',
    '168.63.129.16',
    '0.0.0.0',
    '::',
    '224.0.0.1',
    '255.255.255.255',
  ])('refuses %s', (address) => {
    expect(isRefusedAddress(address)).toBe(true);
  });

  it.each(['10.0.0.5', '192.168.1.1', '127.0.0.1', '::1', 'fd12::1', '93.184.215.14', '2606::1'])(
    'lets %s be, since receivers stand in plants',
    (address) => {
      expect(isRefusedAddress(address)).toBe(false);
    },
  );
});

describe('guardedLookup', () => {
  function look(name: string, plain: boolean): Promise<unknown> {
    return new Promise((resolve) => {
      guardedLookup(plain)(name, { all: true }, (error, addresses) => resolve(error ?? addresses));
    });
  }

  it('gives what it has judged, and nothing of a refused address', async () => {
    expect(await look('localhost', true)).toEqual(
      expect.arrayContaining([expect.objectContaining({ address: expect.any(String) })]),
    );
    expect(await look('169.254.169.254', false)).toBeInstanceOf(RefusedAddress);
    expect(await look('10.0.0.5', true)).toBeInstanceOf(RefusedAddress);
    expect(await look('10.0.0.5', false)).toEqual([{ address: '10.0.0.5', family: 4 }]);
  });
});
