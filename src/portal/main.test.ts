import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

  it('says in words that the port is taken, the address isn’t ours, a value is wrong', async () => {
    const portal = await startPortal({ env: await env() });
    try {
      const { port } = new URL(portal.origin);
      const start = async (others: NodeJS.ProcessEnv) => startPortal({ env: await env(others) });
      await expect(start({ GATEHOUSE_PORT: port })).rejects.toThrow(
        `Something else already listens on 127.0.0.1:${port}`,
      );
      await expect(start({ GATEHOUSE_HOST: '192.0.2.1' })).rejects.toThrow(
        'has no address 192.0.2.1',
      );
      await expect(start({ GATEHOUSE_PORT: 'x' })).rejects.toBeInstanceOf(StartError);
      await expect(
        start({ GATEHOUSE_DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/x' }),
      ).rejects.toBeInstanceOf(StartError);
    } finally {
      await portal.close();
    }
  });
});
