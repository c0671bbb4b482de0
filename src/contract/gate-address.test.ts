import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gateOrigin, readGateAddress } from './gate-address.ts';

const problemOf = (text: string) => {
  const read = readGateAddress(text);
  return 'problem' in read ? read.problem : null;
};

describe('readGateAddress', () => {
  it.each([
    ['https://sensor-07.plant.example.com', 'https://sensor-07.plant.example.com'],
    [' https://Sensor.Example.com:443/ ', 'https://sensor.example.com'],
    ['https://sensor.example.com:8443', 'https://sensor.example.com:8443'],
    ['https://münchen.example', 'https://xn--mnchen-3ya.example'],
    ['https://10.0.0.7', 'https://10.0.0.7'],
    ['https://[2001:DB8::0:1]:8443', 'https://[2001:db8::1]:8443'],
    ['http://localhost:8090', 'http://localhost:8090'],
    ['http://127.0.0.1:8090/', 'http://127.0.0.1:8090'],
    ['http://[::1]', 'http://[::1]'],
  ])('reads %s', (text, origin) => {
    expect(readGateAddress(text)).toEqual({ origin });
  });

  it.each([
    ['', /^is required/],
    ['sensor.example.com', /^must begin with https:\/\//],
    ['sensor.example.com:8443', /^must begin with https:\/\//],
    ['ftp://sensor.example.com', /^must begin with https:\/\//],
    ['https://', /^must begin with https:\/\//],
    ['http://sensor.example.com', /^must be https/],
    ['http://localhost.example.com', /^must be https/],
    ['https://sensor.example.com/console', /^must end after the host/],
    ['https://sensor.example.com/?a=b', /^must end after the host/],
    ['https://sensor.example.com/#a', /^must end after the host/],
    ['https://ada:secret@sensor.example.com', /^must name no user/],
    ['https://a;reboot', /^must have a host of letters/],
    ['https://$(reboot)', /^must have a host of letters/],
    ['https://`reboot`', /^must have a host of letters/],
    [`https://${'a.'.repeat(200)}example`, /^must have at most 300/],
  ])('refuses %s', (text, problem) => {
    expect(problemOf(text)).toMatch(problem);
  });

  it('gives what a browser calls the origin, and nothing that a shell would read otherwise', () => {
    const text = fc.oneof(
      fc.webUrl(),
      fc.string({ unit: 'binary' }).map((end) => `https://${end}`),
    );
    fc.assert(
      fc.property(text, (each) => {
        const read = readGateAddress(each);
        if ('problem' in read) return;
        expect(new URL(each.trim()).origin).toBe(read.origin);
        expect(read.origin).toMatch(/^https?:\/\/[\w.:[\]-]+$/u);
      }),
    );
  });
});

describe('gateOrigin', () => {
  it('takes an address as it is typed, and says what is wrong with it', () => {
    expect(gateOrigin.parse('https://Sensor.example.com/')).toBe('https://sensor.example.com');
    const refused = gateOrigin.safeParse('http://sensor.example.com');
    expect(refused.error?.issues.map(({ message }) => message)).toEqual([
      'must be https, except for localhost',
    ]);
  });
});
