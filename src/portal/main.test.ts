import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../testing/certificate.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { clientId, tenantId } from '../testing/token-issuer.ts';
import { startPortal, StartError } from './main.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}

const env = async (others: NodeJS.ProcessEnv = {}): Promise<NodeJS.ProcessEnv> => ({
  GATEHOUSE_PORT: String(await freePort()),
  GATEHOUSE_DATA_DIR: tmpdir(),
  GATEHOUSE_DATABASE_URL: database.url,
  GATEHOUSE_LOG_LEVEL: 'silent',
  ...others,
});

describe('startPortal', () => {
  it('serves, and gives a recovery link while there is no provider', async () => {
    const portal = await startPortal({ env: await env() });
    try {
      expect((await fetch(`${portal.origin}/readyz`)).status).toBe(200);
      expect(portal.recoveryLink).toMatch(
        new RegExp(`^${portal.origin}/recover#token=[\\w-]{43}$`, 'u'),
      );
    } finally {
      await Promise.all([portal.close(), portal.close()]);
    }
    await expect(fetch(`${portal.origin}/healthz`)).rejects.toThrow('fetch failed');
  });

  it('gives none with one', async () => {
    const provider = { GATEHOUSE_ENTRA_TENANT_ID: tenantId, GATEHOUSE_ENTRA_CLIENT_ID: clientId };
    const portal = await startPortal({ env: await env(provider) });
    await portal.close();
    expect(portal.recoveryLink).toBeNull();
  });

  it('serves TLS from its files, and refuses wrong ones in words', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-portal-tls-'));
    const certificate = await makeCertificate();
    const files = {
      GATEHOUSE_TLS_CERT_FILE: join(folder, 'cert.pem'),
      GATEHOUSE_TLS_KEY_FILE: join(folder, 'key.pem'),
    };
    await writeFile(files.GATEHOUSE_TLS_CERT_FILE, certificate.cert);
    await writeFile(files.GATEHOUSE_TLS_KEY_FILE, certificate.key, { mode: 0o600 });
    const portal = await startPortal({ env: await env({ ...files, GATEHOUSE_HOST: 'localhost' }) });
    try {
      expect(portal.origin).toMatch(/^https:\/\/localhost:\d+$/u);
      const sent = request(`${portal.origin}/readyz`, { ca: certificate.cert }).end();
      const [answer] = (await once(sent, 'response')) as [IncomingMessage];
      answer.resume();
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['strict-transport-security']).toContain('max-age');
    } finally {
      await portal.close();
    }
    await writeFile(files.GATEHOUSE_TLS_KEY_FILE, (await makeCertificate()).key);
    await expect(startPortal({ env: await env(files) })).rejects.toThrow(
      /^GATEHOUSE_TLS_KEY_FILE and GATEHOUSE_TLS_CERT_FILE don’t belong together/u,
    );
    await rm(folder, { recursive: true });
  });

  it('says in words that the port is taken, the address isn’t ours, a value is wrong', async () => {
    const portal = await startPortal({ env: await env() });
    try {
      const { port } = new URL(portal.origin);
      const start = async (others: NodeJS.ProcessEnv) => startPortal({ env: await env(others) });
      await expect(start({ GATEHOUSE_PORT: port })).rejects.toThrow(
        `Something else already listens on 127.0.0.1:${port}`,
      );
      await expect(
        start({ GATEHOUSE_HOST: '192.0.2.1', GATEHOUSE_TRUST_PROXY: '192.0.2.2' }),
      ).rejects.toThrow('has no address 192.0.2.1');
      await expect(start({ GATEHOUSE_PORT: 'x' })).rejects.toBeInstanceOf(StartError);
      await expect(
        start({ GATEHOUSE_DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/x' }),
      ).rejects.toBeInstanceOf(StartError);
    } finally {
      await portal.close();
    }
  });
});
