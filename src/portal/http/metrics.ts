import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { ProblemError } from '../../server/problem-error.ts';

/**
 * `/metrics` for Prometheus, without a sign-in: it has routes, methods and status codes, and no
 * person, address or secret. Only this very machine gets it, and not through a proxy that says so:
 * it stays inside. Answers the register, for others to add what they measure.
 */
export function serveMetrics(app: FastifyInstance): Registry {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const durations = new Histogram({
    name: 'gatehouse_http_request_duration_seconds',
    help: 'Time until the answer to a request was ready',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [register],
  });
  // onSend and not onResponse, which listens to each answer's stream and costs more than the rest.
  app.addHook('onSend', (request, reply, payload, done) => {
    durations.observe(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: String(reply.statusCode),
      },
      reply.elapsedTime / 1000,
    );
    done(null, payload);
  });
  app.addHook('onClose', async () => register.clear());
  app.get('/metrics', async (request, reply) => {
    if (!isLoopback(request.socket.remoteAddress) || cameThroughProxy(request.headers)) {
      throw new ProblemError(404, 'not_found', 'There is nothing at this address.');
    }
    return reply.type(register.contentType).send(await register.metrics());
  });
  return register;
}

/** The peer itself: `request.ip` is what a trusted proxy says of somebody else. */
function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(?:::ffff:)?127\.|^::1$/u.test(address);
}

function cameThroughProxy(headers: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(headers).some((name) =>
    /^(?:forwarded|via|x-real-ip|x-forwarded-.+)$/u.test(name),
  );
}
