import cookie from '@fastify/cookie';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { apiHeaders, setApiHeaders } from '../../server/api-headers.ts';
import { handleClientError, maxHeaderSize } from '../../server/client-errors.ts';
import { handleErrors, sendProblem } from './error-handler.ts';
import { createHttpServer } from '../../server/http-server.ts';
import { createHttpsOnly } from '../../server/https-only.ts';
import { createPeers } from '../../server/peers.ts';
import { createReferences } from '../../server/references.ts';
import type { TlsFiles } from '../../server/tls-files.ts';
import { requireGuards } from './public-routes.ts';

export interface ServerOptions {
  readonly publicUrl: string;
  readonly trustedProxies: readonly string[];
  readonly logger: FastifyBaseLogger | undefined;
  /** Null: plain http. */
  readonly tls: TlsFiles | null;
}

const socketLimits = {
  headersTimeout: 15_000,
  // Long enough to upload an inventory over a slow line.
  requestTimeout: 120_000,
  keepAliveTimeout: 72_000,
  maxHeaderSize,
};

/** The bare server: limits, headers, errors, the refusal of strangers in the clear, and the refusal of routes that nobody guards. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { publicUrl, trustedProxies, logger, tls } = options;
  const headers = apiHeaders(publicUrl);
  const app: FastifyInstance = Fastify({
    ...(logger === undefined ? { logger: false } : { loggerInstance: logger }),
    // One line for each request would cost more than many of them; failures and changes have theirs.
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'reference',
    }),
    genReqId: createReferences(),
    requestIdHeader: false,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    bodyLimit: 64 * 1024,
    serverFactory: (listener) => createHttpServer(listener, socketLimits, tls),
    forceCloseConnections: 'idle',
    clientErrorHandler: (error, socket) => handleClientError(error, socket, headers),
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply, headers),
    routerOptions: { maxParamLength: 100 },
  });
  requireGuards(app);
  setApiHeaders(app, headers);
  handleErrors(app, headers);
  const httpsOnly = createHttpsOnly(createPeers(trustedProxies), tls !== null);
  app.addHook('onRequest', (request, _reply, done) => done(httpsOnly(request.raw) ?? undefined));
  // Few requests have a cookie: it is parsed where it is needed.
  await app.register(cookie, { hook: false });
  return app;
}
