import { describe, expect, it } from 'vitest';
import { readGateConfig } from './config.ts';

describe('readGateConfig', () => {
  it('needs nothing', () => {
    expect(readGateConfig({}, [], '/srv')).toEqual({
      upstream: null,
      host: '127.0.0.1',
      port: 8090,
      publicUrl: null,
      localUrl: 'http://localhost:8090',
      dataDir: '/srv/.gatehouse-gate',
      logLevel: 'info',
      trustedProxies: [],
      tls: null,
      assertions: false,
      headers: [],
      proxy: { httpProxy: null, httpsProxy: null, noProxy: '' },
    });
  });

  it('lets flags win over variables', () => {
    const config = readGateConfig(
      { GATEHOUSE_GATE_UPSTREAM: 'http://127.0.0.1:1', GATEHOUSE_GATE_PORT: '9000' },
      ['--upstream', 'https://console.plant.example.com/', '--assertions=on'],
    );
    expect(config).toMatchObject({
      upstream: 'https://console.plant.example.com',
      port: 9000,
      assertions: true,
    });
  });

  it('serves https with a certificate and its key', () => {
    const args = ['--host', '0.0.0.0', '--tls-cert-file', 'a.crt', '--tls-key-file', '/b.key'];
    expect(readGateConfig({}, args, '/etc')).toMatchObject({
      tls: { certFile: '/etc/a.crt', keyFile: '/b.key' },
      localUrl: 'https://localhost:8090',
    });
  });

  it('refuses plain http beyond this machine and says what to do', () => {
    expect(() => readGateConfig({ GATEHOUSE_GATE_HOST: '0.0.0.0' })).toThrow(
      /TLS_CERT_FILE.*TRUST_PROXY/,
    );
    const behind = { GATEHOUSE_GATE_HOST: '0.0.0.0', GATEHOUSE_GATE_TRUST_PROXY: '10.0.0.5' };
    expect(readGateConfig(behind).trustedProxies).toEqual(['10.0.0.5']);
  });

  it('takes a console on another machine by plain http', () => {
    const { upstream } = readGateConfig({ GATEHOUSE_GATE_UPSTREAM: 'http://console:3000' });
    expect(upstream).toBe('http://console:3000');
  });

  it.each([
    ['--upstream', 'console:3000', 'no http or https URL'],
    ['--upstream', 'http://me:hunter2@console', 'a user name or a password'],
    ['--upstream', 'http://console/app', 'after the host'],
    ['--port', '0', '1 to 65535'],
    ['--host', 'localhost:80', 'GATEHOUSE_GATE_PORT'],
    ['--public-url', 'http://sensor.example.com', 'plain http'],
    ['--tls-cert-file', '/a.crt', '--tls-key-file|TLS_KEY_FILE'],
    ['--assertions', 'yes', 'not one of on, off'],
    ['--trust-proxy', 'all', 'not an IP address'],
    ['--console-headers', 'X-WEBAUTH-USER=upn', 'not one of user'],
  ])('refuses %s %s', (flag, value, problem) => {
    const read = () => readGateConfig({}, [flag, value]);
    expect(read).toThrow(new RegExp(problem));
    expect(read).not.toThrow(/hunter2/);
  });

  it('names the flag that is wrong, not a variable that nobody set', () => {
    expect(() => readGateConfig({}, ['--port', 'x'])).toThrow(/^ {2}--port is "x"/m);
  });

  it('reports misspelt variables of gates and ignores those of the portal', () => {
    expect(() => readGateConfig({ GATEHOUSE_GATE_UPSTRAEM: 'x' })).toThrow(
      /did you mean GATEHOUSE_GATE_UPSTREAM\?/,
    );
    expect(readGateConfig({ GATEHOUSE_PORT: 'x', GATEHOUSE_ENTRA_CLOUD: 'moon' }).port).toBe(8090);
  });

  it('refuses flags that there aren’t', () => {
    expect(() => readGateConfig({}, ['--upstraem', 'x'])).toThrow(/--upstraem/);
  });

  it('reads the proxy from the standard variables, small letters first', () => {
    const { proxy } = readGateConfig({
      HTTPS_PROXY: 'http://large:3128',
      https_proxy: 'small:3128',
      NO_PROXY: 'localhost',
    });
    expect(proxy).toEqual({
      httpProxy: null,
      httpsProxy: 'http://small:3128',
      noProxy: 'localhost',
    });
  });

  it('never shows the password of a proxy', () => {
    const read = () => readGateConfig({ HTTPS_PROXY: 'socks5://me:hunter2@proxy' });
    expect(read).toThrow(/HTTPS_PROXY is not the address/);
    expect(read).not.toThrow(/hunter2/);
  });
});
