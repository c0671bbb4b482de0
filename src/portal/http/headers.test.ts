import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBarePortal, type BarePortal } from '../../testing/bare-portal.ts';

let folder: string;
let portal: BarePortal;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-headers-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<head><!--gatehouse-configuration--></head>');
  await writeFile(join(folder, 'redirect.html'), '<p>bridge</p>');
  await writeFile(join(folder, 'assets', 'main-abc123.js'), 'export {};');
  portal = await startBarePortal({
    pageFolder: pathToFileURL(`${folder}/`),
    env: { GATEHOUSE_PUBLIC_URL: 'https://gatehouse.example.com' },
  });
});
afterAll(async () => {
  await portal.close();
  await rm(folder, { recursive: true });
});

const html = { accept: 'text/html' };
const longId = 'x'.repeat(101);

describe('headers', () => {
  it.each([
    ['an answer of the API', '/api/v1/configuration', 200, {}],
    ['a refusal', '/api/v1/me', 401, {}],
    ['a wrong query', '/api/v1/configuration?a=1', 400, {}],
    ['an address that can’t be read', '/%zz', 400, {}],
    ['an address that is too long', `/api/v1/sites/${longId}`, 404, {}],
    ['an unknown address', '/api/v1/nothing', 404, {}],
    ['an unknown method', '/api/v1/portal-access', 405, { method: 'PATCH' }],
    ['an asset that isn’t there', '/assets/none.js', 404, {}],
    ['a file that isn’t there', '/favicon.svg', 404, {}],
    ['what says that it lives', '/healthz', 200, {}],
  ] as const)('of %s keep it to itself', async (_what, url, status, options) => {
    const { statusCode, headers } = await portal.app.inject({ url, ...options });
    expect(statusCode).toBe(status);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
    });
    if (status >= 400) expect(headers['content-type']).toContain('application/problem+json');
  });

  it.each([
    ['the page', '/', 'no-store', "frame-ancestors 'none'"],
    ['a page’s own address', '/sites', 'no-store', "frame-ancestors 'none'"],
    ['the bridge', '/redirect.html', 'no-store', "frame-ancestors 'self'"],
    ['an asset', '/assets/main-abc123.js', 'public, max-age=31536000, immutable', "'none'"],
  ])('of %s are there too', async (_what, url, cache, policy) => {
    const { statusCode, headers } = await portal.app.inject({ url, headers: html });
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'cache-control': cache,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
    });
    expect(headers['content-security-policy']).toContain(policy);
    expect(headers['content-security-policy']).not.toContain('unsafe');
  });

  it('ask for no part of a file that isn’t there', async () => {
    const range = { range: 'bytes=9999-' };
    const answer = await portal.app.inject({ url: '/assets/main-abc123.js', headers: range });
    expect(answer.statusCode).toBe(416);
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store' });
  });

  it('promise no https where there is none', async () => {
    const plain = await startBarePortal();
    const { headers } = await plain.app.inject('/healthz');
    expect(headers).not.toHaveProperty('strict-transport-security');
    await plain.close();
  });
});
