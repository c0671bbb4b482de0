import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problem } from '../../contract/problem.ts';
import {
  bearer,
  groupId,
  oneGroupEach,
  publicUrl,
  startBarePortal,
  type BarePortal,
} from '../../testing/bare-portal.ts';

let portal: BarePortal;
let port: number;
let admin: Record<string, string>;
beforeAll(async () => {
  portal = await startBarePortal();
  await portal.setPortalAccess(oneGroupEach({ admin: groupId(1) }));
  admin = bearer(await portal.issuer.token({ groups: [groupId(1)] }));
  port = Number(new URL(await portal.app.listen({ port: 0, host: '127.0.0.1' })).port);
});
afterAll(() => portal.close());

/** The status of a request whose line is sent as it stands: clients would tidy its path. */
async function raw(line: string, headers: readonly string[] = []): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const all = ['Host: localhost', 'Connection: close', ...headers].join('\r\n');
  socket.write(`${line} HTTP/1.1\r\n${all}\r\n\r\n`);
  return text(socket);
}

describe('a path', () => {
  it.each([
    '//api/v1/me',
    '/api//v1/me',
    '/api/v1/../v1/me',
    '/api/v1/configuration/../me',
    '/api/v1/%2e%2e/v1/me',
    '/api%2fv1%2fme',
    '/api/v1/me%00',
    '/api/v1/me;/configuration',
    '/API/v1/ME',
    '/assets/../api/v1/me',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/..%2f..%2fpackage.json',
    '/\\..\\package.json',
    'http://evil.example/api/v1/me',
  ])('%s leads nowhere without a sign-in', async (path) => {
    const answer = await raw(`GET ${path}`);
    expect(answer).toMatch(/^HTTP\/1\.1 (?:400|401|404) /u);
    expect(answer.toLowerCase()).toContain('x-content-type-options: nosniff');
  });
});

describe('headers', () => {
  it('change no method', async () => {
    for (const name of ['x-http-method-override', 'x-method-override', 'x-http-method']) {
      const headers = { ...admin, [name]: 'DELETE' };
      const url = '/api/v1/providers/environment/draft';
      expect((await portal.app.inject({ method: 'POST', url, headers })).statusCode).toBe(405);
    }
  });

  it('let no other origin read: there is no CORS', async () => {
    const headers = {
      origin: 'https://evil.example',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'authorization',
    };
    const url = '/api/v1/portal-access';
    const preflight = await portal.app.inject({ method: 'OPTIONS', url, headers });
    expect(preflight.statusCode).toBe(405);
    const read = await portal.app.inject({ url, headers: { ...admin, ...headers } });
    for (const answer of [preflight, read]) {
      expect(Object.keys(answer.headers).join()).not.toContain('access-control');
    }
  });

  it('name no other host or address for us', async () => {
    const url = '/api/v1/portal-access';
    const forged = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-for': '203.0.113.9',
      'x-real-ip': '203.0.113.9',
      forwarded: 'for=203.0.113.9;host=evil.example',
    };
    const outsider = await portal.issuer.token({ groups: [groupId(8)], oid: groupId(8), sid: 'o' });
    const answer = await portal.app.inject({ url, headers: { ...bearer(outsider), ...forged } });
    expect(answer.statusCode).toBe(403);
    expect(JSON.stringify([answer.headers, answer.body])).not.toContain('evil.example');
    const { rows } = await portal.database.pool.query<{ address: string }>(
      'select address from sign_ins where object_id = $1',
      [groupId(8)],
    );
    expect(rows).toEqual([{ address: '127.0.0.1' }]);
  });

  it('of a trusted proxy name the last address before it, and not what a client made up', async () => {
    const proxied = await startBarePortal({ env: { GATEHOUSE_TRUST_PROXY: '127.0.0.1' } });
    const token = await proxied.issuer.token({});
    const headers = { ...bearer(token), 'x-forwarded-for': '1.2.3.4, 198.51.100.7' };
    await proxied.app.inject({ url: '/api/v1/me', headers });
    const { rows } = await proxied.database.pool.query('select address from sign_ins');
    await proxied.close();
    expect(rows).toEqual([{ address: '198.51.100.7' }]);
  });

  it('sent twice are refused, or the stricter of both', async () => {
    const { authorization = '' } = admin;
    const twice = await raw('GET /api/v1/me', [
      `Authorization: ${authorization}`,
      'AUTHORIZATION: Bearer x',
    ]);
    expect(twice).toContain('several_authorization_headers');
    const matches = await raw('DELETE /api/v1/providers/environment/draft', [
      `Authorization: ${authorization}`,
      'If-Match: "1"',
      'If-Match: "2"',
    ]);
    expect(matches).toContain('invalid_if_match');
  });
});

