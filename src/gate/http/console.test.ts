import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sensorPermissionNames } from '../../domain/sensor-permissions.ts';
import {
  startTestConsole,
  type SeenRequest,
  type TestConsole,
} from '../../testing/test-console.ts';
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
import { personId } from '../../testing/token-issuer.ts';
import { readConsoleHeaders } from './console-headers.ts';
import { createSessionCookie } from './session-cookie.ts';

let behind: TestConsole;
let gate: TestGate;
let admin = '';
let analyst = '';
let reader = '';
beforeAll(async () => {
  behind = await startTestConsole({
    '/login': (_request, response) => {
      const { name } = createSessionCookie(gateIdentity.gateId);
      response.setHeader('location', `${behind.origin}/start`);
      response.setHeader('set-cookie', ['console=1; Path=/', `${name}=stolen; Path=/; Secure`]);
      response.setHeader('connection', 'x-hop');
      response.setHeader('x-hop', 'one');
      response.setHeader('keep-alive', 'timeout=9');
      response.statusCode = 302;
      response.end();
    },
  });
  gate = await startTestGate({
    upstream: behind.origin,
    headers: readConsoleHeaders(
      'X-WEBAUTH-USER=user,X-WEBAUTH-ROLE=role(admin=Admin,securityAnalyst=Editor,readOnly=Viewer),Remote-User=user',
    ),
  });
  admin = await gate.cookieOf(adminGroup);
  analyst = await gate.cookieOf(analystGroup);
  reader = await gate.cookieOf(readerGroup);
});
afterAll(async () => {
  await gate.close();
  await behind.close();
});
afterEach(() => gate.put({ bundle: sampleBundle(gate.issuer.loginUrl), condition: 'inForce' }));

const get = (path: string, cookie: string, headers: Record<string, string | string[]> = {}) =>
  gate.ask(path, { headers: { cookie, ...headers } });
const post = (path: string, cookie: string, headers: Record<string, string> = {}) =>
  gate.ask(path, { method: 'POST', headers: { cookie, origin: gateUrl, ...headers }, body: 'x' });

/** Every value of a header, however it was spelled. */
function valuesOf({ rawHeaders }: SeenRequest, name: string): string[] {
  const found: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (rawHeaders[at]?.toLowerCase().replaceAll('_', '-') === name)
      found.push(rawHeaders[at + 1] ?? '');
  }
  return found;
}

describe('nobody signed in', () => {
  it('is led to the sign-in page, and from there back', async () => {
    const answer = await gate.ask('/flows/7?tab=a&b=c', { headers: navigation });
    expect([answer.status, answer.headers.location]).toEqual([
      302,
      '/_gatehouse/?return=%2Fflows%2F7%3Ftab%3Da%26b%3Dc',
    ]);
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    '/%2f%2fevil.example',
    '/_gatehouse/recover',
    '/./_gatehouse/x',
  ])('is led from %s back to the start of the console only', async (path) => {
    const answer = await gate.ask(path.replace('/_gatehouse', '/a/../_gatehouse'), {
      headers: navigation,
    });
    expect(answer.headers.location).toBe('/_gatehouse/?return=%2F');
  });

  it.each([
    ['a script', { accept: 'application/json' }],
    ['a picture', { accept: 'text/html', 'sec-fetch-mode': 'no-cors' }],
  ])('gets a problem for %s', async (_what, headers) => {
    const answer = await gate.ask('/api/flows', { headers });
    expect([answer.status, codeIn(answer)]).toEqual([401, 'not_signed_in']);
  });

  it.each([
    ['of another gate', createSessionCookie('another').create(), 'another'],
    ['of another gate under this gate’s name', createSessionCookie('another').create(), ''],
    ['made up', createSessionCookie(gateIdentity.gateId).create(), ''],
    ['empty', '', ''],
  ])('has a cookie %s', async (_what, value, otherGate) => {
    const { name } = createSessionCookie(otherGate === '' ? gateIdentity.gateId : otherGate);
    const answer = await get('/', `${name}=${value}`);
    expect(answer.status).toBe(401);
  });

  it('has a good cookie twice, or half of it', async () => {
    expect((await get('/', `${reader}; ${reader}`)).status).toBe(401);
    expect((await get('/', reader.slice(0, -1))).status).toBe(401);
    expect((await get('/', `x${reader}`)).status).toBe(401);
  });
});

