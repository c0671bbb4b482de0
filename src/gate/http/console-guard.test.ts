import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestConsole, type TestConsole } from '../../testing/test-console.ts';
import {
  adminGroup,
  analystGroup,
  codeIn,
  gateUrl,
  navigation,
  readerGroup,
  sampleBundle,
  startTestGate,
  type TestGate,
} from '../../testing/test-gate.ts';

let behind: TestConsole;
let gate: TestGate;
let admin = '';
let analyst = '';
let reader = '';
beforeAll(async () => {
  behind = await startTestConsole();
  gate = await startTestGate({ upstream: behind.origin });
  admin = await gate.cookieOf(adminGroup);
  analyst = await gate.cookieOf(analystGroup);
  reader = await gate.cookieOf(readerGroup);
});
afterAll(async () => {
  await gate.close();
  await behind.close();
});
afterEach(() => gate.put({ bundle: sampleBundle(gate.issuer.loginUrl), condition: 'inForce' }));

const get = (path: string, cookie: string) => gate.ask(path, { headers: { cookie } });
const post = (path: string, cookie: string, headers: Record<string, string> = {}) =>
  gate.ask(path, { method: 'POST', headers: { cookie, origin: gateUrl, ...headers }, body: 'x' });

describe('rules by role', () => {
  it('let Read only read, and nothing else', async () => {
    expect((await get('/flows', reader)).status).toBe(200);
    const answer = await post('/flows', reader, { accept: 'application/json' });
    expect([answer.status, codeIn(answer)]).toEqual([403, 'console_refused']);
    expect((await post('/flows', analyst)).status).toBe(200);
  });

  it('lead a browser to the page that says what was refused, and tell the portal once', async () => {
    const before = gate.events.length;
    const answer = await post('/settings?token=secret', reader, navigation);
    await post('/settings?token=other', reader, navigation);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toMatch(
      /^\/_gatehouse\/refused\?code=console_refused&method=POST&path=%2Fsettings&reference=/u,
    );
    expect(gate.events.slice(before)).toMatchObject([
      { kind: 'accessRefused', code: 'console_refused', method: 'POST', path: '/settings' },
    ]);
  });

  it.each([
    '/admin',
    '/ADMIN/users',
    '/x/../admin',
    '/x/%2e%2e/admin',
    '/x/..%2fadmin',
    '//admin',
    '/%61dmin',
    '/%2561dmin',
    '/admin%2fusers',
    '/admin;x=1',
    '/./admin',
    '/admin%00',
    '/x\\..\\admin',
  ])('don’t let %s slip past a rule about /admin', async (path) => {
    gate.change({
      consoleRules: {
        securityAnalyst: [
          { effect: 'refuse', methods: [], path: '/admin/**' },
          { effect: 'allow', methods: [], path: '/**' },
        ],
        readOnly: [],
      },
    });
    expect((await get('/flows', analyst)).status).toBe(200);
    const before = behind.seen.length;
    expect((await get(path, analyst)).status).toBe(403);
    expect(behind.seen.length).toBe(before);
  });
});

describe('requests of other origins', () => {
  it.each([
    ['another origin', { origin: 'https://evil.example' }, 403],
    ['this host in plain http', { origin: gateUrl.replace('https', 'http') }, 403],
    ['another port', { origin: `${gateUrl}:8443` }, 403],
    ['nobody', {}, 403],
    [
      'a page that hides it, of another site',
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
      403,
    ],
    [
      'a page that hides it, of another port',
      { origin: 'null', 'sec-fetch-site': 'same-site' },
      403,
    ],
    ['a page that hides it, our own', { origin: 'null', 'sec-fetch-site': 'same-origin' }, 200],
    ['our own', { origin: gateUrl }, 200],
  ])('may change nothing: %s', async (_what, headers, status) => {
    const answer = await gate.ask('/flows', {
      method: 'POST',
      headers: { cookie: admin, ...headers },
      body: 'x',
    });
    expect(answer.status).toBe(status);
    if (status === 403) expect(codeIn(answer)).toBe('foreign_origin');
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['another port', { 'sec-fetch-site': 'same-site' }, 403],
    ['a mail, or the address bar', { 'sec-fetch-site': 'none' }, 403],
    ['nobody', {}, 403],
    ['our own', { 'sec-fetch-site': 'same-origin' }, 200],
  ])('may change nothing by a query that names a method: %s', async (_what, headers, status) => {
    for (const query of ['?_method=DELETE', '?a=1&%5fmethod=GET&X-HTTP-Method-Override=put']) {
      const asked = { cookie: admin, 'sec-fetch-mode': 'navigate', ...headers };
      const answer = await gate.ask(`/flows${query}`, { headers: asked });
      const auth = { 'x-original-method': 'GET', 'x-original-uri': `/flows${query}` };
      const asking = await gate.ask('/_gatehouse/auth', { headers: { ...asked, ...auth } });
      expect([answer.status, asking.status]).toEqual([status, status]);
      if (status === 403) expect(codeIn(answer)).toBe('foreign_origin');
    }
    const reading = { cookie: admin, ...headers };
    expect((await gate.ask('/flows?_method=GET', { headers: reading })).status).toBe(200);
  });
});

describe('a service worker of the console', () => {
  it('isn’t passed on, whoever asks: it would stand before the sign-in page', async () => {
    const before = behind.seen.length;
    for (const cookie of [reader, analyst, admin]) {
      const answer = await gate.ask('/sw.js', { headers: { cookie, 'service-worker': 'script' } });
      expect([answer.status, codeIn(answer)]).toEqual([403, 'service_worker_refused']);
    }
    const asked = { 'x-original-method': 'GET', 'x-original-uri': '/sw.js' };
    const headers = { cookie: admin, 'service-worker': 'script', ...asked };
    expect((await gate.ask('/_gatehouse/auth', { headers })).status).toBe(403);
    expect(behind.seen.length).toBe(before);
    expect((await get('/sw.js', reader)).status).toBe(200);
  });
});
