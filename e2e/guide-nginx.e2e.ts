import { mkdir, writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../src/testing/certificate.ts';
import { otherGatesCookie, otherPeoplesWords, startGateBehind } from './behind-proxy.ts';
import { freePort } from './free-ports.ts';
import {
  nginxSnippet,
  readableFolder,
  removeFolder,
  startBeside,
  writeNginx,
  type Beside,
} from './beside.ts';
import { ask, type GateWorld, type TestGate } from './gate-world.ts';
import {
  askToBecome,
  startTellingConsole,
  webSocketHeaders,
  type TellingConsole,
} from './telling-console.ts';

/** The documented site of nginx, with TLS, before a console that tells what headers it got. */
describe('nginx that asks a gate', () => {
  let folder: string;
  let ca: string;
  let site: string;
  let local: string;
  let nginx: Beside;
  let gates: GateWorld;
  let gate: TestGate;
  let sample: TellingConsole;
  beforeAll(async () => {
    folder = await readableFolder('nginx');
    const [gatePort, port] = [await freePort(), await freePort()];
    site = `https://localhost:${port}`;
    local = `http://127.0.0.1:${gatePort}`;
    sample = await startTellingConsole();

    const { cert, key } = await makeCertificate();
    ca = cert;
    await mkdir(join(folder, 'tls'));
    await writeFile(join(folder, 'tls', 'fullchain.pem'), cert);
    await writeFile(join(folder, 'tls', 'privkey.pem'), key, { mode: 0o600 });
    const shared = await nginxSnippet('gatehouse.conf', {
      '127.0.0.1:8090': `127.0.0.1:${gatePort}`,
    });
    const own = await nginxSnippet('console.conf', {
      '/etc/ssl/sensor': join(folder, 'tls'),
      'listen 443 ssl': `listen 127.0.0.1:${port} ssl`,
      'http://127.0.0.1:3000': `http://127.0.0.1:${sample.port}`,
    });
    const args = await writeNginx(folder, shared + own, {
      'gatehouse-auth.conf': await nginxSnippet('gatehouse-auth.conf', {}),
      'gatehouse-protect.conf': await nginxSnippet('gatehouse-protect.conf', {}),
    });
    nginx = await startBeside({ program: 'nginx', args, port, signal: 'SIGQUIT' });
    ({ gates, gate } = await startGateBehind(site, gatePort, {
      GATEHOUSE_GATE_ASSERTIONS: 'on',
    }));
  });
  afterAll(async () => {
    await gates?.close();
    await nginx?.stop();
    sample?.close();
    await removeFolder(folder);
  });

  it('sends people to the sign-in page and back, and tells scripts 401', async () => {
    const page = await ask(`${site}/alerts?page=2&kind=a%20b`, { ca, page: true });
    expect(page.status).toBe(303);
    const location = new URL(page.header('location') ?? '', site);
    expect(location.pathname).toBe('/_gatehouse/');
    expect(location.searchParams.get('return')).toBe('/alerts?page=2&kind=a%20b');
    expect((await ask(`${site}/_gatehouse/`, { ca, page: true })).text).toContain('Gatehouse');
    const script = { 'sec-fetch-mode': 'cors' };
    expect((await ask(`${site}/alerts`, { ca, headers: script })).status).toBe(401);
  });

  it('lets nobody ask the gate through it', async () => {
    const cookie = await gate.signIn('rosa');
    for (const path of ['auth', 'auth/', 'auth/alerts', 'auth?x', '%61uth/x', '/auth/x']) {
      const answer = await ask(`${site}/_gatehouse/${path}`, { ca, cookie });
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.header('x-gatehouse-assertion')).toBeNull();
    }
  });

  it('tells the console who is asking, whatever the client says', async () => {
    const cookie = await gate.signIn('rosa');
    const forged = {
      'x-gatehouse-role': 'admin',
      'x-gatehouse-user': 'mallory',
      'X-Gatehouse-Object-Id': 'mallory',
      'x-original-method': 'GET',
      'x-original-uri': '/',
      'x-forwarded-method': 'GET',
      'x-forwarded-uri': '/',
    };
    const answer = await ask(`${site}/`, { ca, cookie, headers: forged });
    expect(answer.status).toBe(200);
    const told = JSON.parse(answer.text) as IncomingHttpHeaders;
    expect(told).toMatchObject({
      'x-gatehouse-role': 'readOnly',
      'x-gatehouse-user': 'rosa.van.dijk@contoso-plants.example',
      'x-gatehouse-name': 'Rosa%20van%20Dijk',
    });
    expect(JSON.stringify(told)).not.toContain('mallory');

    // What the guide tells consoles to do.
    const keys = createRemoteJWKSet(new URL(`${local}/_gatehouse/jwks.json`));
    const { payload } = await jwtVerify(String(told['x-gatehouse-assertion']), keys, {
      issuer: site,
      audience: site,
      algorithms: ['EdDSA'],
    });
    expect(payload).toMatchObject({ role: 'readOnly', name: 'Rosa van Dijk' });
  });

  it('refuses by the rules of the role, with a page for people', async () => {
    const cookie = await gate.signIn('rosa');
    const script = await ask(`${site}/alerts`, {
      ca,
      cookie,
      method: 'POST',
      headers: { 'sec-fetch-mode': 'cors', 'x-original-method': 'GET' },
    });
    expect(script.status).toBe(403);
    const page = await ask(`${site}/alerts`, { ca, cookie, method: 'POST', page: true });
    expect(page.status).toBe(303);
    expect(page.header('location')).toMatch(/^\/_gatehouse\/refused\?code=console_refused&/u);
  });

  it('opens WebSockets, which are no GET for the rules', async () => {
    const [rosa, ada] = [await gate.signIn('rosa'), await gate.signIn('ada')];
    const headers = webSocketHeaders(site);
    const opened = await askToBecome('websocket', `${site}/live`, { ca, cookie: ada, headers });
    expect(opened.status).toBe(101);
    expect(opened.told).toContain('"x-gatehouse-role":"admin"');
    expect((await ask(`${site}/live`, { ca, cookie: rosa })).status).toBe(200);
    const refused = await askToBecome('websocket', `${site}/live`, { ca, cookie: rosa, headers });
    expect(refused.status).toBe(403);
    // By the words alone, as no browser does.
    const bare = { origin: site, 'sec-fetch-mode': 'websocket' };
    const posing = { ca, cookie: rosa, headers: bare };
    expect((await askToBecome('WebSocket', `${site}/live`, posing)).status).toBe(403);
  });

  it('opens nothing else: behind it no rule would see what is asked', async () => {
    const h2c = { 'http2-settings': 'AAMAAABkAAQCAAAAAAIAAAAA', 'sec-fetch-mode': 'cors' };
    for (const person of ['rosa', 'ada'] as const) {
      const cookie = await gate.signIn(person);
      const tries = [
        { protocol: 'h2c', headers: { ...h2c, connection: 'Upgrade, HTTP2-Settings' } },
        { protocol: 'h2c', headers: { ...webSocketHeaders(site), ...h2c } },
        { protocol: 'websocket, h2c', headers: webSocketHeaders(site) },
        { protocol: 'TLS/1.0', headers: h2c },
      ];
      for (const { protocol, headers } of tries) {
        const answer = await askToBecome(protocol, `${site}/alerts`, { ca, cookie, headers });
        expect([protocol, answer]).toEqual([protocol, { status: 403, told: null }]);
      }
    }
  });

  it('keeps Gatehouse’s cookies, and other people’s words, from the console', async () => {
    const own = await gate.signIn('ada');
    const other = otherGatesCookie;
    const headers = otherPeoplesWords;
    for (const [cookie, left] of [
      [own, undefined],
      [`a=b; ${own}`, 'a=b; '],
      [`${own}; a=b`, 'a=b'],
      [`a=b; ${other}; ${own}; c=d; __HOST-Gatehouse-x=y`, 'a=b; c=d; '],
      [`a=b; ${own}${`; ${other}`.repeat(3)}`, undefined],
    ] as const) {
      const answer = await ask(`${site}/`, { ca, cookie, headers });
      const told = JSON.parse(answer.text) as IncomingHttpHeaders;
      expect(told.cookie?.trim()).toBe(left?.trim());
      expect(told['x-forwarded-host']).toBe(new URL(site).host);
      expect(answer.text).not.toMatch(/mallory|DELETE|\/admin/u);
      expect(answer.header('service-worker-allowed')).toBeNull();
      expect(answer.header('clear-site-data')).toBeNull();
    }
    const worker = { ca, cookie: own, headers: { 'service-worker': 'script' } };
    expect((await ask(`${site}/sw.js`, worker)).status).not.toBe(200);
  });

  it('passes a session of no role on to its refusal', async () => {
    await expect(gate.signIn('finn')).rejects.toThrow(/403.*no_role/u);
  });
});
