import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientIds, demoDirectory, personIds, tenantId } from '../demo/directory.ts';
import { requestTokens, visit } from '../testing/entra-sign-in.ts';
import { startLocalEntra } from './app.ts';
import type { LocalEntra, LocalEntraOptions } from './app.ts';

const wish = { oid: personIds.bram, clientId: clientIds.portal };

let dataDir: string;
let running: LocalEntra[];

beforeEach(async () => {
  running = [];
  dataDir = await mkdtemp(join(tmpdir(), 'local-entra-'));
});
afterEach(async () => {
  await Promise.all(running.map((entra) => entra.close()));
  await rm(dataDir, { recursive: true });
});

async function start(options: Partial<LocalEntraOptions> = {}): Promise<LocalEntra> {
  const entra = await startLocalEntra({ port: 0, directory: demoDirectory(), ...options });
  running.push(entra);
  return entra;
}

describe('starting local Entra', () => {
  it('fails with EADDRINUSE on a port that is taken', async () => {
    const { origin } = await start();
    const port = Number(new URL(origin).port);
    await expect(start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('refuses an address that others can reach', async () => {
    const host = '0.0.0.0' as 'localhost';
    await expect(start({ host })).rejects.toMatchObject({ code: 'NOT_LOOPBACK' });
  });

  it('answers to its own names only', async () => {
    const { origin } = await start();
    const status = await new Promise((resolve) => {
      request(`${origin}/`, { headers: { host: 'rebound.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(status).toBe(421);
  });

  it('keeps keys and sessions in its data directory, for its owner only', async () => {
    const before = await start({ dataDir });
    const visitor = visit(before);
    const { refresh_token } = await visitor.signIn(wish);
    await before.close();
    for (const name of await readdir(dataDir)) {
      expect((await stat(join(dataDir, name))).mode & 0o777).toBe(0o600);
    }
    const after = await start({ dataDir, port: Number(new URL(before.origin).port) });
    const silent = await visitor.authorize({ ...wish, parameters: { prompt: 'none' } });
    expect(silent.answer?.get('code')).toBeTruthy();
    const form = { client_id: wish.clientId, grant_type: 'refresh_token', refresh_token };
    expect((await requestTokens(after, 'http://localhost:8080', form)).status).toBe(200);
  });
});

describe('the local surface', () => {
  const post = async (entra: LocalEntra, path: string, body: object): Promise<number> => {
    const headers = { 'x-local-entra': '1', 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    return (await fetch(`${entra.origin}/_local${path}`, init)).status;
  };

  it('is closed to a page that can’t send its header', async () => {
    const { origin } = await start();
    const rolled = await fetch(`${origin}/_local/keys/roll`, { method: 'POST' });
    expect(rolled.status).toBe(403);
    expect((await fetch(`${origin}/_local/people`)).status).toBe(403);
  });

  it('changes people, applications, keys and Graph', async () => {
    const entra = await start();
    expect(await post(entra, `/people/${personIds.bram}`, { disabled: true })).toBe(204);
    await expect(visit(entra).signIn(wish)).rejects.toThrow('AADSTS50057');
    expect(await post(entra, `/people/${personIds.bram}`, { disabled: false })).toBe(204);
    const { refresh_token } = await visit(entra).signIn(wish);
    expect(await post(entra, `/people/${personIds.bram}/revoke`, {})).toBe(204);
    const form = { client_id: wish.clientId, grant_type: 'refresh_token', refresh_token };
    expect((await requestTokens(entra, 'http://localhost:8080', form)).status).toBe(400);
    expect(await post(entra, `/applications/${wish.clientId}`, { disabled: true })).toBe(204);
    await expect(visit(entra).signIn(wish)).rejects.toThrow('AADSTS7000112');
    expect(await post(entra, '/keys/roll', { withdraw: true })).toBe(204);
    expect(await post(entra, '/graph', { status: 503 })).toBe(204);
    expect((await fetch(`${entra.origin}/graph/v1.0/me`)).status).toBe(503);
    expect(await post(entra, '/graph', { status: null })).toBe(204);
    expect((await fetch(`${entra.origin}/graph/v1.0/me`)).status).toBe(401);
  });

  it('says what it can’t change', async () => {
    const entra = await start();
    expect(await post(entra, `/people/${tenantId}`, { disabled: true })).toBe(404);
    expect(await post(entra, `/people/${personIds.bram}`, { oid: 'x' })).toBe(400);
    expect(await post(entra, '/graph', { status: 200 })).toBe(400);
  });
});

describe('metadata', () => {
  it('names the tenant, and for /organizations leaves it open', async () => {
    const { origin } = await start();
    const read = async (tenant: string): Promise<{ issuer: string }> =>
      (await fetch(`${origin}/${tenant}/v2.0/.well-known/openid-configuration`)).json() as never;
    expect((await read(tenantId)).issuer).toBe(`${origin}/${tenantId}/v2.0`);
    expect((await read('organizations')).issuer).toBe(`${origin}/{tenantid}/v2.0`);
    expect(await read('elsewhere')).toMatchObject({ error_codes: [90002] });
  });
});
