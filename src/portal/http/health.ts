import type { FastifyInstance } from 'fastify';
import type { Database } from '../storage/database.ts';

/** `/healthz`: the process lives. `/readyz`: it can work, or what keeps it from that. */
export function serveHealth(app: FastifyInstance, database: Pick<Database, 'ping'>): void {
  app.get('/healthz', () => ({ status: 'alive' }));
  app.get('/readyz', async (_request, reply) => {
    const readiness = await database.ping();
    if (readiness.ready) return { status: 'ready' };
    const { code, reason } = readiness;
    return reply.code(503).header('retry-after', '5').send({ status: 'notReady', code, reason });
  });
}