describe('what the console is told', () => {
  it('is who is asking, by headers', async () => {
    await get('/flows', analyst);
    expect(behind.last().headers).toMatchObject({
      'x-gatehouse-user': 'ada@example.com',
      'x-gatehouse-name': 'Ada%20Admin',
      'x-gatehouse-object-id': personId,
      'x-gatehouse-role': 'securityAnalyst',
      'x-webauth-user': 'ada@example.com',
      'x-webauth-role': 'Editor',
      'remote-user': 'ada@example.com',
      host: new URL(gateUrl).host,
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': new URL(gateUrl).host,
      'x-forwarded-port': '443',
    });
    await get('/flows', admin);
    expect(behind.last().headers['x-gatehouse-permissions']).toBe(sensorPermissionNames.join(','));
  });

  it.each([
    'X-Gatehouse-User',
    'x-gatehouse-ROLE',
    'X_Gatehouse_User',
    'X-Gatehouse_Role',
    'x.gatehouse.role',
    'X-Gatehouse-Permissions',
    'X-Gatehouse-Assertion',
    'X-Gatehouse-Anything',
    'X-WEBAUTH-USER',
    'x_webauth_role',
    'Remote-User',
    'REMOTE_USER',
    'X-Remote-User',
    'X-Auth-Request-User',
    'X-Forwarded-User',
    'X-Forwarded-For',
    'X-Forwarded-Proto',
    'X-Real-IP',
    'Forwarded',
    'X-Original-URL',
    'X-HTTP-Method-Override',
    'X_HTTP_Method_Override',
    'X-Method-Override',
    'X-HTTP-Method',
  ])('is never what a client says in %s', async (name) => {
    await get('/flows', reader, { [name]: ['forged', 'forged too'] });
    const { rawHeaders } = behind.last();
    expect(rawHeaders.filter((part) => part.includes('forged'))).toEqual([]);
  });

  it('isn’t undone by a header that the client names in Connection', async () => {
    await gate.raw(
      `GET /flows HTTP/1.1\r\nHost: x\r\nCookie: ${reader}\r\nX-Secret: 1\r\nConnection: close, X-Secret, X-Gatehouse-Role, X-Forwarded-For\r\n\r\n`,
    );
    const seen = behind.last();
    expect(seen.headers).toMatchObject({
      'x-gatehouse-role': 'readOnly',
      'x-forwarded-for': '127.0.0.1',
    });
    expect(valuesOf(seen, 'x-secret')).toEqual([]);
  });

  it('has none of Gatehouse’s cookies, and all of its own', async () => {
    await get('/flows', `console=1; ${reader}; __Host-gatehouse-recovery=secret; theme=dark`);
    expect(behind.last().headers.cookie).toBe('console=1; theme=dark');
    await get('/flows', reader);
    expect(behind.last().headers.cookie).toBeUndefined();
  });

  it('is spared the headers of one hop', async () => {
    await get('/flows', reader, {
      te: 'trailers',
      'proxy-authorization': 'x',
      'keep-alive': 'timeout=5',
    });
    const names = behind
      .last()
      .rawHeaders.filter((_, at) => at % 2 === 0)
      .map((name) => name.toLowerCase());
    expect(
      names.filter((name) => /^(?:te|proxy-.*|keep-alive|trailer|upgrade)$/u.test(name)),
    ).toEqual([]);
    expect(names.filter((name) => name === 'host')).toHaveLength(1);
  });

  it('lets an Admin override methods: no rule limits them', async () => {
    await post('/flows', admin, { 'x-http-method-override': 'DELETE' });
    expect(behind.last().headers['x-http-method-override']).toBe('DELETE');
    await post('/flows', analyst, { 'x-http-method-override': 'DELETE' });
    expect(behind.last().headers['x-http-method-override']).toBeUndefined();
  });
});

describe('what the console answers', () => {
  it('keeps its cookies and loses those that could pose as the gate’s', async () => {
    const answer = await get('/login', reader);
    expect(answer.headers['set-cookie']).toEqual(['console=1; Path=/']);
    expect(answer.headers.location).toBe(`${gateUrl}/start`);
    expect(answer.headers['x-hop']).toBeUndefined();
    expect(answer.headers['keep-alive'] ?? '').not.toContain('9');
  });
});
