import type { FastifyInstance } from 'fastify';
import type { Database } from '../storage/database.ts';
import type { Readiness } from '../storage/readiness.ts';
import type { StorageErrorCode } from '../storage/storage-error.ts';

/** `/healthz`: the process lives. `/readyz`: it can work, or what keeps it from that. */
export function serveHealth(app: FastifyInstance, database: Pick<Database, 'ping'>): void {
  let logged: StorageErrorCode | null = null;
  let asking: Promise<Readiness> | null = null;

  /** Anybody may ask, as often as they like: the database is asked one question at a time. */
  function ready(): Promise<Readiness> {
    asking ??= database.ping().finally(() => {
      asking = null;
    });
    return asking;
  }

  app.get('/healthz', () => ({ status: 'alive' }));
  app.get('/readyz', async (request, reply) => {
    const readiness = await ready();
    if (readiness.ready) {
      logged = null;
      return { status: 'ready' };
    }
    const { code, reason } = readiness;
    // Addresses and paths are for the log alone, and there once.
    if (logged !== code) request.log.error({ code, reason }, 'not ready');
    logged = code;
    return reply
      .code(503)
      .header('retry-after', '5')
      .send({ status: 'notReady', code, reason: publicReason(code) });
  });
}

function publicReason(code: StorageErrorCode): string {
  switch (code) {
    case 'disk_full':
      return 'The disk of the portal or of its database is full. Its log says which.';
    case 'database_read_only':
      return 'The database takes no changes now. The log of the portal says more.';
    default:
      return 'The portal can’t work with its database now. Its log says why.';
  }
}
