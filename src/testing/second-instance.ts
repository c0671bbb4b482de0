import { tmpdir } from 'node:os';
import type { FastifyInstance } from 'fastify';
import { createPortal } from '../portal/app.ts';
import { openDatabase } from '../portal/storage/database.ts';
import { sendTo, testGate, type TestGate, type TestGateOptions } from './gate-client.ts';
import type { TestPortal } from './test-portal.ts';

/** Another instance of a test portal, on the same database. */
export interface SecondInstance {
  readonly app: FastifyInstance;
  readonly options: TestGateOptions;
  /** A gate of the portal, when it talks to this instance. */
  readonly gate: (gate: TestGate) => TestGate;
  readonly close: () => Promise<void>;
}

export async function secondInstance(
  portal: Pick<TestPortal, 'database' | 'portalOptions'>,
): Promise<SecondInstance> {
  const { config, secrets, limits, now } = portal.portalOptions;
  const database = await openDatabase({
    url: portal.database.url,
    dataDir: tmpdir(),
    poolSize: 4,
  });
  const optional = { ...(limits && { limits }), ...(now && { now }) };
  const app = await createPortal({ config, database, secrets, ...optional });
  const options = { send: sendTo(app), portalUrl: config.publicUrl };
  return {
    app,
    options,
    gate: (gate) => testGate(options, gate),
    async close() {
      await app.close();
      await database.close();
    },
  };
}
