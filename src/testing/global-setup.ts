import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { TemplateServer } from './template-server.ts';
import { startTemplateServer } from './template-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The Unix socket that answers with the address of the tests' PostgreSQL server. */
    testDatabaseSocket: string;
  }
}

/**
 * One PostgreSQL server for all tests, started when the first of them asks for it: test files run in
 * processes of their own, so they ask through a socket. Tests without a database don't wait for one.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  // The data directory itself, not a folder in it: as root, PostgreSQL's account must get there.
  const dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-tests-'));
  const socket = join(dataDir, 'ask');
  let server: Promise<TemplateServer> | undefined;
  const door = createServer((connection) => {
    server ??= startTemplateServer(dataDir);
    server.then(
      ({ url }) => connection.end(url),
      (error: unknown) => connection.end(`failed: ${String(error)}`),
    );
  });
  await new Promise<void>((resolve) => door.listen(socket, resolve));
  project.provide('testDatabaseSocket', socket);
  return async () => {
    door.close();
    await (await server?.catch(() => undefined))?.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
