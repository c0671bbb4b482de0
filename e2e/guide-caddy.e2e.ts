import { readFile, writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { otherGatesCookie, otherPeoplesWords, startGateBehind } from './behind-proxy.ts';
import { freePort } from './free-ports.ts';
import { readableFolder, removeFolder, startBeside, type Beside } from './beside.ts';
import { ask, type GateWorld, type TestGate } from './gate-world.ts';
import {
  askToBecome,
  startTellingConsole,
  webSocketHeaders,
  type TellingConsole,
} from './telling-console.ts';

const documented = new URL('../docs/caddy/Caddyfile', import.meta.url);

/** The documented site of Caddy before a console that tells what headers it got. */
describe('Caddy that asks a gate', () => {
  let folder: string;
  let site: string;
  let caddy: Beside;
  let gates: GateWorld;
  let gate: TestGate;
  let sample: TellingConsole;
  beforeAll(async () => {
    folder = await readableFolder('caddy');
    const [gatePort, port] = [await freePort(), await freePort()];
    site = `http://localhost:${port}`;
    sample = await startTellingConsole();
    const text = (await readFile(documented, 'utf8'))
      .replace('sensor-07.plant.example.com', site)
      .replaceAll('127.0.0.1:8090', `127.0.0.1:${gatePort}`)
      .replaceAll('127.0.0.1:3000', `127.0.0.1:${sample.port}`);
    const alone = '{\n\tadmin off\n\tauto_https off\n\tdefault_bind 127.0.0.1\n}\n';
    const file = join(folder, 'Caddyfile');
    await writeFile(file, alone + text);
    caddy = await startBeside({
      program: 'caddy',
      args: ['run', '--config', file, '--adapter', 'caddyfile'],
      port,
      env: { HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
    });
    ({ gates, gate } = await startGateBehind(site, gatePort));
  });
  afterAll(async () => {
    await gates?.close();
    await caddy?.stop();
    sample?.close();
    await removeFolder(folder);
  });

  it('sends people to the sign-in page and back, and tells scripts 401', async () => {
    const page = await ask(`${site}/alerts?page=2`, { page: true });
    expect(page.status).toBe(302);
    expect(page.header('location')).toBe(`${site}/_gatehouse/?return=%2Falerts%3Fpage%3D2`);
    expect((await ask(`${site}/_gatehouse/`, { page: true })).text).toContain('Gatehouse');
    expect((await ask(`${site}/alerts`)).status).toBe(401);
  });

  it('tells the console who is asking, whatever the client says', async () => {
    const cookie = await gate.signIn('rosa');
    const forged = {
      'x-gatehouse-role': 'admin',
      'x-gatehouse-assertion': 'mallory',
      'X-GateHouse-Anything': 'mallory',
    };
    const answer = await ask(`${site}/`, { cookie, headers: forged });
    expect(answer.status).toBe(200);
    const told = JSON.parse(answer.text) as IncomingHttpHeaders;
    expect(told).toMatchObject({ 'x-gatehouse-role': 'readOnly' });
    expect(answer.text).not.toContain('mallory');
  });

  it('refuses by the rules of the role', async () => {
    const cookie = await gate.signIn('rosa');
    const refused = await ask(`${site}/alerts`, { cookie, method: 'POST' });
    expect(refused.status).toBe(403);
    expect(JSON.parse(refused.text)).toMatchObject({ code: 'console_refused' });
    const headers = { 'x-forwarded-method': 'GET', 'x-original-method': 'GET' };
    const posing = await ask(`${site}/alerts`, { cookie, method: 'POST', headers });
    expect(posing.status).toBe(403);
  });

  it('lets nobody ask the gate through it', async () => {
    const cookie = await gate.signIn('rosa');
    for (const path of ['auth', 'auth/', 'auth/alerts', 'auth?x', '%61uth/x', '/auth/x', 'AUTH']) {
      const answer = await ask(`${site}/_gatehouse/${path}`, { cookie });
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.header('x-gatehouse-role')).toBeNull();
    }
  });

  it('opens WebSockets by the rules of the role, and nothing else', async () => {
    const [rosa, ada] = [await gate.signIn('rosa'), await gate.signIn('ada')];
    const headers = webSocketHeaders(site);
    const opened = await askToBecome('websocket', `${site}/live`, { cookie: ada, headers });
    expect(opened.status).toBe(101);
    expect(opened.told).toContain('"x-gatehouse-role":"admin"');
    const refused = await askToBecome('websocket', `${site}/live`, { cookie: rosa, headers });
    expect(refused.status).toBe(403);
    const nobody = await askToBecome('websocket', `${site}/live`, { cookie: 'a=b', headers });
    expect(nobody.status).toBe(401);
    const foreign = { ...headers, origin: 'https://evil.example' };
    const posing = await askToBecome('websocket', `${site}/live`, {
      cookie: ada,
      headers: foreign,
    });
    expect(posing.status).toBe(403);
    for (const cookie of [rosa, ada]) {
      const h2c = { 'http2-settings': 'AAMAAABkAAQCAAAAAAIAAAAA' };
      const tunnel = await askToBecome('h2c', `${site}/alerts`, { cookie, headers: h2c });
      expect([tunnel.status, tunnel.told]).toEqual([403, null]);
    }
  });

  it('keeps Gatehouse’s cookies, and other people’s words, from the console', async () => {
    const own = await gate.signIn('ada');
    const other = otherGatesCookie;
    const headers = otherPeoplesWords;
    for (const [cookie, left] of [
      [own, ''],
      [`${own}; a=b`, 'a=b'],
      [`a=b; ${other}; ${own}; c=d; __HOST-Gatehouse-x=y`, 'a=b; c=d;'],
    ] as const) {
      const answer = await ask(`${site}/`, { cookie, headers });
      const told = JSON.parse(answer.text) as IncomingHttpHeaders;
      expect(told.cookie?.trim() ?? '').toBe(left);
      expect(told['x-forwarded-host']).toBe(new URL(site).host);
      expect(answer.text).not.toMatch(/mallory|DELETE|\/admin/u);
      expect(answer.header('service-worker-allowed')).toBeNull();
      expect(answer.header('clear-site-data')).toBeNull();
      expect(answer.header('set-cookie')).toContain('own=1');
      expect(answer.header('set-cookie')).not.toContain('__Host-gatehouse');
    }
  });
});
