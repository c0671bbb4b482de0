import type { Server } from 'node:http';
import { Socket } from 'node:net';
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
  const server = createHttpServer(
    (request, response) => door.onRequest(request, response),
    {
      headersTimeout,
      // An upload takes as long as it takes: what stands still is ended by the front door.
      requestTimeout: 0,
      keepAliveTimeout: 72_000,
      maxHeaderSize,
    },
    tls,
  );
  server.on('checkContinue', (request, response) => door.onRequest(request, response, true));
  server.on('upgrade', (request, socket, head) => door.onUpgrade(request, socket, head));
  server.on('connect', (_request, socket) => socket.destroy());
  server.on('clientError', (error, socket) => {
    if (socket instanceof Socket) handleClientError(error, socket, answers.headers);
    else socket.destroy();
  });
  return server;
}
