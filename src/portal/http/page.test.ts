import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { gunzipSync, gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageConfiguration } from '../../contract/configuration.ts';
import { startBarePortal, type BarePortal } from '../../testing/bare-portal.ts';
import { dataBlock } from '../../server/page.ts';

let folder: string;
let portal: BarePortal;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-page-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<head><!--gatehouse-configuration--></head>');
  await writeFile(join(folder, 'redirect.html'), '<p>bridge</p>');
  await writeFile(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(folder, 'assets', 'main-abc123.js'), 'export {};');
  await writeFile(join(folder, 'assets', 'main-abc123.js.gz'), gzipSync('export {};'));
  portal = await startBarePortal({
    pageFolder: pathToFileURL(`${folder}/`),
    graphUrl: 'https://graph.example.com/beta',
  });
});
afterAll(async () => {
  await portal.close();
  await rm(folder, { recursive: true });
});

const html = { accept: 'text/html,*/*' };
const get = (url: string) => portal.app.inject({ url, headers: html });

describe('the page', () => {
  it('has a nonce of its own each time, and its configuration', async () => {
    const [one, other] = await Promise.all([get('/'), get('/sites/42?tab=sso')]);
    const nonceOf = (text: string) => /property="csp-nonce" nonce="([^"]{22,})"/u.exec(text)?.[1];
    expect(nonceOf(one.body)).toBeDefined();
    expect(nonceOf(one.body)).not.toBe(nonceOf(other.body));
    const json = /id="gatehouse-configuration">([^<]+)</u.exec(one.body)?.[1] ?? '';
    const configuration = pageConfiguration.parse(JSON.parse(json));
    expect(configuration.provider?.knownAuthority).toBe(new URL(portal.issuer.loginUrl).host);
    const answered = await get('/api/v1/configuration');
    expect(answered.json()).toEqual(configuration);
  });

  it('has a policy without unsafe sources', async () => {
    const { headers, body } = await get('/');
    const policy = String(headers['content-security-policy']);
    const nonce = /nonce="([^"]+)"/u.exec(body)?.[1];
    const { loginUrl } = portal.issuer;
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data:",
      "font-src 'self'",
      "manifest-src 'self'",
      `connect-src 'self' ${loginUrl} https://graph.example.com`,
      `frame-src 'self' ${loginUrl}`,
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "object-src 'none'",
      "require-trusted-types-for 'script'",
    ]);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  it('is answered at its own addresses only', async () => {
    for (const url of ['/api/v1/x', '/api', '/gate/v1/x', '/assets/gone.js']) {
      expect([url, (await get(url)).statusCode]).toEqual([url, 404]);
    }
    const scripted = await portal.app.inject({ url: '/sites', headers: { accept: '*/*' } });
    expect(scripted.statusCode).toBe(404);
  });

  it('serves its files for ever, as their names hold their hash', async () => {
    const { statusCode, headers } = await get('/assets/main-abc123.js');
    expect(statusCode).toBe(200);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['content-type']).toContain('javascript');
    expect((await get('/favicon.svg')).headers['content-type']).toContain('svg');
  });

  it('serves the compressed copy to those who take it', async () => {
    const taken = await portal.app.inject({
      url: '/assets/main-abc123.js',
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(taken.headers['content-encoding']).toBe('gzip');
    expect(taken.headers['content-type']).toContain('javascript');
    expect(taken.headers['vary']).toContain('accept-encoding');
    expect(gunzipSync(taken.rawPayload).toString()).toBe('export {};');
    expect((await get('/assets/main-abc123.js')).headers['content-encoding']).toBeUndefined();
  });
});

describe('the redirect bridge', () => {
  it('may be framed by our own page, keeps its opener and is never stored', async () => {
    const { headers, body } = await get('/redirect.html');
    expect(body).toContain('bridge');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['cross-origin-opener-policy']).toBeUndefined();
    expect(headers['x-frame-options']).toBe('SAMEORIGIN');
    expect(String(headers['content-security-policy'])).toContain("frame-ancestors 'self'");
  });
});

describe('dataBlock', () => {
  it('lets nothing end the element', () => {
    const block = dataBlock({
      surface: 'portal',
      name: '</script><script>alert(1)</script><!--',
      version: '1',
      provider: null,
      providers: [],
      sensor: null,
    });
    expect(block.match(/<\/?script/gu)).toHaveLength(2);
    expect(block).not.toContain('<!--');
  });
});
