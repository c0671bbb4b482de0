import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { createServer as createHttp, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CheckResult } from '../contract/gate-report.ts';
import { buildSource } from '../testing/built-source.ts';
import { makeCertificate, type CertificateOptions } from '../testing/certificate.ts';
import { startConnectProxy, type ConnectProxyOptions } from '../testing/connect-proxy.ts';
import type { ProxyConfig } from './config.ts';
import { checkConnection, checkConnections, checkTargets } from './connectivity-checks.ts';

const day = 86_400_000;
const direct: ProxyConfig = { httpProxy: null, httpsProxy: null, noProxy: '' };
let closing: (() => unknown)[] = [];

beforeEach(() => {
  closing = [];
});
afterEach(async () => {
  for (const close of closing) await close();
});

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function tls(options: CertificateOptions = {}): Promise<number> {
  return listening(createHttps(await makeCertificate(options), (_request, reply) => reply.end()));
}

async function proxy(
  options: ConnectProxyOptions = {},
): Promise<Awaited<ReturnType<typeof startConnectProxy>>> {
  const started = await startConnectProxy(options);
  closing.push(() => started.close());
  return started;
}

const check = (url: string, config = direct, now?: () => number) =>
  checkConnection({ target: 'login', url }, config, now);
const steps = (results: readonly CheckResult[]): string[] =>
  results.map(({ step, outcome }) => `${step} ${outcome}`);

