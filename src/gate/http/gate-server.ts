import type { Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { handleClientError, maxHeaderSize } from '../../server/client-errors.ts';
import { createHttpServer } from '../../server/http-server.ts';
import type { TlsFiles } from '../../server/tls-files.ts';
import type { Answers } from './answers.ts';
import type { createFrontDoor } from './front-door.ts';

/** The one server of a gate. `headersTimeout` in milliseconds; without `tls` it is plain http. */
export function createGateServer(
  door: ReturnType<typeof createFrontDoor>,
  answers: Answers,
  headersTimeout: number,
  tls: TlsFiles | null,
): Server {
  const last = new WeakMap<Duplex, ServerResponse>();
  const server = createHttpServer(
    (request, response) => {
      last.set(request.socket, response);
      door.onRequest(request, response);
    },
    {
      headersTimeout,
      connectionsCheckingInterval: Math.min(headersTimeout, 5_000),
      // An upload takes as long as it takes: what stands still is ended by the front door.
      requestTimeout: 0,
      keepAliveTimeout: 72_000,
      maxHeaderSize,
    },
    tls,
  );
  server.on('checkContinue', (request, response) => {
    last.set(request.socket, response);
    door.onRequest(request, response, true);
  });
  server.on('upgrade', (request, socket, head) => door.onUpgrade(request, socket, head));
  server.on('connect', (_request, socket) => socket.destroy());
  server.on('clientError', (error, socket) => {
    const response = last.get(socket);
    // In the middle of an answer, or after the last one, another would be taken for a part of it.
    const begun =
      response?.headersSent === true && !(response.writableFinished && response.shouldKeepAlive);
    if (!(socket instanceof Socket)) socket.destroy();
    else if (begun) socket.destroySoon();
    else handleClientError(error, socket, answers.headers);
  });
  return server;
}
