import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  adminGroup,
  analystGroup,
  codeIn,
  gateIdentity,
  gateUrl,
  navigation,
  readerGroup,
  sampleBundle,
  startTestGate,
  type TestGate,
} from '../../testing/test-gate.ts';
import { readConsoleHeaders } from './console-headers.ts';
import { personId, tenantId } from '../../testing/token-issuer.ts';

let gate: TestGate;
let admin = '';
let analyst = '';
let reader = '';
beforeAll(async () => {
  const headers = readConsoleHeaders('X-Console-User=user');
  gate = await startTestGate({ assertions: true, headers });
  admin = await gate.cookieOf(adminGroup);
  analyst = await gate.cookieOf(analystGroup);
  reader = await gate.cookieOf(readerGroup);
});
afterAll(() => gate.close());
afterEach(() => gate.put({ bundle: sampleBundle(gate.issuer.loginUrl), condition: 'inForce' }));

type Headers = Record<string, string | string[]>;

const nginx = (method: string, uri: string): Headers => ({
  'x-original-method': method,
  'x-original-uri': uri,
});
const traefik = (method: string, uri: string): Headers => ({
  'x-forwarded-method': method,
  'x-forwarded-uri': uri,
});
const auth = (cookie: string, headers: Headers, path = '', method = 'GET') =>
  gate.ask(`/_gatehouse/auth${path}`, { method, headers: { cookie, origin: gateUrl, ...headers } });

describe('a proxy that asks', () => {
  it.each([
    ['nginx', nginx],
    ['Traefik and Caddy', traefik],
  ])('as %s does is told who it is', async (_what, headers) => {
    const answer = await auth(reader, headers('GET', '/flows?a=b'));
    expect([answer.status, answer.body]).toEqual([200, '']);
    expect(answer.headers).toMatchObject({
      'x-gatehouse-user': 'ada@example.com',
      'x-gatehouse-role': 'readOnly',
      'x-gatehouse-object-id': personId,
      'cache-control': 'no-store',
    });
    expect((await auth(reader, headers('POST', '/flows'))).status).toBe(403);
    expect((await auth(analyst, headers('POST', '/flows'))).status).toBe(200);
  });

  it('as Envoy does asks by method and path', async () => {
    expect((await auth(reader, {}, '/flows?a=b')).status).toBe(200);
    expect((await auth(reader, {}, '/flows', 'POST')).status).toBe(403);
    expect((await auth(analyst, {}, '/flows', 'DELETE')).status).toBe(200);
  });

  it.each([
    ['none', {}],
    ['no method', { 'x-original-uri': '/flows' }],
    ['no address', { 'x-original-method': 'GET' }],
    ['two methods', { 'x-original-method': ['GET', 'POST'], 'x-original-uri': '/flows' }],
    ['two addresses', { 'x-original-method': 'GET', 'x-original-uri': ['/flows', '/admin'] }],
    ['two ways that differ', { ...nginx('POST', '/flows'), ...traefik('GET', '/flows') }],
    ['a second way, by half', { ...nginx('GET', '/flows'), 'x-forwarded-uri': '/x' }],
    ['an address that is none', nginx('GET', 'http://evil.example/')],
    ['an address with a space', nginx('GET', '/flows /x')],
    ['a method that is none', nginx('get', '/flows')],
  ])('about %s is refused, but for an Admin', async (_what, headers) => {
    expect((await auth(reader, headers)).status).toBe(403);
    expect((await auth(analyst, headers)).status).toBe(403);
    expect((await auth(admin, headers)).status).toBe(200);
  });

  it.each(['sec-websocket-key', 'x-original-upgrade'])('tells a WebSocket by %s', async (name) => {
    const headers = { ...nginx('GET', '/live'), [name]: 'websocket' };
    expect((await auth(reader, headers)).status).toBe(403);
    expect((await auth(analyst, headers)).status).toBe(200);
  });

  it('tells a WebSocket of HTTP/2 by CONNECT', async () => {
    gate.change({
      consoleRules: {
        securityAnalyst: [
          { effect: 'refuse', methods: ['WEBSOCKET'], path: '/**' },
          { effect: 'allow', methods: [], path: '/**' },
        ],
        readOnly: [],
      },
    });
    expect((await auth(analyst, traefik('POST', '/live'))).status).toBe(200);
    expect((await auth(analyst, traefik('CONNECT', '/live'))).status).toBe(403);
  });

  it.each([
    'x-http-method-override',
    'x-http-method',
    'x-method-override',
    'x_http_method_override',
  ])('passes on a method in %s: it must be allowed as well', async (name) => {
    const ask = (cookie: string, method: string) =>
      auth(cookie, { ...nginx('GET', '/flows'), [name]: method });
    expect((await ask(reader, 'delete')).status).toBe(403);
    expect((await ask(reader, 'HEAD')).status).toBe(200);
    expect((await ask(analyst, 'DELETE')).status).toBe(200);
    expect((await ask(admin, 'DELETE')).status).toBe(200);
  });

  it.each(['x-original-url', 'x-rewrite-url'])(
    'passes on an address in %s: it must be allowed as well',
    async (name) => {
      const refused = { effect: 'refuse' as const, methods: [], path: '/admin/**' };
      const allowed = { effect: 'allow' as const, methods: [], path: '/**' };
      gate.change({ consoleRules: { securityAnalyst: [refused, allowed], readOnly: [] } });
      const ask = (cookie: string, address: string) =>
        auth(cookie, { ...nginx('GET', '/flows'), [name]: address });
      expect((await ask(analyst, '/admin/users')).status).toBe(403);
      expect((await ask(analyst, 'http://127.0.0.1/admin')).status).toBe(403);
      expect((await ask(analyst, '/flows/1')).status).toBe(200);
      expect((await ask(admin, '/admin')).status).toBe(200);
    },
  );

  it.each([
    ['X_Gatehouse_Role', 403],
    ['x-gatehouse_role', 403],
    ['X.Gatehouse.Role', 403],
    ['X_Console_User', 403],
    ['X-Gatehouse-Role', 200],
    ['X_Other', 200],
  ])(
    'replaces names of the gate’s as they are spelled, and no others: %s is %i',
    async (name, status) => {
      const headers = { ...nginx('GET', '/flows'), [name]: 'admin' };
      expect((await auth(reader, headers)).status).toBe(status);
    },
  );

  it('is told of requests of other origins that they may change nothing', async () => {
    const headers = { ...nginx('POST', '/flows'), origin: 'https://evil.example' };
    const answer = await auth(admin, headers);
    expect([answer.status, codeIn(answer)]).toEqual([403, 'foreign_origin']);
  });

  it.each(['/x/../admin', '/x/%2e%2e/admin', '//admin', '/admin%2f', '/Admin'])(
    'gets no %s past a rule about /admin',
    async (uri) => {
      gate.change({
        consoleRules: {
          securityAnalyst: [
            { effect: 'refuse', methods: [], path: '/admin/**' },
            { effect: 'allow', methods: [], path: '/**' },
          ],
          readOnly: [],
        },
      });
      expect((await auth(analyst, nginx('GET', uri))).status).toBe(403);
      expect((await auth(analyst, nginx('GET', '/flows'))).status).toBe(200);
    },
  );
});

