import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { TlsFiles } from './tls-files.ts';

/** Limits of the sockets, in milliseconds; headers in bytes. */
export interface HttpServerOptions {
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  readonly keepAliveTimeout: number;
  readonly maxHeaderSize: number;
  /** Between two looks for requests that take too long: Node's 30 seconds. */
  readonly connectionsCheckingInterval?: number;
}

/**
 * A server for Fastify's `serverFactory`, which leaves these limits to whoever makes the server: with
 * TLS where there are files for it, and then each later certificate reaches it.
 */
export function createHttpServer(
  listener: RequestListener,
  options: HttpServerOptions,
  tls: TlsFiles | null,
): Server {
  if (tls === null) return createServer(options, listener);
  const server = createTlsServer({ ...options, ...tls.secureContext() }, listener);
  tls.attach(server);
  return server;
}
