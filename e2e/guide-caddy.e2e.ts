import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, readableFolder, removeFolder, startBeside, type Beside } from './beside.ts';
import { ask, startGateWorld, type GateWorld, type TestGate } from './gate-world.ts';

const documented = new URL('../docs/caddy/Caddyfile', import.meta.url);

/** The documented site of Caddy before a console that tells what headers it got. */
describe('Caddy that asks a gate', () => {
  let folder: string;
  let site: string;
  let caddy: Beside;
  let gates: GateWorld;
  let gate: TestGate;
  let sample: Server;
  beforeAll(async () => {
    folder = await readableFolder('caddy');
    const [consolePort, gatePort, port] = [await freePort(), await freePort(), await freePort()];
    site = `http://localhost:${port}`;
    sample = createServer((request, response) => {
      request.resume();
      response.end(JSON.stringify(request.headers));
    }).listen(consolePort, '127.0.0.1');
    await once(sample, 'listening');
    const text = (await readFile(documented, 'utf8'))
      .replace('sensor-07.plant.example.com', site)
      .replaceAll('127.0.0.1:8090', `127.0.0.1:${gatePort}`)
      .replaceAll('127.0.0.1:3000', `127.0.0.1:${consolePort}`);
    const alone = '{\n\tadmin off\n\tauto_https off\n\tdefault_bind 127.0.0.1\n}\n';
    const file = join(folder, 'Caddyfile');
    await writeFile(file, alone + text);
    caddy = await startBeside({
      program: 'caddy',
      args: ['run', '--config', file, '--adapter', 'caddyfile'],
      port,
      env: { HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
    });
    gates = await startGateWorld();
    gate = await gates.startGate('Rotterdam/Pipeline terminal/RTM-PT-02', {
      port: gatePort,
      publicUrl: site,
      env: { GATEHOUSE_GATE_PUBLIC_URL: site, GATEHOUSE_GATE_TRUST_PROXY: '127.0.0.1' },
    });
  });
  afterAll(async () => {
    await gates.close();
    await caddy.stop();
    sample.close();
    sample.closeAllConnections();
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
});