describe('somebody who isn’t signed in', () => {
  it('is sent on by nginx, which takes 401 and a header', async () => {
    const answer = await auth('', { ...navigation, ...nginx('GET', '/flows?a=b') });
    expect([answer.status, answer.headers['x-gatehouse-sign-in'], answer.headers.location]).toEqual(
      [401, '/_gatehouse/?return=%2Fflows%3Fa%3Db', undefined],
    );
  });

  it('is led to the sign-in page through proxies that pass answers on', async () => {
    const answer = await auth('', { ...navigation, ...traefik('GET', '/flows') });
    expect([answer.status, answer.headers.location]).toEqual([
      302,
      `${gateUrl}/_gatehouse/?return=%2Fflows`,
    ]);
    const script = await auth('', { accept: 'application/json', ...traefik('GET', '/flows') });
    expect([script.status, codeIn(script)]).toEqual([401, 'not_signed_in']);
  });

  it.each(['//evil.example', '/%2f/evil.example', '/a/../_gatehouse/x', 'https://evil.example/'])(
    'isn’t led to %s',
    async (uri) => {
      const answer = await auth('', { ...navigation, ...traefik('GET', uri) });
      expect(answer.headers.location).toBe(`${gateUrl}/_gatehouse/?return=%2F`);
    },
  );
});

describe('the assertion', () => {
  it('is signed by the key that the gate publishes, for this sensor, and kept for a session', async () => {
    const first = await auth(analyst, nginx('GET', '/flows'));
    const again = await auth(analyst, nginx('GET', '/flows'));
    const assertion = String(first.headers['x-gatehouse-assertion']);
    expect(again.headers['x-gatehouse-assertion']).toBe(assertion);
    const keys = JSON.parse((await gate.ask('/_gatehouse/jwks.json')).body) as JSONWebKeySet;
    expect(keys.keys[0]).not.toHaveProperty('d');
    const { payload, protectedHeader } = await jwtVerify(assertion, createLocalJWKSet(keys), {
      issuer: gateUrl,
      audience: gateIdentity.sensorId,
      algorithms: ['EdDSA'],
    });
    expect(protectedHeader.kid).toBe(keys.keys[0]?.kid);
    expect(payload).toMatchObject({
      sub: `${tenantId}.${personId}`,
      role: 'securityAnalyst',
      preferred_username: 'ada@example.com',
      aud: [gateUrl, gateIdentity.sensorId],
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);
    const other = await auth(admin, nginx('GET', '/flows'));
    expect(other.headers['x-gatehouse-assertion']).not.toBe(assertion);
  });

  it('is made with a key that nobody else can read, and that stays', async () => {
    expect((await stat(join(gate.dataDir, 'assertion-key.pem'))).mode & 0o777).toBe(0o600);
    const before = (await gate.ask('/_gatehouse/jwks.json')).body;
    await gate.restart();
    expect((await gate.ask('/_gatehouse/jwks.json')).body).toBe(before);
  });
});