describe('a cookie', () => {
  it.each([undefined, 'null', '', 'https://evil.example', `${publicUrl}.evil.example`])(
    'changes nothing with the origin %s',
    async (origin) => {
      const { cookie = '' } = await portal.recover();
      const headers = { cookie, ...(origin === undefined ? {} : { origin }) };
      for (const url of ['/api/v1/providers/environment/draft', '/api/v1/recovery-session']) {
        const answer = await portal.app.inject({ method: 'DELETE', url, headers });
        expect([url, answer.statusCode]).toEqual([url, 403]);
        expect(problem.parse(answer.json()).code).toBe('foreign_origin');
      }
      const me = await portal.app.inject({ url: '/api/v1/me', headers: { cookie } });
      expect(me.statusCode).toBe(200);
    },
  );

  it('with an origin sent twice changes nothing', async () => {
    const { cookie = '' } = await portal.recover();
    const answer = await raw('DELETE /api/v1/providers/environment/draft', [
      `Cookie: ${cookie}`,
      'Origin: https://evil.example',
      `Origin: ${publicUrl}`,
    ]);
    expect(answer).toContain('foreign_origin');
  });

  it('doesn’t help a token that isn’t good', async () => {
    const { cookie = '' } = await portal.recover();
    const headers = { cookie, ...bearer('x') };
    expect((await portal.app.inject({ url: '/api/v1/me', headers })).statusCode).toBe(401);
  });
});

describe('a body', () => {
  const put = (payload: string, type = 'application/json') =>
    portal.app.inject({
      method: 'PUT',
      url: '/api/v1/portal-access',
      headers: { ...admin, 'content-type': type, 'if-match': '"1"' },
      payload,
    });
  const deep = 500_000;

  it.each([
    ['nested deeply', '['.repeat(deep) + ']'.repeat(deep)],
    ['of objects nested deeply', '{"a":'.repeat(200_000) + '1' + '}'.repeat(200_000)],
    [
      'with a field nested deeply',
      `{"permissions":${'{"admin":'.repeat(100_000)}[]${'}'.repeat(100_000)}}`,
    ],
    ['with a poisoned prototype', '{"permissions":{"__proto__":{"admin":[]}}}'],
    ['with a poisoned constructor', '{"constructor":{"prototype":{"admin":true}}}'],
    ['with an escaped prototype', '{"\\u005f_proto__":{"admin":true}}'],
  ])('%s is refused, and harms nothing', async (_what, payload) => {
    const answer = await put(payload);
    expect(answer.statusCode).toBe(400);
    expect(answer.body.length).toBeLessThan(20_000);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
    expect((await portal.app.inject('/healthz')).statusCode).toBe(200);
  });

  it('of wrong fields without number is answered shortly', async () => {
    const list = Array.from({ length: 50_000 }, () => ({ id: 1 }));
    const answer = await put(JSON.stringify({ permissions: { admin: list } }));
    expect(answer.statusCode).toBe(400);
    expect(answer.body.length).toBeLessThan(40_000);
  });

  it('can’t pretend to be JSON', async () => {
    for (const type of ['text/plain', 'application/json, text/plain', 'application/jsonp']) {
      expect((await put('{}', type)).statusCode).toBe(415);
    }
  });
});

describe('a query', () => {
  it.each([
    '__proto__[admin]=1',
    '__proto__=1',
    'constructor=1',
    'before=1%20or%201=1',
    'before=-1',
    'before=1e3',
    'before=99999999999999999999',
    'before=%00',
    'limit=1e9',
    'limit[]=1',
  ])('%s is refused', async (query) => {
    const answer = await portal.app.inject({ url: `/api/v1/sign-ins?${query}`, headers: admin });
    expect([query, answer.statusCode]).toEqual([query, 400]);
  });
});