describe('checkConnection', () => {
  it('goes through every step', async () => {
    const port = await listening(createHttp((_request, reply) => reply.end('ok')));
    const results = await check(`http://localhost:${port}/`);
    expect(steps(results)).toEqual(['dns passed', 'tcp passed', 'http passed', 'clock passed']);
    expect(results[0]).toMatchObject({ target: 'login', address: `localhost:${port}`, code: null });
  });

  it('says that a name isn’t known', async () => {
    const results = await check('https://no-such-host.invalid/');
    expect(steps(results)).toEqual(['dns failed']);
    expect(results[0]?.code).toMatch(/^dns_/u);
  });

  it('says that a port is refused', async () => {
    const port = await listening(createHttp());
    for (const close of closing) await close();
    closing = [];
    const results = await check(`http://127.0.0.1:${port}/`);
    expect(steps(results)).toEqual(['dns passed', 'tcp failed']);
    expect(results[1]).toMatchObject({ code: 'tcp_refused' });
  });

  it('says that a certificate is signed by nobody else', async () => {
    const results = await check(`https://localhost:${await tls()}/`);
    expect(steps(results)).toEqual(['dns passed', 'tcp passed', 'tls failed']);
    expect(results[2]).toMatchObject({ code: 'tls_self_signed' });
  });

  it('names who issued a certificate that a proxy in between made', async () => {
    const { key } = await makeCertificate();
    const issuer = { name: 'Plant Web Filter CA', key };
    const results = await check(`https://localhost:${await tls({ issuer })}/`);
    expect(results[2]).toMatchObject({
      step: 'tls',
      code: 'tls_inspected',
      detail: expect.stringMatching(/proxy inspects.*by Plant Web Filter CA/u),
    });
  });

  it('says that what answers speaks no TLS', async () => {
    const port = await listening(createHttp());
    const results = await check(`https://127.0.0.1:${port}/`);
    expect(results.at(-1)).toMatchObject({ step: 'tls', code: 'tls_failed' });
  });

  it('says that something listens and answers nothing sensible', async () => {
    const server = createTcp((socket) => socket.end('SSH-2.0-OpenSSH\r\n'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    const results = await check(`http://127.0.0.1:${port}/`);
    expect(results.at(-1)).toMatchObject({ step: 'http', outcome: 'failed' });
  });

  it('takes a refusal for an open way, and a server’s trouble not', async () => {
    const answer = (status: number) =>
      listening(
        createHttp((_request, reply) => {
          reply.statusCode = status;
          reply.end();
        }),
      );
    expect((await check(`http://127.0.0.1:${await answer(401)}/`)).at(-1)?.step).toBe('clock');
    expect((await check(`http://127.0.0.1:${await answer(503)}/`)).at(-1)).toMatchObject({
      step: 'http',
      code: 'http_status',
    });
  });

  it('compares the clocks', async () => {
    const port = await listening(createHttp((_request, reply) => reply.end()));
    const slow = () => Date.now() - 7 * 3_600_000 - 30_000;
    const results = await check(`http://127.0.0.1:${port}/`, direct, slow);
    expect(results.at(-1)).toMatchObject({
      step: 'clock',
      code: 'clock_off',
      detail: expect.stringContaining('7 hours slow'),
    });
  });

  it('goes through the HTTP proxy, also by name alone', async () => {
    const port = await listening(createHttp((_request, reply) => reply.end()));
    const through = await proxy({ port, login: 'gate:p@ss' });
    const config = { ...direct, httpProxy: through.url.replace('//', '//gate:p%40ss@') };
    const results = await check('http://portal.invalid:8443/', config);
    expect(steps(results)).toEqual(['proxy passed', 'http passed', 'clock passed']);
    expect(through.asked).toEqual(['portal.invalid:8443']);
    expect(JSON.stringify(results)).not.toContain('p@ss');
  });

  it.each([
    [{ login: 'a:b' }, 'proxy_sign_in_required'],
    [{ status: 403 }, 'proxy_refused'],
  ])('says what is wrong with the proxy: %j', async (options, code) => {
    const through = await proxy(options);
    const results = await check('https://portal.invalid/', { ...direct, httpsProxy: through.url });
    expect(results).toMatchObject([{ step: 'proxy', outcome: 'failed', code }]);
  });

  it('says that the proxy itself can’t be reached', async () => {
    const through = await startConnectProxy();
    await through.close();
    const results = await check('https://portal.invalid/', { ...direct, httpsProxy: through.url });
    expect(results).toMatchObject([{ step: 'proxy', code: 'proxy_unreachable' }]);
  });
});

describe('certificates of an issuer that this machine trusts', () => {
  let built = { folder: '', script: '' };
  beforeAll(async () => {
    built = await buildSource(new URL('../testing/connection-checker.ts', import.meta.url));
  });
  afterAll(() => rm(built.folder, { recursive: true }));

  /** What a process that trusts this certificate finds. */
  async function found(options: CertificateOptions): Promise<CheckResult[]> {
    const certificate = await makeCertificate(options);
    const port = await listening(createHttps(certificate, (_request, reply) => reply.end()));
    const trusted = join(built.folder, `${port}.pem`);
    await writeFile(trusted, certificate.cert);
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [built.script, `https://localhost:${port}/`],
      { env: { ...process.env, NODE_EXTRA_CA_CERTS: trusted } },
    );
    return JSON.parse(stdout) as CheckResult[];
  }

  it('are taken', async () => {
    expect(steps(await found({}))).toEqual([
      'dns passed',
      'tcp passed',
      'tls passed',
      'http passed',
      'clock passed',
    ]);
  });

  it.each([
    ['tls_expired', { from: new Date(Date.now() - 9 * day), until: new Date(Date.now() - day) }],
    ['tls_not_yet_valid', { from: new Date(Date.now() + day) }],
    ['tls_wrong_host', { names: ['elsewhere.example.com'] }],
  ])('are refused where %s', async (code, options) => {
    expect((await found(options)).at(-1)).toMatchObject({ step: 'tls', code });
  });
});

describe('checkConnections', () => {
  it('checks the portal alone until the first bundle names the rest', async () => {
    const port = await listening(createHttp((_request, reply) => reply.end()));
    const portalUrl = `http://127.0.0.1:${port}`;
    const none = checkTargets({ portalUrl, loginUrl: null, graphUrl: null });
    expect(none.map(({ target }) => target)).toEqual(['portal']);
    const all = checkTargets({ portalUrl, loginUrl: portalUrl, graphUrl: `${portalUrl}/graph` });
    const results = await checkConnections(all, direct);
    expect(new Set(results.map(({ target }) => target))).toEqual(
      new Set(['login', 'graph', 'portal']),
    );
  });
});
