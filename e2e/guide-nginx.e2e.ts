import { mkdir, writeFile } from 'node:fs/promises';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
} from 'node:http';
import { request } from 'node:https';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../src/testing/certificate.ts';
import {
  freePort,
  nginxSnippet,
  readableFolder,
  removeFolder,
  startBeside,
  writeNginx,
  type Beside,
} from './beside.ts';
import { ask, startGateWorld, type GateWorld, type TestGate } from './gate-world.ts';

/** The documented site of nginx, with TLS, before a console that tells what headers it got. */
describe('nginx that asks a gate', () => {
  let folder: string;
  let ca: string;
  let site: string;
  let local: string;
  let nginx: Beside;
  let gates: GateWorld;
  let gate: TestGate;
  let sample: Server;
  beforeAll(async () => {
    folder = await readableFolder('nginx');
    const [consolePort, gatePort, port] = [await freePort(), await freePort(), await freePort()];
    site = `https://localhost:${port}`;
    local = `http://127.0.0.1:${gatePort}`;
    sample = createServer((request, response) => {
      request.resume();
      response.end(JSON.stringify(request.headers));
    }).listen(consolePort, '127.0.0.1');
    await once(sample, 'listening');

    const { cert, key } = await makeCertificate();
    ca = cert;
    await mkdir(join(folder, 'tls'));
    await writeFile(join(folder, 'tls', 'fullchain.pem'), cert);
    await writeFile(join(folder, 'tls', 'privkey.pem'), key, { mode: 0o600 });
    const gateAddress = { 'http://127.0.0.1:8090': local };
    const args = await writeNginx(
      folder,
      await nginxSnippet('console.conf', {
        '/etc/ssl/sensor': join(folder, 'tls'),
        'listen 443 ssl': `listen 127.0.0.1:${port} ssl`,
        'http://127.0.0.1:3000': `http://127.0.0.1:${consolePort}`,
      }),
      {
        'gatehouse-auth.conf': await nginxSnippet('gatehouse-auth.conf', gateAddress),
        'gatehouse-protect.conf': await nginxSnippet('gatehouse-protect.conf', {}),
      },
    );
    nginx = await startBeside({ program: 'nginx', args, port, signal: 'SIGQUIT' });
    gates = await startGateWorld();
    gate = await gates.startGate('Rotterdam/Pipeline terminal/RTM-PT-02', {
      port: gatePort,
      publicUrl: site,
      env: {
        GATEHOUSE_GATE_PUBLIC_URL: site,
        GATEHOUSE_GATE_TRUST_PROXY: '127.0.0.1',
        GATEHOUSE_GATE_ASSERTIONS: 'on',
      },
    });
  });
  afterAll(async () => {
    await gates.close();
    await nginx.stop();
    sample.close();
    sample.closeAllConnections();
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
    expect((await ask(`${site}/_gatehouse/auth`, { ca })).status).toBe(404);
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

  it('tells the gate of a WebSocket, which is no GET for the rules', async () => {
    const cookie = await gate.signIn('rosa');
    const headers = {
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'sec-websocket-version': '13',
      'sec-fetch-mode': 'websocket',
    };
    expect((await ask(`${site}/live`, { ca, cookie })).status).toBe(200);
    expect((await ask(`${site}/live`, { ca, cookie, headers })).status).toBe(403);
  });

  it('lets a WebSocket alone take a connection over: nothing else reaches the console as an upgrade', async () => {
    const takeOver = async (upgrade: string) => {
      const outgoing = request(`${site}/live`, {
        ca,
        agent: false,
        headers: {
          cookie: await gate.signIn('rosa'),
          origin: site,
          connection: 'Upgrade, HTTP2-Settings',
          upgrade,
          'http2-settings': 'AAMAAABkAAQAAP__',
        },
      }).end();
      const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
      return { status: answer.statusCode, told: await text(answer) };
    };
    const h2c = await takeOver('h2c');
    expect(h2c.status).toBe(200);
    expect(JSON.parse(h2c.told)).not.toHaveProperty('upgrade');
    // Read only may open none, whatever else the client leaves out.
    expect((await takeOver('websocket')).status).not.toBe(200);
  });

  it('passes a session of no role on to its refusal', async () => {
    await expect(gate.signIn('finn')).rejects.toThrow(/403.*no_role/u);
  });
});
